/**
 * Compares the engine with other libraries on the same training steps, in wall and processor time, by medians of interleaved
 * rounds. Ratios are of processor time, which other programs on the machine hardly change.
 */
import { cpus } from 'node:os';
import { canWiden } from '../../src/lab/run/wide-vectors.ts';
import { brain } from './engine/brain.ts';
import { type Contestant, type Precision, scaled, type Time } from './engine/contestant.ts';
import { jaxjs } from './engine/jaxjs.ts';
import { engineAt, measured, narrow } from './engine/measured.ts';
import { medianTime } from './engine/median.ts';
import { peakLoop } from './engine/peak.ts';
import { batchedTorch, blas, python, versionOf } from './engine/python.ts';
import { benchmarkInTurns, type Result } from './engine/race.ts';
import { recordingOverhead } from './engine/recording-overhead.ts';
import { createSweep, SEEDS, STEPS } from './engine/sweep.ts';
import { tfjs } from './engine/tfjs.ts';
import { multiplyAdds, type Workload, workload, workloads } from './engine/workloads.ts';

const PRECISIONS = ['float32', 'float64'] as const;

/** With `against`, the engine of that commit takes part too. The flag that merges vectors is set, as in the lab. */
export async function engine(against?: string): Promise<void> {
  const contestants = await present(against);
  // V8 has optimised the loops of 128 bits before the flag is set.
  const peaks = (canWiden() ? [false, true] : [false]).flatMap((wide) =>
    PRECISIONS.map((precision) => ({ wide, precision, rate: peakLoop(precision, wide), greatest: 0 })),
  );
  const measurePeaks = () => {
    for (const peak of peaks) for (let i = 0; i < 20; i++) peak.greatest = Math.max(peak.greatest, peak.rate());
  };
  const races: { workload: Workload; results: Result[] }[] = [];
  for (const each of workloads()) {
    const results = await benchmarkInTurns(each, contestants, measurePeaks);
    races.push({ workload: each, results });
    console.log(`\n${each.name}: µs a step by the clock, µs of processors, times ours`);
    for (const { contestant, time } of results)
      console.log(line(contestant, time, ownOf(results, contestant.precision)));
  }
  for (const { wide, precision, greatest } of peaks) {
    console.log(
      `\nPart of the greatest rate of ${wide ? 256 : 128}-bit multiply-adds in ${precision}, ${giga(greatest)}`,
    );
    for (const { workload, results } of races) {
      const part = multiplyAdds(workload) / ownOf(results, precision).processor / greatest;
      console.log(`  ${workload.name.padEnd(24)} ${percent(part)}`);
    }
  }
  await printSweep();
  printWatching();
}

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
const giga = (rate: number): string => `${(rate / 1e9).toFixed(1)}·10⁹ a second`;

const ownOf = (results: readonly Result[], precision: Precision): Time =>
  results.find(({ contestant }) => contestant.name === 'Measured' && contestant.precision === precision)!.time;

function line({ name, precision }: Contestant, time: Time, own: Time): string {
  const micro = (seconds: number) => (seconds * 1e6).toFixed(seconds < 1e-4 ? 2 : 0).padStart(10);
  const times = (time.processor / own.processor).toFixed(2).padStart(9);
  return `  ${name.padEnd(12)} ${precision} ${micro(time.clock)} ${micro(time.processor)} ${times}`;
}

/** The libraries that are installed. */
async function present(against?: string): Promise<Contestant[]> {
  console.log(
    `engine: Node ${process.versions.node}, V8 ${process.versions.v8}, ${cpus().length} × ${cpus()[0]!.model}`,
  );
  const own = [measured, ...(canWiden() ? [narrow] : []), ...(against === undefined ? [] : [engineAt(against)])];
  const contestants: Contestant[] = own.flatMap((of) => PRECISIONS.map(of));
  const tries: [string, () => Promise<Contestant[]>][] = [
    ['@tensorflow/tfjs', async () => [await tfjs('cpu'), await tfjs('wasm')]],
    ['@jax-js/jax', () => Promise.all(PRECISIONS.map(jaxjs))],
    ['brain.js', async () => [await brain()]],
  ];
  for (const [name, find] of tries) {
    try {
      contestants.push(...(await find()));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
      console.log(`  ${name} is not installed: npm ci --prefix tests/bench`);
    }
  }
  for (const library of ['torch', 'numpy'] as const) {
    const version = versionOf(library);
    if (version) contestants.push(...PRECISIONS.map((precision) => python(library, precision)));
    console.log(`  ${library} ${version ?? `is not installed: apt-get install python3-${library}`}`);
  }
  if (versionOf('numpy')) console.log(`  BLAS of both: ${blas()}`);
  return contestants;
}

async function printSweep(): Promise<void> {
  console.log(`\n${SEEDS} seeds × ${STEPS} steps of 2-16-16-3, 300: seconds by the clock, and of processors`);
  const hasTorch = versionOf('torch') !== undefined;
  for (const precision of PRECISIONS) {
    const [one, two] = [await createSweep(1, precision), await createSweep(2, precision)];
    const torch = hasTorch ? await batchedTorch(precision, SEEDS).prepare(workload([2, 16, 16, 3], 300)) : undefined;
    const times = { one: [] as Time[], two: [] as Time[], torch: [] as Time[] };
    for (let round = 0; round < 5; round++) {
      times.one.push(await one.run());
      times.two.push(await two.run());
      // A twentieth of the steps, scaled up, since all steps take the same time.
      if (torch) times.torch.push(scaled(await torch.run(STEPS / 20), 20));
    }
    const show = (name: string, of: readonly Time[]) => {
      const { clock, processor } = medianTime(of);
      console.log(
        `  ${name.padEnd(36)} ${precision} ${clock.toFixed(2).padStart(7)} ${processor.toFixed(2).padStart(7)}`,
      );
    };
    show('Measured, 1 worker', times.one);
    show('Measured, 2 workers', times.two);
    if (torch) show('PyTorch, all seeds in one product', times.torch);
    await one.end();
    await two.end();
    torch?.end();
  }
}

function printWatching(): void {
  const net = workload([2, 16, 16, 3], 300);
  console.log('\nWatching 100 steps of 2-16-16-3, 300 costs');
  console.log(`  10 snapshots of Θ: ${percent(recordingOverhead(net, ['Theta'], 10))}`);
  console.log(`  2 snapshots of Θ and all activations: ${percent(recordingOverhead(net, ['Theta', 'a'], 2))}`);
}
