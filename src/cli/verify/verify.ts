/**
 * Tests that builds are reproducible: builds the site in environments that differ in all that must not matter, and
 * compares the bytes of `dist/`.
 *
 * All builds have the same day, today or that of the published site.
 *
 *     cold         jobs 1, UTC, C locale         other    jobs all, other folder, zone, locale and order of tasks
 *     development  NODE_ENV, lines end in \r\n   warm     the same folder again, results and collections cached
 *                                                stopped  cold again, a fast clock, processes paused in turns
 *
 * `--against PLACE` builds once and compares with a published site: its address, or a folder.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LabError, messageOf } from '../../lab/errors.ts';
import { buildDay } from '../../site/posts/build-date.ts';
import { differencesFrom, manifestOf, publishedAt } from './against.ts';
import { differences, filesOf } from './compare.ts';

type Environment = {
  readonly name: string;
  /** Below the temporary folder. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly experiments: readonly string[];
  /** Sources are copied, or those of the build before are kept: as they are, without results, or with \r\n. */
  readonly sources: 'copied' | 'kept' | 'without results' | 'with returns';
  /** Whether its processes are paused and continued in turns. */
  readonly halting?: boolean;
};

const ENVIRONMENTS: readonly Environment[] = [
  {
    name: 'cold',
    folder: 'a',
    env: { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
    experiments: ['--jobs', '1'],
    sources: 'copied',
  },
  {
    name: 'other',
    folder: 'a longer/path ü',
    env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    experiments: ['--jobs', String(availableParallelism() + 1), '--shuffle', '7'],
    sources: 'copied',
  },
  {
    name: 'warm',
    folder: 'a longer/path ü',
    env: { TZ: 'America/St_Johns', LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' },
    experiments: [],
    sources: 'kept',
  },
  {
    name: 'stopped',
    folder: 'a longer/path ü',
    env: { NODE_OPTIONS: `--import ${new URL('moving-clock.mjs', import.meta.url)}` },
    experiments: [],
    sources: 'without results',
    halting: true,
  },
  {
    name: 'development',
    folder: 'a',
    env: { NODE_ENV: 'development', DEV: '1', PROD: '', MODE: 'development', SITE: 'https://elsewhere.example' },
    experiments: [],
    sources: 'with returns',
  },
];

/** The files in the working tree that git does not ignore; without git, all but what a build makes. */
function sourcesOf(root: string): string[] {
  try {
    const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    return execFileSync('git', list, { cwd: root, stdio: 'pipe' }).toString().split('\0').filter(Boolean);
  } catch {
    const made = ['node_modules', 'dist', '.measured', '.astro', '.git'];
    return [...filesOf(root, (name) => !made.includes(name)).keys()];
  }
}

function copySources(root: string, folder: string): void {
  for (const file of sourcesOf(root)) cpSync(join(root, file), join(folder, file));
  cpSync(join(root, 'node_modules'), join(folder, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/node_modules\/\.(astro|vite|cache)/.test(path),
  });
}

/** Gives all text files Windows line endings, except in `public`, which is published as it is. */
function addReturns(root: string, folder: string): void {
  for (const file of sourcesOf(root)) {
    if (file.startsWith('public/') || !/\.(astro|bib|css|csv|json|mdx?|mjs|ts|txt)$/.test(file)) continue;
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
  }
}

/** The variable that gives a build its day. */
const dated = (day: string) => ({ SOURCE_DATE_EPOCH: String(Date.parse(day) / 1000) });

/** Runs npm to its end; with `halting`, pauses and continues it in turns. Throws if it fails. */
async function npm(args: readonly string[], folder: string, { name, env, halting }: Environment): Promise<void> {
  // A process group of its own, so that signals reach all of its processes.
  const child = spawn('npm', args, { cwd: folder, env: { ...process.env, ...env }, detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  let turn = 0;
  const timer = setInterval(() => {
    if (halting && child.pid !== undefined) process.kill(-child.pid, turn++ % 2 === 0 ? 'SIGSTOP' : 'SIGCONT');
  }, 700);
  const code = await new Promise((done) => {
    child.on('exit', () => clearInterval(timer));
    child.on('close', done);
  });
  if (code !== 0) throw new Error(`${name}: npm ${args.join(' ')} failed\n${output}`);
}

/** Builds in every environment, and prints and returns the differences. */
async function compareEnvironments(root: string, temporary: string, address: readonly string[]): Promise<string[]> {
  const today = dated(buildDay());
  const lines: string[] = [];
  let reference: ReturnType<typeof filesOf> | undefined;
  for (const each of ENVIRONMENTS) {
    const environment = { ...each, env: { ...today, ...each.env } };
    const { name, sources, experiments } = environment;
    const folder = join(temporary, environment.folder);
    mkdirSync(folder, { recursive: true });
    if (sources === 'copied') copySources(root, folder);
    if (sources === 'with returns') addReturns(root, folder);
    if (sources === 'without results') rmSync(join(folder, '.measured'), { recursive: true });
    await npm(['run', 'experiments', '--', '--no-cache', ...experiments], folder, environment);
    await npm(['run', 'build', '--', '--no-cache', ...address], folder, environment);
    const built = filesOf(join(folder, 'dist'));
    const bytes = [...built.values()].reduce((sum, file) => sum + file.length, 0);
    console.log(`${name.padEnd(11)} ${built.size} files, ${bytes} bytes`);
    reference ??= built;
    const found = differences(reference, built);
    for (const line of found) console.log(line);
    lines.push(...found);
  }
  console.log(lines.length > 0 ? 'The builds differ.' : 'The builds are the same, byte for byte.');
  return lines;
}

/** Builds for the address of the published site, and prints and returns the differences. */
async function compareWithPublished(place: string, root: string, temporary: string): Promise<string[]> {
  const published = publishedAt(place);
  const { site, base, date, files } = await manifestOf(published);
  const dist = join(temporary, 'dist');
  const environment = { name: 'here', folder: '', env: dated(date), experiments: [], sources: 'kept' } as const;
  console.log(`Building for ${site}${base} as on ${date} …`);
  // Results that came from elsewhere, perhaps from this very site, are computed here.
  const results = ['--no-cache', '--audit', '100%'];
  await npm(['run', 'build', '--', ...results, '--site', site, '--base', base, '--outDir', dist], root, environment);
  const lines = await differencesFrom(dist, published);
  for (const line of lines) console.log(line);
  console.log(
    lines.length > 0
      ? `${published.name} is not what these sources give.`
      : `${published.name} is what these sources give: ${files.length} files, the same byte for byte.`,
  );
  return lines;
}

/** Parses the arguments. Throws LabError for others. */
function readOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...args], options: { against: text, site: text, base: text } }).values;
  } catch (error) {
    throw new LabError(`${messageOf(error)}\n\nverify takes --against ADDRESS, --site ADDRESS and --base PATH`);
  }
}

/** Runs the command with these arguments on the sources in `root`; prints what differs. Whether nothing does. */
export async function verify(args: readonly string[], root: string): Promise<boolean> {
  const values = readOptions(args);
  const address = (['site', 'base'] as const).flatMap((name) =>
    values[name] === undefined ? [] : [`--${name}`, values[name]],
  );
  const temporary = mkdtempSync(join(tmpdir(), 'measured-verify-'));
  try {
    const lines = await (values.against === undefined
      ? compareEnvironments(root, temporary, address)
      : compareWithPublished(values.against, root, temporary));
    return lines.length === 0;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
