/**
 * Tests the assertions of a claim against a measure.
 *
 * For a list or an object an assertion must hold for each leaf. For an interval it must hold for both ends; but
 * `equals`, `near` and the orders test its value, and `covers` whether the interval contains a number.
 */
import { localizeNumber } from '../../figure/index.ts';
import { findMeasure, type Interval, type Measure, type Results } from '../../lab/results/index.ts';
import { format, isInterval, numberToText, singleValue } from '../components/show-number.ts';
import { words } from '../i18n.ts';
import { checkForms } from './bound-forms.ts';

/** A number, or the path of a measure that is a number. */
export type Bound = number | string;

/** The attributes of `<Claim>` that assert something. Several must all hold. */
export type Bounds = {
  /** The measure is this number, or that of another measure, exactly. */
  readonly equals?: Bound;
  /** It is this or less. */
  readonly atMost?: Bound;
  /** It is this or more. */
  readonly atLeast?: Bound;
  /** It is more than this. */
  readonly above?: Bound;
  /** It is less than this. */
  readonly below?: Bound;
  /** It lies between the two, both ends included. */
  readonly within?: readonly [low: Bound, high: Bound];
  /** At most `absolute`, or `relative` × |of|, away from `of`. */
  readonly near?: { readonly of: Bound; readonly relative?: number; readonly absolute?: number };
  /** The interval contains the number. */
  readonly covers?: Bound;
  /** Each value of the list or object is greater than the one before. */
  readonly increasing?: boolean;
  /** Each value of the list or object is smaller than the one before. */
  readonly decreasing?: boolean;
  /** These members of the object, in ascending order of their values. */
  readonly ordered?: readonly string[];
};

/** The kinds of assertion, in the order in which they are listed. */
export const kinds = [
  'equals',
  'atMost',
  'atLeast',
  'above',
  'below',
  'within',
  'near',
  'covers',
  'increasing',
  'decreasing',
  'ordered',
] as const;
export type Kind = (typeof kinds)[number];

/** One assertion, tested. */
export type Check = {
  readonly kind: Kind;
  readonly bound: unknown;
  /** In words: `is at most 0.05`. */
  readonly asserted: string;
  readonly holds: boolean;
  /** The smallest distance of a leaf from its bound, in the measure's unit; negative where the assertion is false. */
  readonly margin: number;
  /** The leaves at which it fails, with their values. */
  readonly failures: readonly string[];
};

type Leaf = { readonly path: string; readonly value: number | Interval };

function leaves(measure: Measure, path: string): Leaf[] {
  if (typeof measure === 'number' || isInterval(measure)) return [{ path, value: measure }];
  return Object.entries(measure).flatMap(([key, inner]) => leaves(inner as Measure, `${path}.${key}`));
}

const formatValue = (value: number): string =>
  numberToText(format(value, Number.isInteger(value) && Math.abs(value) < 1e6 ? 'int' : '.6g'));
const describeLeaf = ({ path, value }: Leaf): string =>
  typeof value === 'number' ? `${path} is ${value}` : `${path} is ${value.value} (${value.low} to ${value.high})`;

const middle = (value: number | Interval): number => (typeof value === 'number' ? value : value.value);
const ends = (value: number | Interval): readonly [number, number] =>
  typeof value === 'number' ? [value, value] : [value.low, value.high];

