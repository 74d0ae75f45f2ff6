/** The plan of an experiment: its points × seeds, cut into tasks, each with the key that its result goes by. */
import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Bundle, bundle } from './bundle.ts';
import type { Point } from './define.ts';
import { type Definition, loadDefinition } from './definition.ts';
import { LabError, messageOf } from './errors.ts';
import { sha256, type TaskInputs, taskKey } from './key.ts';
import { contentOf } from './line-ends.ts';
import { nearest } from './nearest.ts';
import { experimentFiles, experimentName } from './project.ts';
import { readerDigest } from './reader.ts';

/** One point with some of its seeds: what runs, is cached and fails as a whole. */
export type Task = {
  readonly key: string;
  readonly params: Point;
  readonly seeds: readonly number[];
  readonly inputs: TaskInputs;
};

export type Plan = {
  readonly name: string;
  /** Relative to the project. */
  readonly file: string;
  readonly definition: Definition;
  /** What workers execute. */
  readonly code: Bundle;
  /** What measures come from. */
  readonly description: Bundle;
  /** Which set of seeds it runs: set s has the seeds s·n … (s + 1)·n − 1. Results come from set 0, the others are fresh. */
  readonly set: number;
  /** In the order of the points, then of the seeds. */
  readonly tasks: readonly Task[];
  /** Hash of all task keys: changes when any result may. */
  readonly key: string;
};

/** The n seeds from `first` on in runs of `size`; fixed borders, so that more seeds leave the earlier full runs as they are. */
function seedRuns(n: number, size: number, first: number): number[][] {
  return Array.from({ length: Math.ceil(n / size) }, (_, i) =>
    Array.from({ length: Math.min(size, n - i * size) }, (_, j) => first + i * size + j),
  );
}

/** Whether `path` lies below `root`, by its name; `..data` is one like others. */
function isWithin(root: string, path: string): boolean {
  const below = relative(root, path);
  return !isAbsolute(below) && below.split(sep)[0] !== '..';
}

async function digests(
  root: string,
  file: string,
  data: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const entries = Object.entries(data).map(async ([name, path]) => {
    const outside = new LabError(
      `${file}: data file ${name} (${path}) lies outside of the project, so others would not have it`,
    );
    if (isAbsolute(path) || !isWithin(root, resolve(root, path))) throw outside;
    try {
      if (!isWithin(await realpath(root), await realpath(join(root, path)))) throw outside;
      return [name, sha256(contentOf(path, await readFile(join(root, path))))] as const;
    } catch (error) {
      if (error === outside) throw error;
      const reason = (error as NodeJS.ErrnoException).code ?? messageOf(error);
      throw new LabError(`${file}: data file ${name} (${path}) cannot be read: ${reason}`, { cause: error });
    }
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The tasks of the plan on one set of seeds, and the key of them all. */
function tasksOf(
  { points, seeds: n, seedsPerTask }: Definition,
  shared: Omit<TaskInputs, 'params' | 'seeds'>,
  set: number,
) {
  const tasks = points.flatMap((params) =>
    seedRuns(n, seedsPerTask, set * n).map((seeds): Task => {
      const inputs = { ...shared, params, seeds };
      return { key: taskKey(inputs), params, seeds, inputs };
    }),
  );
  return { tasks, key: sha256(tasks.map((task) => task.key).join('\n')).slice(0, 16) };
}

/** The same plan on another set of seeds. */
export function onSeedSet(plan: Plan, set: number): Plan {
  const { params: _params, seeds: _seeds, ...shared } = plan.tasks[0]!.inputs;
  return { ...plan, set, ...tasksOf(plan.definition, shared, set) };
}

/** Plans the experiment in `file`, from the files as they are now. Throws LabError for what an author can mend. */
export async function planExperiment(root: string, file: string): Promise<Plan> {
  const [{ definition, bundle: description }, code] = await Promise.all([
    loadDefinition(root, file),
    bundle(root, file, 'run'),
  ]);
  const data = await digests(root, file, definition.data);
  const reader = Object.keys(data).length > 0 ? { reader: await readerDigest() } : {};
  const shared = { code: code.hash, data, ...reader, node: process.version };
  return { name: experimentName(file), file, definition, code, description, set: 0, ...tasksOf(definition, shared, 0) };
}

/** Every file of the project that the plan was made from. */
export function inputsOf({ code, description, definition }: Plan): string[] {
  return [...new Set([...code.inputs, ...description.inputs, ...Object.values(definition.data)])].sort();
}

/** The experiments called `names`, or all of them. Throws LabError with the nearest name at an unknown one. */
export async function chooseExperiments(root: string, names: readonly string[] = []): Promise<string[]> {
  const files = await experimentFiles(root);
  const known = files.map(experimentName);
  for (const name of names) {
    if (known.includes(name)) continue;
    const close = nearest(name, known);
    const hint = close === undefined ? `experiments are ${known.join(', ') || 'none yet'}` : `did you mean ${close}?`;
    throw new LabError(`no experiment ${name}: ${hint}`);
  }
  return names.length === 0 ? files : files.filter((file) => names.includes(experimentName(file)));
}
