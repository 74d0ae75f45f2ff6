/** Finds a measure by dotted path, such as `lockstep.byOutputs.k3`; the error at an unknown path lists what exists. */
import type { Measure } from '../authoring/define-experiment.ts';
import type { Interval } from '../authoring/statistics.ts';
import { nearestName } from '../did-you-mean.ts';
import { LabError } from '../errors.ts';
import type { ExperimentResult } from './results.ts';

/** All results of a project, in the order of their names. */
export type Results = readonly ExperimentResult[];

/** There is no experiment or measure at that path. */
export class UnknownMeasure extends LabError {
  readonly asked: string;
  readonly existing: readonly string[];
  constructor(asked: string, what: string, existing: readonly string[], prefix: string) {
    const last = asked.slice(prefix.length).split('.')[0]!;
    const close = nearestName(last, existing);
    const hint = close === undefined ? '' : `; did you mean ${prefix}${close}?`;
    super(
      `no ${what} ${prefix}${last}${prefix + last === asked ? '' : ` (asked: ${asked})`}${hint}\n  there is: ${existing.join(', ') || 'nothing'}`,
    );
    this.name = 'UnknownMeasure';
    this.asked = asked;
    this.existing = existing;
  }
}

/** The result of the experiment that `path` starts with. Throws UnknownMeasure with the nearest name. */
export function findExperiment(results: Results, path: string): ExperimentResult {
  const name = path.split('.')[0]!;
  const found = results.find((result) => result.name === name);
  const names = results.map((result) => result.name);
  if (found === undefined) throw new UnknownMeasure(path, 'experiment', names, '');
  if (found.unmeasured) {
    throw new LabError(`experiment ${name} has no result yet: it runs now, or has failed (see the terminal)`);
  }
  return found;
}

/** The measure at `path`, or the part of one (`depth.low`, `curve.3`). Throws UnknownMeasure. */
export function findMeasure(results: Results, path: string): Measure {
  const [name, ...keys] = path.split('.');
  let value: Measure = findExperiment(results, path).measures as Measure;
  let prefix = `${name}.`;
  if (keys.length === 0) throw new UnknownMeasure(prefix, 'measure', Object.keys(value), prefix);
  for (const key of keys) {
    const inner: readonly string[] = typeof value === 'object' ? Object.keys(value) : [];
    if (!inner.includes(key)) throw new UnknownMeasure(path, 'measure', inner, prefix);
    value = (value as Readonly<Record<string, Measure>>)[key]!;
    prefix += `${key}.`;
  }
  return value;
}

const digits = (value: number): string => String(Number(value.toPrecision(6)));

/** Each number and interval of a measure as text, by its path; `path` is that of the measure. */
export function* measureTexts(measure: Measure, path: string): Generator<readonly [path: string, text: string]> {
  if (typeof measure === 'number') yield [path, digits(measure)];
  else if (!Array.isArray(measure) && 'low' in measure && 'high' in measure) {
    const { value, low, high, level, n } = measure as Interval;
    yield [path, `${digits(value)}, ${100 * level} % interval ${digits(low)} to ${digits(high)}, n = ${n}`];
  } else for (const [key, inner] of Object.entries(measure)) yield* measureTexts(inner as Measure, `${path}.${key}`);
}
