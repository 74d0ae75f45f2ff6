/** Finds the value of a parameter at which a summary of the records is least (or greatest). */
import { checkOptions } from './check-options.ts';
import type { Scalar } from './define-experiment.ts';
import { median } from './statistics.ts';

/** The best value of the parameter, `at`, and the summary there, `value`. */
export type Best = { readonly at: number; readonly value: number };

/**
 * Groups `records` by `parameter`, summarises `of` each record (default: the median) and returns the
 * best. Throws a RangeError if the best lies at an end of the grid, where a wider one might have a better: extend the
 * grid, or say `edge: true`.
 */
export function bestOf<R extends Readonly<Record<string, unknown>>>(
  records: readonly R[],
  parameter: { [K in keyof R]: R[K] extends Scalar ? K : never }[keyof R] & string,
  of: (record: R) => number,
  options: {
    readonly summary?: (values: readonly number[]) => number;
    readonly greatest?: boolean;
    readonly edge?: boolean;
  } = {},
): Best {
  checkOptions('bestOf', options, ['summary', 'greatest', 'edge']);
  const { summary = median, greatest = false, edge = false } = options;
  const values = [...new Set(records.map((record) => record[parameter]))].map((value) => {
    if (typeof value !== 'number') throw new RangeError(`the best ${parameter} needs numbers: ${String(value)}`);
    return value;
  });
  values.sort((a, b) => a - b);
  if (values.length === 0) throw new RangeError(`the best ${parameter} of no records`);
  const summaries = values.map((value) => summary(records.filter((record) => record[parameter] === value).map(of)));
  const index = summaries.indexOf(greatest ? Math.max(...summaries) : Math.min(...summaries));
  const at = values[index]!;
  if (!edge && values.length > 1 && (index === 0 || index === values.length - 1)) {
    throw new RangeError(
      `the best ${parameter} is ${at}, at the edge of its grid (${values[0]} … ${values.at(-1)}): extend the grid, or say edge: true`,
    );
  }
  return { at, value: summaries[index]! };
}
