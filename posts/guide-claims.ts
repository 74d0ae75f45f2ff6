/** The derivation of the guide's part on claims. */

import type { Derivation } from 'astro-measured/derivation';
import { createRandom } from 'astro-measured/engine';

const tex = String.raw;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export default {
  'variance of a mean': {
    points: 20,
    tolerance: 1e-12,
    at: (seed) => {
      const random = createRandom(seed);
      return Array.from({ length: 5 }, () => random.normal());
    },
    lines: [
      {
        tex: tex`\frac1n \sum_i (x_i - \bar x)^2`,
        value: (x) => mean(x.map((xi) => (xi - mean(x)) ** 2)),
      },
      {
        tex: tex`= \frac1n \sum_i x_i^2 - \bar x^2`,
        value: (x) => mean(x.map((xi) => xi ** 2)) - mean(x) ** 2,
      },
    ],
  },
} satisfies Record<string, Derivation<readonly number[]>>;
