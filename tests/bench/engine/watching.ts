/** What watching a training costs: J each step is always recorded; parameters and activations every so many steps. */
import { gradientDescent, train } from '../../../src/engine/index.ts';
import { RATE, type Workload } from './workloads.ts';

const STEPS = 100;

function seconds(body: () => void): number {
  const began = performance.now();
  body();
  return (performance.now() - began) / 1000;
}

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
  // The least of many short ones each: what is left is what others leave alone.
  const least = (body: () => number) => Math.min(...Array.from({ length: 40 }, body));
  return least(watched) / least(alone) - 1;
}
