/** Single precision: activations are within 8 units of the last place, and trainings follow those in double precision. */
import { describe, expect, test } from 'vitest';
import {
  gradientDescent,
  linearSquaredError,
  matrix,
  network,
  numbers,
  train,
  trainReference,
} from '../../../src/engine/index.ts';
import { activations, examples, optimizers, outputs, startOf } from './examples.ts';

const UNIT = 2 ** -23;
const SMALLEST = 2 ** -125;

/** From −100 to 100, denser near 0; all are numbers in single precision. */
const grid = Float64Array.from({ length: 2001 }, (_, i) => Math.fround(100 * ((i - 1000) / 1000) ** 3));

describe('float32 activations are within 8 units of the last place, or of twice the smallest normal number', () => {
  test.each(activations)('$name', (activation) => {
    const net = network({ units: [1, 1, 1], activation, output: linearSquaredError });
    const one = { rows: 1, cols: 1, data: Float64Array.of(1) };
    const parameters = { Theta: [matrix(0, 0), one, one], b: [0, 1, 1].map((n) => new Float64Array(n)) };
    const X = matrix(grid.length, 1, grid);
    const run = train(
      net,
      parameters,
      { X, Y: X },
      {
        optimizer: gradientDescent({ rate: 1 }),
        steps: 0,
        precision: 'float32',
        record: { at: [0], what: ['a'] },
      },
    );
    const a = run.snapshots[0]!.a![2]!.data;
    grid.forEach((z, i) => {
      const exact = activation.formula(numbers, z).a;
      const error = Math.abs(a[i]! - exact);
      // In its left tail gelu magnifies the rounding of its exponent z²/2, so its error is taken relative to z.
      const scale = activation.name === 'gelu' && z < -1 ? Math.abs(z) : Math.abs(exact);
      expect(error, `${activation.name}(${z}) = ${a[i]}, not ${exact}`).toBeLessThanOrEqual(
        8 * UNIT * scale + SMALLEST * Math.abs(z),
      );
    });
  });
});

describe('float32 trainings follow those in float64', () => {
  const cases = outputs.flatMap((output) => optimizers.map((optimizer) => ({ output, optimizer })));
  test.each(cases)('with $output.name and $optimizer.name', ({ output, optimizer }) => {
    const net = network({ units: [2, 6, 5, 3], activation: activations[3]!, output });
    const data = examples(net, 13);
    const single = train(net, startOf(net), data, { optimizer, steps: 10, precision: 'float32' });
    const double = trainReference(net, startOf(net), data, { optimizer, steps: 10 });
    double.J.forEach((J, step) => {
      expect(Math.abs(single.J[step]! - J)).toBeLessThan(1e-4 * J);
    });
  });
});
