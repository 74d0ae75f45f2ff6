/** This project's engine as a contestant. */
import { gradientDescent, train } from '../../../src/engine/index.ts';
import type { Contestant, Precision } from './contestant.ts';
import { timeOf } from './contestant.ts';
import { RATE } from './workloads.ts';

export const measured = (precision: Precision): Contestant => ({
  name: 'Measured',
  precision,
  async prepare({ net, start, data }) {
    const optimizer = gradientDescent({ rate: RATE });
    const run = (steps: number) => train(net, start, data, { optimizer, steps, precision });
    return {
      cost: run(0).J[0]!,
      run: (steps) =>
        timeOf(() => {
          run(steps);
        }),
      end() {},
    };
  },
});
