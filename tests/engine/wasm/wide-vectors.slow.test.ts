/** Merging vectors changes no bit: more than 2000 layers of random shapes, in both precisions, trained with and without it. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { canWiden } from '../../../src/lab/run/wide-vectors.ts';

const campaign = fileURLToPath(new URL('wide-campaign.ts', import.meta.url));
const WIDE = '--experimental-wasm-revectorize';

/** What the campaign prints for `networks` networks, all code from V8's optimising compiler. */
async function linesOf(networks: number, ...flags: string[]): Promise<string[]> {
  const args = ['--no-liftoff', ...flags, campaign, String(networks), '7'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 30 });
  return stdout.trimEnd().split('\n');
}

test('merged code gives the bits of the code as it is', async () => {
  const [plain, wide] = await Promise.all([linesOf(420), linesOf(420, WIDE)]);
  expect(wide).toEqual(plain);
  const layers = plain.map((line) => (JSON.parse(line.slice(0, line.lastIndexOf(' '))) as [number[]])[0].length - 1);
  expect(layers.reduce((sum, n) => sum + n)).toBeGreaterThan(2000);
  expect(new Set(plain).size).toBe(plain.length);
});

test('the flag merges code of these networks', async () => {
  const lines = await linesOf(4, WIDE, '--trace-wasm-revectorize');
  const merged = lines.filter((line) => line.includes('Decided to vectorize')).length;
  expect(merged > 10).toBe(canWiden());
});
