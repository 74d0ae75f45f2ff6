/** Runs one command of `measured`. */
import '../lab/fixed-locale.ts';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { divideArguments, runArguments } from '../lab/cli/run-arguments.ts';
import { nearestName } from '../lab/did-you-mean.ts';
import { LabError, printedError } from '../lab/errors.ts';
import { workerUsage } from '../lab/queue/usage.ts';
import { site } from '../site/config.ts';
import { configurationFile, loadConfiguration } from '../site/options.ts';
import { restoreDirectory } from '../site/output/swap-directory.ts';
import { checkAstroArguments } from './astro-arguments.ts';
import { takeOption } from './take-option.ts';
import { commandNames, usage } from './usage.ts';

/** Runs a program of the package in this process, which reads its arguments from `process.argv`. */
async function runProgram(file: string, args: readonly string[]): Promise<void> {
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}

const astro = (args: readonly string[]): Promise<void> =>
  runProgram(join(dirname(createRequire(import.meta.url).resolve('astro/package.json')), 'bin/astro.mjs'), args);

/** Arguments of a run of experiments, with the store of results that the blog's configuration names, if none is given. */
async function withStore(args: readonly string[]): Promise<string[]> {
  const root = process.cwd();
  if (args.some((arg) => /^--(?:no-)?cache(?:=|$)/.test(arg)) || !existsSync(join(root, configurationFile(root))))
    return [...args];
  await loadConfiguration(root);
  return site.cache === undefined ? [...args] : [...args, '--cache', site.cache];
}

/** Runs the experiments whose inputs changed. Whether all of them succeeded. */
async function experiments(args: readonly string[]): Promise<boolean> {
  const { main } = await import('../lab/cli/main.ts');
  return main(args.includes('--help') ? args : await withStore(args));
}

/** Runs the experiments, then Astro's command, each with its part of the arguments. Whether the experiments succeeded. */
async function experimentsThenAstro(command: string, args: readonly string[]): Promise<boolean> {
  const { run, astro: rest } = divideArguments(args);
  checkAstroArguments(command, rest);
  if (!(await experiments(run))) return false;
  await astro([command, ...rest]);
  return true;
}

/** Runs another command in a process of its own, since Astro ends its process. Whether it succeeded. */
const inOwnProcess = (args: readonly string[]): Promise<boolean> =>
  new Promise((done) => {
    const main = fileURLToPath(import.meta.url).replace(/run(?=\.[jt]s$)/, 'main');
    const child = spawn(process.execPath, [main, ...args], { stdio: 'inherit' });
    child.on('exit', (code) => done(code === 0));
  });

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Builds the site, then one of its posts as a file. Whether it succeeded. */
async function buildSingle(asked: string, args: readonly string[]): Promise<boolean> {
  const { singlePost, writeSingle } = await import('../site/output/single-post.ts');
  checkAstroArguments('build', divideArguments(args).astro);
  await loadConfiguration(process.cwd());
  const id = await singlePost(process.cwd(), asked);
  if (!(await inOwnProcess(['build', ...args]))) return false;
  print(writeSingle(process.cwd(), id));
  return true;
}

/** Each command, and whether it succeeded; Astro's end the process with an exit code of their own. */
const programs: Readonly<Record<string, (args: readonly string[]) => Promise<boolean>>> = {
  async dev(args) {
    const { run, astro: rest } = divideArguments(args);
    checkAstroArguments('dev', rest);
    runArguments.list = await withStore(run);
    await astro(['dev', ...rest]);
    return true;
  },
  async build(args) {
    const { value: single, rest } = takeOption(args, 'single');
    if (single !== undefined) return buildSingle(single, rest);
    restoreDirectory(resolve('dist'), (text) => void process.stderr.write(`${text}\n`));
    return experimentsThenAstro('build', args);
  },
  async preview(args) {
    checkAstroArguments('preview', args);
    await astro(['preview', ...args]);
    return true;
  },
  check: (args) => experimentsThenAstro('check', args),
  async experiments(args) {
    const { value: named, rest } = takeOption(args, 'report');
    if (named === undefined || args.includes('--help')) return experiments(args);
    if (named === '') throw new LabError('--report names no file; write --report report for report.html and report.md');
    // Both files are named by one: the lab writes the Markdown first, without sentences and figures.
    const { report, reportFiles } = await import('../site/report/report-cli.ts');
    const all = [...rest, '--report', reportFiles(named).markdown];
    if (!(await experiments(all))) return false;
    if (existsSync(join(process.cwd(), configurationFile(process.cwd())))) await loadConfiguration(process.cwd());
    for (const file of await report(process.cwd(), await withStore(all))) print(file);
    return true;
  },
  async data(args) {
    const { main } = await import('../lab/cli/data.ts');
    return main(args);
  },
  async stress(args) {
    if (!(await inOwnProcess(['build', ...args]))) return false;
    const { stress } = await import('../site/claims/stress-cli.ts');
    return stress(process.cwd(), await withStore(divideArguments(args).run));
  },
  async verify(args) {
    const { verify } = await import('./verify/verify.ts');
    return verify(args, process.cwd());
  },
  async worker(args) {
    if (args.includes('--help')) {
      print(workerUsage);
      return true;
    }
    const { runWorker } = await import('../lab/queue/worker-command.ts');
    return runWorker(args, process.cwd(), print);
  },
};

/** The commands whose `--help` lists options of their own. */
const hasOwnHelp = ['experiments', 'worker', 'data', 'new', 'import'];

/** Runs the command that the arguments name, and sets the exit code. */
export async function run(written: readonly string[]): Promise<void> {
  const [command = '', ...args] = written.map((each) => (each === '-h' ? '--help' : each));
  const program = Object.hasOwn(programs, command) ? programs[command] : undefined;
  try {
    if (command === '--help' || command === '' || (args.includes('--help') && !hasOwnHelp.includes(command)))
      print(usage);
    else if (program) process.exitCode = (await program(args)) ? 0 : 1;
    else if (command === 'new' || command === 'import') {
      // The formulas of imported posts are set with the blog's macros.
      if (command === 'import' && !args.includes('--help')) await loadConfiguration(process.cwd());
      const today = new Date().toISOString().slice(0, 10);
      const { runCommand } = await import('./commands.ts');
      process.exitCode = await runCommand([command, ...args], { root: process.cwd(), today, print });
    } else {
      const guess = nearestName(command, commandNames);
      process.stderr.write(`there is no command ${command}${guess ? `; did you mean ${guess}?` : `\n${usage}`}\n`);
      process.exitCode = 1;
    }
  } catch (error) {
    process.stderr.write(`${printedError(error)}\n`);
    process.exitCode = 1;
  }
}
