/** Makes temporary copies of the fixture project, for tests that edit it and run its experiments. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ExperimentResult } from '../../src/lab/results/index.ts';
import { blogFiles, installPackage } from '../helpers/blog.ts';
import { type CommandResult, ended } from '../helpers/child.ts';
import { repository, textsBelow, writeFiles } from '../helpers/files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** The result of an experiment with no records, only measures. */
export function resultWith(name: string, measures: ExperimentResult['measures']): ExperimentResult {
  const file = `experiments/${name}.ts`;
  return { name, file, question: '?', params: {}, points: [{}], seeds: 1, tasks: [], key: '', records: [], measures };
}

export type Project = {
  readonly root: string;
  read(path: string): string;
  write(path: string, content: string): void;
  /** Replaces the one occurrence of `from`. */
  edit(path: string, from: string, to: string): void;
  /** The files of a directory and their contents, by path; none if there is no such directory. */
  files(directory: string): Record<string, string>;
  /** Runs the command line in the project, to its end. */
  cli(...args: string[]): Promise<CommandResult>;
  /** The same with further environment variables. */
  cliWith(env: Readonly<Record<string, string>>, ...args: string[]): Promise<CommandResult>;
  /** Starts the command line in the project. */
  start(...args: string[]): ChildProcess;
};

/** A copy with only the named experiments, removed when the test is over. */
export function fixture(...experiments: string[]): Project {
  // In a folder of its own, beside which a test may put others.
  const root = join(temporaryFolder({ 'lab/package.json': blogFiles['package.json'] }), 'lab');
  installPackage(root);
  cpSync(join(repository, 'tests/fixtures/lab'), root, { recursive: true });
  for (const file of readdirSync(join(root, 'experiments'))) {
    const isOther = file.endsWith('.ts') && !experiments.includes(file.slice(0, -3));
    if (isOther) rmSync(join(root, 'experiments', file));
  }
  const startWith = (env: Readonly<Record<string, string>>, args: readonly string[]) =>
    spawn(process.execPath, [join(repository, 'src/lab/cli/main.ts'), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
    });
  const start = (...args: string[]) => startWith({}, args);
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const write = (path: string, content: string) => writeFiles(root, { [path]: content });
  return {
    root,
    read,
    write,
    edit(path, from, to) {
      const parts = read(path).split(from);
      if (parts.length !== 2) throw new Error(`${path} has ${parts.length - 1} times ${JSON.stringify(from)}`);
      write(path, parts.join(to));
    },
    files: (directory) => textsBelow(root, directory),
    start,
    cli: (...args) => ended(start(...args)),
    cliWith: (env, ...args) => ended(startWith(env, args)),
  };
}
