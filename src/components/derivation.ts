/** Executed derivations: each line of a derivation is also a function, and lines that should be equal are compared. */

/** What a line says at a point: a number, or several. */
export type Values = number | readonly number[];

/** One line: its TeX, and a function that computes it as the TeX reads. */
export type Line<P> = { readonly tex: string; readonly value: (point: P) => Values };

/** A derivation, as `posts/<slug>.ts` exports it by name. */
export type Derivation<P = never> = {
  /** The point number `seed` = 0, 1, …: whatever the lines speak of, drawn from that seed. */
  readonly at: (seed: number) => P;
  readonly lines: readonly Line<P>[];
  /** Other roads to the last line by name, such as the engine or central differences. */
  readonly held?: Readonly<Record<string, (point: P) => Values>>;
  /** How many points; 20 if omitted. */
  readonly points?: number;
  /** Largest difference between lines, as a part of the largest value (or of 1); 1e-8 if omitted. */
  readonly tolerance?: number;
  /** The same for the other roads; 1e-6 if omitted, since differences are not exact. */
  readonly heldTolerance?: number;
};

/** How well two sides agreed over all points: the largest relative difference. */
export type Agreement = {
  readonly left: string;
  readonly right: string;
  readonly difference: number;
  readonly points: number;
};

const listed = (values: Values): readonly number[] => (typeof values === 'number' ? [values] : values);

/** The largest difference of two lists relative to their largest value, and where it is. */
function compare(left: Values, right: Values): { difference: number; place: number } {
  const [a, b] = [listed(left), listed(right)];
  if (a.length !== b.length) return { difference: Number.POSITIVE_INFINITY, place: Math.min(a.length, b.length) };
  const scale = Math.max(1, ...a.map(Math.abs), ...b.map(Math.abs));
  return a.reduce(
    (worst, value, place) => {
      const difference = Math.abs(value - b[place]!) / scale;
      return difference <= worst.difference
        ? worst
        : { difference: Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference, place };
    },
    { difference: 0, place: 0 },
  );
}

/**
 * Evaluates a derivation at its points: each line against the next, every other road against the last line. Throws an
 * Error with both sides where they differ by more than the tolerance.
 */
export function checkDerivation<P>(derivation: Derivation<P>): Agreement[] {
  const { at, lines, held = {}, points = 20, tolerance = 1e-8, heldTolerance = 1e-6 } = derivation;
  if (lines.length < 2) throw new Error(`a derivation has two lines or more, not ${lines.length}`);
  const last = { name: `line ${lines.length}`, tex: lines.at(-1)!.tex, value: lines.at(-1)!.value };
  const pairs = [
    ...lines.slice(1).map((line, i) => ({
      left: { name: `line ${i + 1}`, ...lines[i]! },
      right: { name: `line ${i + 2}`, ...line },
      within: tolerance,
    })),
    ...Object.entries(held).map(([name, value]) => ({
      left: last,
      right: { name, tex: name, value },
      within: heldTolerance,
    })),
  ];
  return pairs.map(({ left, right, within }) => {
    let difference = 0;
    for (let seed = 0; seed < points; seed++) {
      const point = at(seed);
      const [a, b] = [left.value(point), right.value(point)];
      const found = compare(a, b);
      if (!(found.difference <= within))
        throw new Error(
          `${left.name} and ${right.name} differ at point ${seed}, value ${found.place + 1} of ${listed(a).length}, by ${found.difference} (allowed: ${within})\n` +
            `  ${left.name}: ${listed(a)[found.place]}   ${left.tex}\n  ${right.name}: ${listed(b)[found.place]}   ${right.tex}`,
        );
      difference = Math.max(difference, found.difference);
    }
    return { left: left.name, right: right.name, difference, points };
  });
}
