/** The engine and its peers on the same work: microseconds a training step, one thread, medians of interleaved rounds. */
import { cpus } from 'node:os';
import { brain } from './engine/brain.ts';
import type { Contestant, Precision } from './engine/contestant.ts';
import { jaxjs } from './engine/jaxjs.ts';
import { measured } from './engine/measured.ts';
import { median } from './engine/median.ts';
import { peakLoop } from './engine/peak.ts';
import { batchedTorch, python, versionOf } from './engine/python.ts';
import { type Result, race } from './engine/race.ts';
import { SEEDS, STEPS, sweeper } from './engine/sweep.ts';
import { tfjs } from './engine/tfjs.ts';
import { watching } from './engine/watching.ts';
import { multiplyAdds, type Workload, workload, workloads } from './engine/workloads.ts';

const PRECISIONS = ['float32', 'float64'] as const;

export async function engine(): Promise<void> {
  const contestants = await present();
  const peaks = { float32: peakLoop('float32'), float64: peakLoop('float64') };
  const rates: Record<Precision, number[]> = { float32: [], float64: [] };
  const measurePeaks = () => {
    for (const precision of PRECISIONS) rates[precision].push(peaks[precision]());
  };
  const races: { workload: Workload; results: Result[] }[] = [];
  for (const each of workloads()) {
    const results = await race(each, contestants, measurePeaks);
    races.push({ workload: each, results });
    console.log(`\n${each.name}: µs a step`);
    for (const { contestant, secondsPerStep } of results) console.log(line(contestant, secondsPerStep, results));
  }
  console.log('\nPart of the greatest rate of multiply-adds (float32, float64):');
  for (const { workload, results } of races)
    console.log(`  ${workload.name.padEnd(24)} ${fractions(workload, results, rates)}`);
  await printSweep();
  printWatching();
}

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

/** Time, and how many times that of our own in the same precision, or in float32 if there is no other. */
function line({ name, precision }: Contestant, secondsPerStep: number, results: readonly Result[]): string {
  const own = results.find(({ contestant }) => contestant.name === 'Measured' && contestant.precision === precision)!;
  const micro = (secondsPerStep * 1e6).toPrecision(4);
  return `  ${name.padEnd(12)} ${precision} ${micro.padStart(10)}  ×${(secondsPerStep / own.secondsPerStep).toFixed(2)}`;
}

function fractions(workload: Workload, results: readonly Result[], rates: Record<Precision, number[]>): string {
  return PRECISIONS.map((precision) => {
    const own = results.find(({ contestant }) => contestant.name === 'Measured' && contestant.precision === precision)!;
    return percent(multiplyAdds(workload) / own.secondsPerStep / Math.max(...rates[precision]));
  }).join('  ');
}

/** Everyone who is installed. */
async function present(): Promise<Contestant[]> {
  console.log(
    `engine: Node ${process.versions.node}, V8 ${process.versions.v8}, ${cpus().length} × ${cpus()[0]!.model}`,
  );
  const contestants: Contestant[] = PRECISIONS.map(measured);
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
  return contestants;
}

async function printSweep(): Promise<void> {
  console.log(`\n${SEEDS} seeds × ${STEPS} steps of 2-16-16-3, 300: seconds`);
  const hasTorch = versionOf('torch') !== undefined;
  for (const precision of PRECISIONS) {
    const [one, two] = [await sweeper(1, precision), await sweeper(2, precision)];
    const torch = hasTorch ? await batchedTorch(precision, SEEDS).prepare(workload([2, 16, 16, 3], 300)) : undefined;
    const times = { one: [] as number[], two: [] as number[], torch: [] as number[] };
    for (let round = 0; round < 5; round++) {
      times.one.push(await one.run());
      times.two.push(await two.run());
      // A twentieth of the steps: they all take the same time.
      if (torch) times.torch.push((await torch.run(STEPS / 20)) * 20);
    }
    const seconds = (values: readonly number[]) => (values.length > 0 ? median(values).toFixed(2) : '–');
    console.log(
      `  ${precision}: 1 worker ${seconds(times.one)}, 2 workers ${seconds(times.two)}, PyTorch with all seeds in one product, 1 thread ${seconds(times.torch)}`,
    );
    await one.end();
    await two.end();
    torch?.end();
  }
}

function printWatching(): void {
  const net = workload([2, 16, 16, 3], 300);
  console.log('\nWatching 400 steps of 2-16-16-3, 300 costs');
  console.log(`  40 snapshots of Θ: ${percent(watching(net, ['Theta'], 40))}`);
  console.log(`  10 snapshots of Θ and all activations: ${percent(watching(net, ['Theta', 'a'], 10))}`);
}
