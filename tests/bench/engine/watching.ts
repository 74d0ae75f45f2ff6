/** What watching a training costs: J each step is always recorded; parameters and activations every so many steps. */
import { gradientDescent, train } from '../../../src/engine/index.ts';
import { seconds } from './contestant.ts';
import { median } from './median.ts';
import { RATE, type Workload } from './workloads.ts';

const STEPS = 400;

/** By how much a training takes longer if so many snapshots are taken. */
export function watching({ net, start, data }: Workload, what: readonly ('Theta' | 'a')[], snapshots: number): number {
  const optimizer = gradientDescent({ rate: RATE });
  const options = { optimizer, steps: STEPS };
  const alone = () => seconds(() => train(net, start, data, options));
  const watched = () =>
    seconds(() => train(net, start, data, { ...options, record: { every: STEPS / snapshots, what } }));
  for (let i = 0; i < 5; i++) {
    alone();
    watched();
  }
  return median(Array.from({ length: 25 }, () => watched() / alone())) - 1;
}
