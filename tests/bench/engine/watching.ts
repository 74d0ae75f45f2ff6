/** What watching a training costs: J each step is always recorded; parameters and activations every so many steps. */
import { gradientDescent, train } from '../../../src/engine/index.ts';
import { RATE, type Workload } from './workloads.ts';

const STEPS = 100;
const TURNS = 300;

/** By how much of a processor's time a training takes longer if so many snapshots are taken. */
export function watching({ net, start, data }: Workload, what: readonly ('Theta' | 'a')[], snapshots: number): number {
  const optimizer = gradientDescent({ rate: RATE });
  const alone = { optimizer, steps: STEPS };
  const watched = { ...alone, record: { every: STEPS / snapshots, what } };
  const spent = { alone: 0, watched: 0 };
  // In turns, and by the processor's clock, so that others on the machine weigh on both alike.
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, options] of [
      ['alone', alone],
      ['watched', watched],
    ] as const) {
      const used = process.cpuUsage();
      train(net, start, data, options);
      const { user, system } = process.cpuUsage(used);
      spent[name] += user + system;
    }
  }
  return spent.watched / spent.alone - 1;
}
