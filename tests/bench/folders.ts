/**
 * Temporary sites for the benchmarks, and the cost of building them. They lie inside the repository, ignored by git, so that
 * Node finds its packages.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../helpers/files.ts';

/** The programs of a build, as arguments of Node. */
export const experiments = [join(repository, 'src/lab/cli/main.ts')];
export const astro = [join(repository, 'node_modules/astro/bin/astro.mjs'), 'build'];

/** Creates an empty folder `.dist.<name>` in `parent`, by default the repository. */
export function emptyFolder(name: string, parent = repository): string {
  const folder = join(parent, `.dist.${name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Copies this project's sources, uncommitted changes included, for which `wanted` returns true. */
export function copyProject(folder: string, wanted: (file: string) => boolean): void {
  const parts = ['src', 'experiments', 'posts', 'astro.config.mjs', 'package.json', 'tsconfig.json'];
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...parts];
  for (const file of execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).split('\0').filter(Boolean)) {
    if (wanted(file) && existsSync(join(repository, file))) cpSync(join(repository, file), join(folder, file));
  }
}

/**
 * The cost of a build: wall time in seconds, processor time of all threads in seconds (which other work on the machine hardly
 * changes), and peak memory in bytes. The latter two leave out child processes such as esbuild.
 */
export type Cost = { readonly seconds: number; readonly cpu: number; readonly peak: number };

/** Imported before a program: prints the process's CPU time in µs and peak memory in KiB at its exit. */
const watcher = `data:text/javascript,process.on('exit',()=>{
  const {userCPUTime,systemCPUTime,maxRSS}=process.resourceUsage();
  console.error('cost',userCPUTime+systemCPUTime,maxRSS)})`.replaceAll('\n', '');

/** Runs Node programs one after the other in `folder`. Throws with the output if one fails. */
export function run(folder: string, ...programs: readonly (readonly string[])[]): Cost {
  const quiet = { ASTRO_TELEMETRY_DISABLED: '1', OBSERVABLE_TELEMETRY_DISABLE: '1', NODE_ENV: 'production' };
  const began = performance.now();
  let [cpu, peak] = [0, 0];
  for (const program of programs) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', watcher, ...program], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, ...quiet },
    });
    if (status !== 0)
      throw new Error(`${program.join(' ')} failed in ${folder}\n${stdout.slice(-4000)}${stderr.slice(-4000)}`);
    // Threads print such a line too; the largest is that of the whole process.
    const ends = [...stderr.matchAll(/^cost (\d+) (\d+)$/gm)];
    cpu += Math.max(...ends.map((end) => Number(end[1]))) / 1e6;
    peak = Math.max(peak, ...ends.map((end) => Number(end[2]) * 1024));
  }
  return { seconds: (performance.now() - began) / 1000, cpu, peak };
}
