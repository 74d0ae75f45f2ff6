/**
 * Reproducibility, tried: builds the site in folders and circumstances that differ in everything that must not matter,
 * and compares the bytes of `dist/`.
 *
 *     cold  jobs 1, UTC, C locale            other  jobs all, other folder, zone, locale and order of tasks
 *                                            warm   the same folder again, results and collections cached
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences, filesOf } from './compare.ts';

interface Circumstance {
  readonly name: string;
  /** Below the temporary folder. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly experiments: readonly string[];
}

const CIRCUMSTANCES: readonly Circumstance[] = [
  {
    name: 'cold',
    folder: 'a',
    env: { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
    experiments: ['--jobs', '1'],
  },
  {
    name: 'other',
    folder: 'a longer/path ü',
    env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    experiments: ['--jobs', String(availableParallelism() + 1), '--shuffle', '7'],
  },
  {
    name: 'warm',
    folder: 'a longer/path ü',
    env: { TZ: 'America/St_Johns', LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' },
    experiments: [],
  },
];

/** The sources as they stand: what git tracks, and what it does not ignore. */
function copySources(root: string, folder: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of listed.toString().split('\0').filter(Boolean)) cpSync(join(root, file), join(folder, file));
  cpSync(join(root, 'node_modules'), join(folder, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/node_modules\/\.(astro|vite|cache)/.test(path),
  });
}

function build(folder: string, { name, env, experiments }: Circumstance): void {
  for (const args of [
    ['run', 'experiments', '--', ...experiments],
    ['run', 'build'],
  ]) {
    const { status, stdout, stderr } = spawnSync('npm', args, { cwd: folder, env: { ...process.env, ...env } });
    if (status !== 0) throw new Error(`${name}: npm ${args.join(' ')} failed\n${stdout}${stderr}`);
  }
}

const root = process.cwd();
const temporary = mkdtempSync(join(tmpdir(), 'measured-verify-'));
let failed = false;
let reference: ReturnType<typeof filesOf> | undefined;
try {
  for (const circumstance of CIRCUMSTANCES) {
    const folder = join(temporary, circumstance.folder);
    if (circumstance.name !== 'warm') {
      mkdirSync(folder, { recursive: true });
      copySources(root, folder);
    }
    build(folder, circumstance);
    const built = filesOf(join(folder, 'dist'));
    const bytes = [...built.values()].reduce((sum, file) => sum + file.length, 0);
    console.log(`${circumstance.name.padEnd(6)} ${built.size} files, ${bytes} bytes`);
    reference ??= built;
    for (const line of differences(reference, built)) {
      failed = true;
      console.log(line);
    }
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
console.log(failed ? 'The builds differ.' : 'The builds are the same, byte for byte.');
process.exitCode = failed ? 1 : 0;
