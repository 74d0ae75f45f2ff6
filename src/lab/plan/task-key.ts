/**
 * Computes a task's key: a hash of everything that its result can depend on. Equal keys mean equal results, on any
 * machine, so results are looked up by key alone.
 */
import { createHash } from 'node:crypto';
import type { Point } from '../authoring/define-experiment.ts';
import { canonicalJson } from '../store/canonical-json.ts';

/** Everything that a task's result depends on. */
export type TaskInputs = {
  /** SHA-256 of the bundle that the worker executes. */
  readonly code: string;
  readonly params: Point;
  readonly seeds: readonly number[];
  /** SHA-256 of each declared file's bytes. */
  readonly data: Readonly<Record<string, string>>;
  /** SHA-256 of the code that parses data files, if any are declared. */
  readonly reader?: string;
  /** Version of the runtime, such as v26.10.0. */
  readonly node: string;
};

/** SHA-256 in hexadecimal. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The key of a task. */
export const taskKey = (inputs: TaskInputs): string => sha256(canonicalJson(inputs));
