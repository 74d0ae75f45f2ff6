/** Numerically checked derivations: each line has a function, and the functions of neighbouring lines must agree. */
import { z } from 'astro/zod';
import { functionOf, inputProblems, object, quoted } from '../../lab/input-problems.ts';

/** The value of a line at a point: a number, or several. */
export type Values = number | readonly number[];

/** One line of a derivation. */
export type Line<P> = {
  /** The line in TeX, without dollar signs. */
  readonly tex: string;
  /** Computes the same expression at a test point. */
  readonly value: (point: P) => Values;
};

/** A derivation, as `posts/<slug>.ts` exports it by name. */
export type Derivation<P = never> = {
  /** The test point for `seed` = 0, 1, …: the values of all variables in the lines. */
  readonly at: (seed: number) => P;
  /** Two lines or more; each is compared with the next. */
  readonly lines: readonly Line<P>[];
  /** Independent ways to compute the last line, by name, such as the engine or central differences. */
  readonly held?: Readonly<Record<string, (point: P) => Values>>;
  /** Number of test points; 20 if omitted. */
  readonly points?: number;
  /** Largest difference allowed between lines, relative to the largest absolute value (at least 1); 1e-8 if omitted. */
  readonly tolerance?: number;
  /** The same for `held`; 1e-6 if omitted, since finite differences are not exact. */
  readonly heldTolerance?: number;
};

/** How well two sides agreed: the largest relative difference over all test points. */
export type Agreement = {
  /** One side, such as `line 1`. */
  readonly left: string;
  /** What it was compared with: the next line, or a name of `held`. */
  readonly right: string;
  readonly difference: number;
  readonly points: number;
};

const limit = z.number().nonnegative('; write a number of at least 0').optional();

const schema = object({
  at: functionOf('seed'),
  lines: z.array(object({ tex: z.string(), value: functionOf('point') })),
  held: z.record(z.string(), functionOf('point')).optional(),
  points: z.int().positive('; write a number from 1').optional(),
  tolerance: limit,
  heldTolerance: limit,
} satisfies Record<keyof Derivation, z.ZodType>);

/** The numbers of a side at the point of `seed`. Throws an Error for what are none, or no number at all. */
function listed(values: unknown, name: string, seed: number): readonly number[] {
  const list = (ArrayBuffer.isView(values) ? Array.from(values as Float64Array) : [values].flat()) as unknown[];
  if (list.length > 0 && list.every((value) => typeof value === 'number')) return list;
  throw new Error(`${name} gives ${quoted(values)} at point ${seed}; return a number, or a list of numbers`);
}

/** The largest difference between two lists, relative to the largest absolute value (at least 1), and its index. */
function compare(a: readonly number[], b: readonly number[]): { difference: number; index: number } {
  if (a.length !== b.length) return { difference: Number.POSITIVE_INFINITY, index: Math.min(a.length, b.length) };
  const scale = Math.max(1, ...a.map(Math.abs), ...b.map(Math.abs));
  return a.reduce(
    (worst, value, index) => {
      const difference = Math.abs(value - b[index]!) / scale;
      return difference <= worst.difference
        ? worst
        : { difference: Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference, index };
    },
    { difference: 0, index: 0 },
  );
}

/**
 * Compares each line with the next, and each of `held` with the last line, at every point. Throws an Error with both
 * values where they differ by more than the tolerance, and for fields that are unknown, missing or of another type.
 */
export function checkDerivation<P>(derivation: Derivation<P>): Agreement[] {
  const problems =
    schema.safeParse(derivation).error?.issues.flatMap((issue) => inputProblems(issue, derivation)) ?? [];
  if (problems.length > 0) throw new Error(problems.map(({ text }) => text).join('; '));
  const { at, lines, held = {}, points = 20, tolerance = 1e-8, heldTolerance = 1e-6 } = derivation;
  if (lines.length < 2) throw new Error(`a derivation has two lines or more, not ${lines.length}`);
  const testPoints = Array.from({ length: points }, (_, seed) => at(seed));
  const side = (name: string, tex: string, value: (point: P) => Values) => ({
    name,
    tex,
    values: testPoints.map((point, seed) => listed(value(point), name, seed)),
  });
  const sides = lines.map(({ tex, value }, i) => side(`line ${i + 1}`, tex, value));
  const pairs = [
    ...sides.slice(1).map((right, i) => ({ left: sides[i]!, right, within: tolerance })),
    ...Object.entries(held).map(([name, value]) => ({
      left: sides.at(-1)!,
      right: side(name, name, value),
      within: heldTolerance,
    })),
  ];
  return pairs.map(({ left, right, within }) => {
    let difference = 0;
    for (const [seed, a] of left.values.entries()) {
      const b = right.values[seed]!;
      const found = compare(a, b);
      if (!(found.difference <= within))
        throw new Error(
          `${left.name} and ${right.name} differ at point ${seed}, value ${found.index + 1} of ${a.length}, by ${found.difference} (allowed: ${within})\n` +
            `  ${left.name}: ${a[found.index]}   ${left.tex}\n  ${right.name}: ${b[found.index]}   ${right.tex}`,
        );
      difference = Math.max(difference, found.difference);
    }
    return { left: left.name, right: right.name, difference, points };
  });
}
