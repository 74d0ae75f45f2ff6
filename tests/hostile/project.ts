/** A small good blog in a folder of its own, which each hostile case then breaks in one place. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const repository = new URL('../../', import.meta.url).pathname;

/** One way to get something wrong. */
export interface Broken {
  readonly name: string;
  /** What is laid over the good blog; null removes a file. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>> | undefined;
  /** What must stand in the message: the place, and what is wrong. */
  readonly says: readonly (string | RegExp)[];
  /** Arguments of the command; none for a build. */
  readonly args?: readonly string[];
  /** Whether the build stops before it comes to the errors of others of its table, or after. */
  readonly alone?: boolean;
}

export type Command = 'build' | 'experiments' | 'import' | 'new';

/** The good experiment, with these measures. */
export const coin = (measures: string): string => `import { z } from 'zod';
import { defineExperiment } from '../../../src/lab/define.ts';

export default defineExperiment({
  question: 'What is the mean of a coin?',
  params: { sides: [2, 4] },
  seeds: 2,
  record: z.object({ mean: z.number() }),
  run: ({ sides }, { seed }) => ({ mean: (sides + seed) / 2 }),
  measures: {
    ${measures}
  },
});
`;

const GOOD: Readonly<Record<string, string>> = {
  'package.json': '{ "private": true, "version": "0.0.0", "type": "module" }\n',
  'astro.config.mjs': `import config from '../../astro.config.mjs';\nexport default { ...config, srcDir: '../../src', publicDir: '../../public' };\n`,
  'posts/references.bib': '@article{knuth1984, title={Literate Programming}, author={Knuth, D. E.}, year={1984}}\n',
  'posts/good.mdx': `---\ntitle: A good post\ndate: 2026-01-02\n---\n\nThe mean was <Value of="coin.mean" />.\n`,
  'experiments/coin.ts': coin(`mean: ({ records }) => records[0]!.mean,
    each: ({ records }) => records.map((r) => r.mean),`),
  'experiments/coin.charts.ts': `import { defineCharts } from '../../../src/figure/define.ts';
import type coin from './coin.ts';

export default defineCharts<typeof coin>({
  means: {
    title: 'Means',
    spec: ({ records }) => ({
      data: { values: records.map(({ sides, mean }) => ({ sides: String(sides), mean })) },
      mark: 'point',
      encoding: { x: { field: 'sides', type: 'nominal' }, y: { field: 'mean', type: 'quantitative' } },
    }),
  },
});
`,
};

/** What may never be lost: the pages of the last good build, and the results in the cache. */
export const PRECIOUS = ['dist', '.measured/cache'] as const;

const environment = {
  ...process.env,
  ASTRO_TELEMETRY_DISABLED: '1',
  NODE_ENV: 'production',
  NO_COLOR: '1',
  FORCE_COLOR: '0',
};

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs one of the project's commands in `root`; it is killed with SIGKILL after `most` ms, which is the code -1. */
export function command(root: string, name: Command, args: readonly string[] = [], most = 0): Promise<Outcome> {
  const program = {
    build: ['node_modules/astro/bin/astro.mjs', 'build', '--root', root],
    experiments: ['src/lab/cli.ts'],
    import: ['src/author/cli.ts', 'import'],
    new: ['src/author/cli.ts', 'new'],
  }[name];
  const [file = '', ...fixed] = program;
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(repository, file), ...fixed, ...args],
      { cwd: root, env: environment, timeout: most, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        done({ code, output: stdout + stderr });
      },
    );
  });
}

export function lay(root: string, files: NonNullable<Broken['files']>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === null) rmSync(file);
    else writeFileSync(file, content);
  }
}

/** Every file below the precious folders, by path, as text of its bytes. */
export function precious(root: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of PRECIOUS) {
    if (!existsSync(join(root, folder))) continue;
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) found.set(relative(root, path), readFileSync(path, 'latin1'));
    }
  }
  return found;
}

/** Folders lie inside the repository, so that Node finds its packages. */
export function makeFolder(): string {
  mkdirSync(join(repository, '.measured'), { recursive: true });
  return mkdtempSync(join(repository, '.measured/hostile-'));
}

/** The good blog with its experiments run and a page of an earlier build. Throws if the good is not good. */
export async function goodProject(): Promise<string> {
  const root = makeFolder();
  lay(root, { ...GOOD, 'dist/index.html': '<!doctype html><title>The last good build</title>\n' });
  const { code, output } = await command(root, 'experiments');
  if (code !== 0) throw new Error(`the good experiments fail:\n${output}`);
  return root;
}

export function copyOf(project: string): string {
  const root = makeFolder();
  cpSync(project, root, { recursive: true });
  return root;
}
