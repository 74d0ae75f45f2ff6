/** A worker thread of the sweep: trains the seeds that it is sent. */
import { parentPort } from 'node:worker_threads';
import { gradientDescent, train } from '../../../src/engine/index.ts';
import type { SweepRequest } from './sweep.ts';
import { RATE, startFrom, workload } from './workloads.ts';

const { net, data } = workload([2, 16, 16, 3], 300);
const optimizer = gradientDescent({ rate: RATE });

parentPort!.on('message', ({ seeds, steps, precision }: SweepRequest) => {
  for (const seed of seeds) train(net, startFrom(net, seed), data, { optimizer, steps, precision });
  parentPort!.postMessage('done');
});