/** Tests all assertions of a claim. Throws a RangeError for a claim without one, or with a malformed bound. */
export function checkClaim(results: Results, of: string, bounds: Bounds): Check[] {
  checkForms(bounds);
  const measure = findMeasure(results, of);
  const given = kinds.filter((kind) => bounds[kind] !== undefined && bounds[kind] !== false);
  if (given.length === 0) throw new RangeError(`asserts nothing; give it one of ${kinds.join(', ')}`);
  const number = (bound: Bound): number =>
    typeof bound === 'number' ? bound : singleValue(findMeasure(results, bound), bound);
  const nameOfBound = (bound: Bound): string =>
    typeof bound === 'number' ? formatValue(bound) : `${bound} = ${formatValue(number(bound))}`;

  const each = (
    kind: Kind,
    asserted: string,
    holds: (value: number | Interval) => boolean,
    slack: (value: number | Interval) => number,
  ): Check => {
    const all = leaves(measure, of);
    const failing = all.filter(({ value }) => !holds(value));
    return {
      kind,
      bound: bounds[kind],
      asserted,
      holds: failing.length === 0,
      margin: Math.min(...all.map(({ value }) => slack(value))),
      failures: failing.map(describeLeaf),
    };
  };
  const sequence = (kind: Kind, asserted: string, values: readonly Leaf[], direction: 1 | -1): Check => {
    if (values.length < 2) throw new RangeError(`${kind} needs two values or more; ${of} has ${values.length}`);
    const steps = values.slice(1).map(({ value }, i) => direction * (middle(value) - middle(values[i]!.value)));
    const failures = steps.flatMap((step, i) =>
      step > 0 ? [] : [`${describeLeaf(values[i + 1]!)} after ${describeLeaf(values[i]!)}`],
    );
    const margin = Math.min(...steps);
    return { kind, bound: bounds[kind], asserted, holds: failures.length === 0, margin, failures };
  };

  return given.map((kind): Check => {
    switch (kind) {
      case 'within': {
        const [low, high] = bounds.within!;
        if (number(low) > number(high))
          throw new RangeError(
            `within is ${JSON.stringify(bounds.within)}; write the lower bound first, within={${JSON.stringify([high, low]).replace(',', ', ')}}`,
          );
        return each(
          kind,
          words.claim.within(nameOfBound(low), nameOfBound(high)),
          (value) => ends(value)[0] >= number(low) && ends(value)[1] <= number(high),
          (value) => Math.min(ends(value)[0] - number(low), number(high) - ends(value)[1]),
        );
      }
      case 'near': {
        const { of: target, relative, absolute } = bounds.near!;
        const margin = absolute ?? relative! * Math.abs(number(target));
        const distance =
          relative === undefined
            ? `${localizeNumber(String(absolute))}`
            : words.claim.relative(localizeNumber(String(relative)));
        return each(
          kind,
          words.claim.near(nameOfBound(target), distance),
          (value) => Math.abs(middle(value) - number(target)) <= margin,
          (value) => margin - Math.abs(middle(value) - number(target)),
        );
      }
      case 'increasing':
        return sequence(kind, words.claim.increasing, leaves(measure, of), 1);
      case 'decreasing':
        return sequence(kind, words.claim.decreasing, leaves(measure, of), -1);
      case 'ordered': {
        const members = bounds.ordered!.map((member) => ({
          path: `${of}.${member}`,
          value: singleValue(findMeasure(results, `${of}.${member}`), member),
        }));
        return sequence(kind, words.claim.ordered(bounds.ordered!), members, 1);
      }
      default: {
        const bound = number(bounds[kind]!);
        const [holds, slack] = comparisons[kind];
        return each(
          kind,
          words.claim[kind](nameOfBound(bounds[kind]!)),
          (value) => holds(value, bound),
          (value) => slack(value, bound),
        );
      }
    }
  });
}

/** Whether it holds, and how far it is from the bound. */
type Comparison = readonly [
  holds: (value: number | Interval, bound: number) => boolean,
  slack: (value: number | Interval, bound: number) => number,
];

const over = (value: number | Interval, bound: number): number => ends(value)[0] - bound;
const under = (value: number | Interval, bound: number): number => bound - ends(value)[1];

const comparisons: Readonly<Record<'equals' | 'atMost' | 'atLeast' | 'above' | 'below' | 'covers', Comparison>> = {
  equals: [(value, bound) => middle(value) === bound, (value, bound) => 0 - Math.abs(middle(value) - bound)],
  atMost: [(value, bound) => ends(value)[1] <= bound, under],
  atLeast: [(value, bound) => ends(value)[0] >= bound, over],
  above: [(value, bound) => ends(value)[0] > bound, over],
  below: [(value, bound) => ends(value)[1] < bound, under],
  covers: [
    (value, bound) => typeof value === 'object' && value.low <= bound && bound <= value.high,
    (value, bound) => Math.min(-under(value, bound), -over(value, bound)),
  ],
};

/** A measure as text: its value, its interval, or the range of its leaves. */
export function measureText(measure: Measure, of: string): string {
  const all = leaves(measure, of);
  const [only, ...others] = all;
  if (only === undefined) return words.claim.nothing;
  if (others.length === 0)
    return typeof only.value === 'number'
      ? formatValue(only.value)
      : words.claim.interval(formatValue(only.value.value), formatValue(only.value.low), formatValue(only.value.high));
  const values = all.map(({ value }) => middle(value));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high
    ? words.claim.all(formatValue(low), all.length)
    : words.claim.range(formatValue(low), formatValue(high), all.length);
}
