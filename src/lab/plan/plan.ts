/** Plans an experiment: divides its points × seeds into tasks and computes the key of each task's result. */
import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { Point } from '../authoring/define-experiment.ts';
import { type Bundle, bundle } from '../bundle/bundle.ts';
import { normalizedContent } from '../data-files/line-endings.ts';
import { projectPath } from '../data-files/loaders.ts';
import { parserDigest } from '../data-files/parser-digest.ts';
import { checkMade } from '../data-files/stale-data.ts';
import { nearestName } from '../did-you-mean.ts';
import { LabError, messageOf } from '../errors.ts';
import { experimentFiles, experimentName, isWithin } from '../project.ts';
import { type Definition, loadDefinition } from './definition.ts';
import { sha256, type TaskInputs, taskKey } from './task-key.ts';

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
  /** The bundle that workers execute. */
  readonly code: Bundle;
  /** The bundle with the measures and all else but `run`. */
  readonly description: Bundle;
  /** The set of seeds: set s has the seeds s·n … (s + 1)·n − 1. Results come from set 0; the others test claims. */
  readonly set: number;
  /** In the order of the points, then of the seeds. */
  readonly tasks: readonly Task[];
  /** Hash of all task keys: changes when any result may. */
  readonly key: string;
};

/** The n seeds from `first` on in chunks of `size`; more seeds leave the earlier full chunks as they are. */
function seedChunks(n: number, size: number, first: number): number[][] {
  return Array.from({ length: Math.ceil(n / size) }, (_, i) =>
    Array.from({ length: Math.min(size, n - i * size) }, (_, j) => first + i * size + j),
  );
}

/**
 * SHA-256 of each declared file, by name. Throws LabError at one that is outside of the project, unreadable, or not what
 * its loader makes.
 */
async function dataDigests(root: string, file: string, data: Definition['data']): Promise<Record<string, string>> {
  const entries = Object.entries(data).map(async ([name, path]) => {
    const outside = new LabError(
      `${file}: data file ${name} (${path}) lies outside of the project, so others would not have it`,
    );
    if (isAbsolute(path) || !isWithin(root, resolve(root, path))) throw outside;
    await checkMade(root, projectPath(root, path));
    try {
      const [realRoot, real] = await Promise.all([realpath(root), realpath(join(root, path))]);
      if (!isWithin(realRoot, real)) throw outside;
      await checkMade(root, projectPath(realRoot, real));
      return [name, sha256(normalizedContent(path, await readFile(join(root, path))))] as const;
    } catch (error) {
      if (error instanceof LabError) throw error;
      const reason = (error as NodeJS.ErrnoException).code ?? messageOf(error);
      throw new LabError(`${file}: data file ${name} (${path}) cannot be read: ${reason}`, { cause: error });
    }
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The tasks on one set of seeds, and the hash of their keys. */
function tasksOf(definition: Definition, shared: Omit<TaskInputs, 'params' | 'seeds'>, set: number) {
  const { points, seeds: n, seedsPerTask } = definition;
  const tasks = points.flatMap((params) =>
    seedChunks(n, seedsPerTask, set * n).map((seeds): Task => {
      const inputs = { ...shared, params, seeds };
      return { key: taskKey(inputs), params, seeds, inputs };
    }),
  );
  return { tasks, key: sha256(tasks.map((task) => task.key).join('\n')).slice(0, 16) };
}

/** The same plan on another set of seeds. */
export function withSeedSet(plan: Plan, set: number): Plan {
  const { params: _params, seeds: _seeds, ...shared } = plan.tasks[0]!.inputs;
  return { ...plan, set, ...tasksOf(plan.definition, shared, set) };
}

/** Loads the definition of the experiment in `file`, and bundles its `run`. Throws LabError for an author's mistake. */
async function load(root: string, file: string): Promise<Pick<Plan, 'definition' | 'description' | 'code'>> {
  const [{ definition, bundle: description }, code] = await Promise.all([
    loadDefinition(root, file),
    bundle(root, file, 'run'),
  ]);
  return { definition, description, code };
}

/** The JSON files of the project that an experiment's modules import. */
const importedData = ({ code, description }: Pick<Plan, 'code' | 'description'>): string[] =>
  [...new Set([...code.inputs, ...description.inputs])].filter(
    (path) => path.endsWith('.json') && !/(?:^|\/)(?:\.\.|node_modules)\//.test(path),
  );

/** The data files that the experiment in `file` declares or imports, there or not. Throws LabError as planning does. */
export async function dataFilesOf(root: string, file: string): Promise<string[]> {
  const loaded = await load(root, file);
  const declared = Object.values(loaded.definition.data).map((path) => projectPath(root, path));
  return [...new Set([...declared, ...importedData(loaded)])].sort();
}

/** Plans the experiment in `file`, from the files as they are now. Throws LabError for an author's mistake. */
export async function planExperiment(root: string, file: string): Promise<Plan> {
  const { definition, description, code } = await load(root, file);
  for (const path of importedData({ code, description })) await checkMade(root, path);
  const data = await dataDigests(root, file, definition.data);
  const reader = Object.keys(data).length > 0 ? { reader: await parserDigest() } : {};
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
    const close = nearestName(name, known);
    const hint = close === undefined ? `experiments are ${known.join(', ') || 'none yet'}` : `did you mean ${close}?`;
    throw new LabError(`no experiment ${name}: ${hint}`);
  }
  return names.length === 0 ? files : files.filter((file) => names.includes(experimentName(file)));
}
