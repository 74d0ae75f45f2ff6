/** The life of what builds keep: it counts for the code that made it, and goes when a build no longer uses it. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroConfig, AstroIntegration } from 'astro';
import { namedFonts } from '../figure/font.ts';
import { sha256 } from '../lab/key.ts';
import { type Keeping, keepIn } from './made.ts';

/** What npm says it has installed where Astro lies. */
function installed(root: string): string {
  const astro = createRequire(join(root, 'package.json')).resolve('astro/package.json');
  return join(dirname(dirname(astro)), '.package-lock.json');
}

/** A hash of all code that can have a say in a page: sources, experiments, settings, packages, Node; and of where it runs. */
export function codeDigest(config: Pick<AstroConfig, 'root' | 'srcDir'>): string {
  const [root, source] = [fileURLToPath(config.root), fileURLToPath(config.srcDir)];
  const below = (folder: string) =>
    (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [])
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  const files = [
    ...below(source),
    ...below(join(root, 'experiments')),
    join(root, 'astro.config.mjs'),
    join(root, 'package.json'),
    ...[...namedFonts().text, ...namedFonts().figures]
      .map(({ file }) => file)
      .filter((file) => !/[\\/]node_modules[\\/]/.test(file)),
    installed(root),
  ];
  const digests = files.filter(existsSync).map((file) => [file.replace(root, ''), sha256(readFileSync(file))]);
  return sha256(JSON.stringify([process.version, process.cwd(), digests.sort()]));
}

/** Removes what belongs to other code, and what this build had no use for. */
function prune(made: string, { folder, used }: Keeping): void {
  for (const name of readdirSync(made)) {
    if (join(made, name) !== folder) rmSync(join(made, name), { recursive: true, force: true });
  }
  for (const name of readdirSync(folder)) if (!used.has(name)) rmSync(join(folder, name), { force: true });
}

/** Astro integration: builds keep what they make in `.measured/made`. */
export function keepMade(): AstroIntegration {
  let keeping: Keeping | undefined;
  let built: AstroConfig;
  const folder = (config: AstroConfig) => join(fileURLToPath(config.root), '.measured/made');
  return {
    name: 'keep-made',
    hooks: {
      'astro:config:setup': ({ command, config }) => {
        built = config;
        keeping = keepIn(command === 'build' ? join(folder(config), codeDigest(config)) : undefined);
      },
      'astro:build:done': () => {
        keepIn(undefined);
        if (!keeping || !existsSync(keeping.folder)) return;
        // Code that was edited meanwhile may have made some of it.
        if (!keeping.folder.endsWith(codeDigest(built))) keeping.used.clear();
        prune(folder(built), keeping);
      },
    },
  };
}
