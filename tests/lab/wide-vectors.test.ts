/** While tasks run, V8 may merge vector instructions; where it cannot, nothing happens. */
import { spawnSync } from 'node:child_process';
import { cachedDataVersionTag } from 'node:v8';
import { expect, test } from 'vitest';
import { createPool } from '../../src/lab/run/pool.ts';
import { canWiden } from '../../src/lab/run/wide-vectors.ts';

const module = new URL('../../src/lab/run/wide-vectors.ts', import.meta.url).href;

test('this Node can merge: after another V8, the tests of equal bits and the constant of the tested one need a look', () => {
  expect(canWiden()).toBe(process.arch === 'x64');
});

test('the flag is set as long as a pool is open', async () => {
  const before = cachedDataVersionTag();
  const pool = createPool(1, 64);
  const during = cachedDataVersionTag();
  await pool.close();
  expect(during !== before).toBe(canWiden());
  expect(cachedDataVersionTag()).toBe(before);
});

test.each(['11.3.244.8-node.38', '14.7.1'])('V8 %s is left alone, without a word', (v8) => {
  const code = `
    Object.defineProperty(process, 'versions', { value: { ...process.versions, v8: '${v8}' } });
    const { cachedDataVersionTag } = await import('node:v8');
    const { widenVectors } = await import('${module}');
    const before = cachedDataVersionTag();
    widenVectors(true);
    console.log(cachedDataVersionTag() === before);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: 'true\n', stderr: '' });
});
