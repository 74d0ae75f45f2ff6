/** The derivation of the post, executed: each line has a function, and the build compares their values. */

import type { Derivation } from 'astro-measured/derivation';
import { createRandom } from 'astro-measured/engine';

/** All 2ⁿ outcomes of n flips, each a list of zeros and ones. */
const outcomes = (n: number): number[][] =>
  Array.from({ length: 2 ** n }, (_, k) => Array.from({ length: n }, (_, i) => (k >> i) & 1));

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export default {
  'mean square error': {
    // The point at which the lines are compared: a number of flips.
    at: (seed) => 1 + createRandom(seed).integer(10),
    lines: [
      {
        tex: String.raw`\E\left[\left(\tfrac1n \sum_i x_i - \tfrac12\right)^2\right]`,
        value: (n) => mean(outcomes(n).map((x) => (mean(x) - 1 / 2) ** 2)),
      },
      {
        tex: String.raw`= \tfrac1{n^2} \sum_i \Var x_i`,
        value: (n) => (n * mean([0, 1].map((x) => (x - 1 / 2) ** 2))) / n ** 2,
      },
      { tex: String.raw`= \tfrac1{4n}`, value: (n) => 1 / (4 * n) },
    ],
  },
} satisfies Record<string, Derivation<number>>;
