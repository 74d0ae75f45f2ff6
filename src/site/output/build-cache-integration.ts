/** Opens the build cache for a build and prunes it: an entry is valid only for the code that produced it. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroConfig, AstroIntegration } from 'astro';
import { registeredFonts } from '../../figure/text/font.ts';
import { sha256 } from '../../lab/plan/task-key.ts';
import { site } from '../config.ts';
import { configurationFile } from '../options.ts';
import { type BuildCache, setBuildCache } from './build-cache.ts';

/** npm's lock file of the installed packages, in the `node_modules` folder that holds Astro. */
function installedLockFile(root: string): string {
  const astro = createRequire(join(root, 'package.json')).resolve('astro/package.json');
  return join(dirname(dirname(astro)), '.package-lock.json');
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** A module and the local ones that it imports, as far as their names are written out. */
export function withImports(file: string, found = new Set<string>()): Set<string> {
  const path = ['', '.ts', '.js', '.mjs', '/index.ts', '/index.js'].map((end) => file + end).find(isFile);
  if (path === undefined || found.has(path)) return found;
  found.add(path);
  for (const [, from] of readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g))
    withImports(join(dirname(path), from!), found);
  return found;
}

/** The sources of this package. */
const packageSources = fileURLToPath(new URL('../..', import.meta.url));

/** A hash of the code that pages depend on (`sources` of the package, experiments, settings, packages, Node) and of the working directory. */
export function codeDigest(config: Pick<AstroConfig, 'root' | 'srcDir'>, sources = packageSources): string {
  const root = fileURLToPath(config.root);
  const filesBelow = (folder: string) =>
    (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [])
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  const files = [
    ...filesBelow(sources),
    ...filesBelow(fileURLToPath(config.srcDir)),
    ...filesBelow(join(root, 'experiments')),
    ...withImports(join(root, configurationFile(root))),
    join(root, 'package.json'),
    ...[...registeredFonts().text, ...registeredFonts().figures]
      .map(({ file }) => file)
      .filter((file) => !/[\\/]node_modules[\\/]/.test(file)),
    installedLockFile(root),
  ];
  const digests = files.filter(existsSync).map((file) => [file.replace(root, ''), sha256(readFileSync(file))]);
  return sha256(JSON.stringify([process.version, process.cwd(), site, digests.sort()]));
}

/** Removes the entries of other code, and those that this build did not use. */
function prune(cache: string, { folder, used }: BuildCache): void {
  for (const name of readdirSync(cache)) {
    if (join(cache, name) !== folder) rmSync(join(cache, name), { recursive: true, force: true });
  }
  for (const name of readdirSync(folder)) if (!used.has(name)) rmSync(join(folder, name), { force: true });
}

/** Astro integration: keeps drawings, images and compiled posts in `.measured/build-cache` between builds. */
export function buildCache(): AstroIntegration {
  let cache: BuildCache | undefined;
  let builtConfig: AstroConfig;
  const folder = (config: AstroConfig) => join(fileURLToPath(config.root), '.measured/build-cache');
  return {
    name: 'build-cache',
    hooks: {
      'astro:config:setup': ({ command, config }) => {
        builtConfig = config;
        cache = setBuildCache(command === 'build' ? join(folder(config), codeDigest(config)) : undefined);
      },
      'astro:build:done': () => {
        setBuildCache(undefined);
        if (!cache || !existsSync(cache.folder)) return;
        // Code was edited during the build and may have produced some entries: keep none.
        if (!cache.folder.endsWith(codeDigest(builtConfig))) cache.used.clear();
        prune(folder(builtConfig), cache);
      },
    },
  };
}
