/** This project's engine as a contestant: as it is, with vectors of half the width, and as it was at another commit. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gradientDescent, train } from '../../../src/engine/index.ts';
import type { Contestant, Precision, Time } from './contestant.ts';
import { timeOf } from './contestant.ts';
import { problem, startProcess } from './line-process.ts';
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

const program = fileURLToPath(new URL('engine-process.ts', import.meta.url));

/** The engine in a folder, in a process without the flag that merges vectors. */
const inProcess = (name: string, folder: string, precision: Precision): Contestant => ({
  name,
  precision,
  async prepare(workload) {
    const { ask, end } = startProcess(process.execPath, [program, folder]);
    const cost = await ask<number>(problem(workload, precision, 1));
    return { cost, run: (steps) => ask<Time>({ steps }), end };
  },
});

export const narrow = (precision: Precision): Contestant =>
  inProcess('128 bits', fileURLToPath(new URL('../../../src/engine', import.meta.url)), precision);

/** The engine of a commit, without the flag, in a temporary folder that is removed at the end. */
export function engineAt(commit: string): (precision: Precision) => Contestant {
  const folder = mkdtempSync(join(tmpdir(), 'measured-engine-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  const archive = execFileSync('git', ['archive', commit, 'src/engine'], { maxBuffer: 2 ** 28 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return (precision) => inProcess(commit, join(folder, 'src/engine'), precision);
}
