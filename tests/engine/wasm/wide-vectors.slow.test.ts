/** Merging vectors changes no bit: more than 2000 layers of random shapes, in both precisions, trained with and without it. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { canWiden } from '../../../src/lab/run/wide-vectors.ts';

const WIDE = '--experimental-wasm-revectorize';
const TRACE = [WIDE, '--trace-wasm-revectorize'];

/** What a program of this folder prints, if all of its code comes from V8's optimising compiler. */
async function linesOf(program: string, args: readonly (string | number)[], ...flags: string[]): Promise<string[]> {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const all = ['--no-liftoff', ...flags, file, ...args.map(String)];
  const { stdout } = await promisify(execFile)(process.execPath, all, { maxBuffer: 2 ** 30 });
  return stdout.trimEnd().split('\n');
}

const campaign = (networks: number, ...flags: string[]) => linesOf('wide-campaign.ts', [networks, 7], ...flags);

test('merged code gives the bits of the code as it is', async () => {
  const [plain, wide] = await Promise.all([campaign(420), campaign(420, WIDE)]);
  expect(wide).toEqual(plain);
  const layers = plain.map((line) => (JSON.parse(line.slice(0, line.lastIndexOf(' '))) as [number[]])[0].length - 1);
  expect(layers.reduce((sum, n) => sum + n)).toBeGreaterThan(2000);
  expect(new Set(plain).size).toBe(plain.length);
});

type Merging = 'merged' | 'packed in part' | 'not merged';

/** What V8 did with each kernel. To pack means to put together two vectors that do not lie side by side. */
async function mergingOf(precision: string): Promise<Record<string, Merging>> {
  const lines = await linesOf('trace-kernels.ts', [precision], ...TRACE);
  const names = JSON.parse(lines.find((line) => line.startsWith('KERNELS '))!.slice('KERNELS '.length));
  const parts = lines.join('\n').split('Begin revec function wasm-function#').slice(1);
  const merging = (trace: string): Merging => {
    if (!/Decided to vectorize, [1-9]/.test(trace)) return 'not merged';
    return /ForcePackNode|tree failed/.test(trace) ? 'packed in part' : 'merged';
  };
  const byIndex = new Map(parts.map((trace) => [Number.parseInt(trace, 10), merging(trace)]));
  return Object.fromEntries(Object.entries<number>(names).map(([name, index]) => [name, byIndex.get(index)!]));
}

// Of panels' gradients, V8 would have to merge sums of two columns, whose activations are not neighbours: packing them in the
// loop costs what merging gains. Wide layers therefore have strips.
test.runIf(canWiden()).each(['float32', 'float64'])(
  'the kernels of wide layers merge wholly in %s',
  async (precision) => {
    const { gradient, biasGradient, ...others } = await mergingOf(precision);
    expect([gradient, biasGradient]).not.toContain('merged');
    expect(new Set(Object.values(others))).toEqual(new Set(['merged']));
  },
);
