/** A small valid blog in a temporary folder, into which each test case puts one error; and the commands that run on it. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blogFiles, installPackage } from '../helpers/blog.ts';
import { type Files, filesBelow, repository, writeFiles } from '../helpers/files.ts';

/** A test case: one mistake of an author and the expected message. */
export interface BrokenCase {
  readonly name: string;
  /** Files written into the valid blog; null removes a file. */
  readonly files?: Files | undefined;
  /** What the message must contain: the place, and what is wrong. */
  readonly says: readonly (string | RegExp)[];
  /** Arguments of the command; none for a build. */
  readonly args?: readonly string[];
  /** Set if the error stops the build at another stage than the others of its table, so that it cannot share their build. */
  readonly alone?: boolean;
}

export type Command = 'build' | 'experiments' | 'import' | 'new';

/** The source of the valid experiment, with these measures. */
export const pennyExperiment = (measures: string): string => `import { z } from 'zod';
import { defineExperiment } from 'astro-measured/lab';

export default defineExperiment({
  question: 'What is the mean of a penny?',
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
  'posts/references.bib': '@article{knuth1984, title={Literate Programming}, author={Knuth, D. E.}, year={1984}}\n',
  'posts/good.mdx': `---\ntitle: A good post\ndate: 2026-01-02\n---\n\nThe mean was <Value of="penny.mean" />.\n`,
  'experiments/penny.ts': pennyExperiment(`mean: ({ records }) => records[0]!.mean,
    each: ({ records }) => records.map((r) => r.mean),`),
  'experiments/penny.charts.ts': `import { defineCharts } from 'astro-measured/figure';
import type penny from './penny.ts';

export default defineCharts<typeof penny>({
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

/** Folders that no failing command may change: the pages of the last good build, and the cached results. */
export const PROTECTED_FOLDERS = ['dist', '.measured/cache'] as const;

const environment = {
  ...process.env,
  ASTRO_TELEMETRY_DISABLED: '1',
  NODE_ENV: 'production',
  NO_COLOR: '1',
  FORCE_COLOR: '0',
};

export interface CommandResult {
  readonly code: number;
  readonly output: string;
}

/** Runs a command of the project in `root`. With `most`, it is killed by SIGKILL after so many ms, and the exit code is -1. */
export function runProjectCommand(
  root: string,
  name: Command,
  args: readonly string[] = [],
  most = 0,
): Promise<CommandResult> {
  const program = {
    build: ['node_modules/astro/bin/astro.mjs', 'build', '--root', root],
    experiments: ['src/lab/cli/main.ts'],
    import: ['src/cli/main.ts', 'import'],
    new: ['src/cli/main.ts', 'new'],
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

/** The files in these folders, by path. */
export const readProtectedFiles = (root: string): Map<string, Buffer> =>
  new Map(
    PROTECTED_FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) => [
      ...filesBelow(root, folder),
    ]),
  );

/** Creates a temporary folder. */
export const makeTempFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'measured-blog-')));

/** Creates a blog of these files in a temporary folder, with the package installed. */
export function createBlog(files: Files): string {
  const root = makeTempFolder();
  installPackage(root);
  writeFiles(root, { ...blogFiles, ...files });
  return root;
}

/** Creates the valid blog, runs its experiments and adds a page of an earlier build. Throws if the experiments fail. */
export async function createValidProject(): Promise<string> {
  const root = createBlog({ ...GOOD, 'dist/index.html': '<!doctype html><title>The last good build</title>\n' });
  const { code, output } = await runProjectCommand(root, 'experiments');
  if (code !== 0) throw new Error(`the good experiments fail:\n${output}`);
  return root;
}

/** Copies a blog to a temporary folder of its own. */
export function copyToTempFolder(project: string): string {
  const root = makeTempFolder();
  cpSync(project, root, { recursive: true });
  return root;
}
