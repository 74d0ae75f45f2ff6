/** Measures the cost of recording: how much longer a training takes if it records snapshots of parameters or activations. */
import { gradientDescent, train } from '../../../src/engine/index.ts';
import { RATE, type Workload } from './workloads.ts';

const STEPS = 100;
const TURNS = 300;

/** The relative increase in CPU time if `snapshots` snapshots are taken. J of each step is recorded in any case. */
export function recordingOverhead(
  { net, start, data }: Workload,
  what: readonly ('Theta' | 'a')[],
  snapshots: number,
): number {
  const optimizer = gradientDescent({ rate: RATE });
  const plain = { optimizer, steps: STEPS };
  const recording = { ...plain, record: { every: STEPS / snapshots, what } };
  const spent = { plain: 0, recording: 0 };
  // In turns and in CPU time, so that other processes affect both alike.
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, options] of [
      ['plain', plain],
      ['recording', recording],
    ] as const) {
      const used = process.cpuUsage();
      train(net, start, data, options);
      const { user, system } = process.cpuUsage(used);
      spent[name] += user + system;
    }
  }
  return spent.recording / spent.plain - 1;
}
