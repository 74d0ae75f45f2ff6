/** Fuzz tests: a corrupted cache never gives a wrong result, and any record is stored as it is or refused. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planExperiment } from '../../src/lab/plan/plan.ts';
import { cacheFile } from '../../src/lab/project.ts';
import { runPlans } from '../../src/lab/run/run.ts';
import { readCached, writeCached } from '../../src/lab/store/cache.ts';
import { canonicalJson } from '../../src/lab/store/canonical-json.ts';
import { fixture } from './project.ts';

const seed = 20261122;

/** Corrupts a file's bytes; `other` is another file's. Positions are fractions, so that any length will do. */
type Corrupt = (bytes: Buffer, other: Buffer) => Buffer;

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const at = (bytes: Buffer, where: number) => Math.floor(where * bytes.length);
const some = fc.uint8Array({ minLength: 1, maxLength: 12 });

const corrupt: fc.Arbitrary<Corrupt> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 0, max: 7 })).map(
    ([where, bit]): Corrupt =>
      (bytes) => {
        const copy = Buffer.from(bytes);
        copy[at(bytes, where)]! ^= 1 << bit;
        return copy;
      },
  ),
  fc.tuple(place, some).map(
    ([where, more]): Corrupt =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, at(bytes, where)), more, bytes.subarray(at(bytes, where))]),
  ),
  fc.tuple(place, place).map(
    ([a, b]): Corrupt =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, at(bytes, Math.min(a, b))), bytes.subarray(at(bytes, Math.max(a, b)) + 1)]),
  ),
  place.map(
    (where): Corrupt =>
      (bytes, other) =>
        Buffer.concat([bytes.subarray(0, at(bytes, where)), other.subarray(at(other, where))]),
  ),
  fc.constant<Corrupt>((bytes) => Buffer.concat([bytes, bytes])),
  fc.constant<Corrupt>((_, other) => other),
  fc.uint8Array({ maxLength: 80 }).map(
    (all): Corrupt =>
      () =>
        Buffer.from(all),
  ),
  fc.json().map(
    (text): Corrupt =>
      () =>
        Buffer.from(text),
  ),
);

describe('the cache’s bytes', () => {
  test('corrupted in any way are damaged, or still hold the same records', async () => {
    const project = fixture('sums');
    const [task, next] = (await planExperiment(project.root, 'experiments/sums.ts')).tasks;
    const records = [{ sum: 1.5, parts: [1, 2], note: 'ü\ufffd' }];
    await writeCached(project.root, 'sums', task!, canonicalJson(records));
    await writeCached(project.root, 'sums', next!, canonicalJson([{ sum: 2.5, parts: [1], note: '' }]));
    const file = cacheFile(project.root, 'sums', task!.key);
    const [whole, other] = [readFileSync(file), readFileSync(cacheFile(project.root, 'sums', next!.key))];
    fc.assert(
      fc.property(corrupt, (damage) => {
        writeFileSync(file, damage(whole, other));
        const found = readCached(project.root, 'sums', task!);
        expect(found).toEqual(found.state === 'present' ? { state: 'present', records } : { state: 'damaged' });
      }),
      { seed, numRuns: 500 },
    );
  });

  test('of every task corrupted, the next run restores', async () => {
    const project = fixture('sums');
    await project.cli();
    const good = project.files('.measured/cache');
    const names = Object.keys(good);
    const corruptions = fc.sample(corrupt, { seed, numRuns: names.length });
    const whole = names.map((name) => readFileSync(join(project.root, name)));
    names.forEach((name, i) => {
      writeFileSync(join(project.root, name), corruptions[i]!(whole[i]!, whole[(i + 1) % whole.length]!));
    });
    expect((await project.cli()).code).toBe(0);
    expect(project.files('.measured/cache')).toEqual(good);
  });
});

/** Values that a task may return: JSON, and much that JSON cannot hold. */
const anything = fc.anything({
  maxDepth: 3,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

/** Values that the generator does not produce, as source text, and whether each is a valid record. */
const odd: readonly (readonly [source: string, fits: boolean])[] = [
  ['(() => { const a = { value: [] }; a.value.push(a); return a; })()', false],
  ['{ get value() { throw new Error("no") } }', false],
  ['{ value: Symbol("s") }', false],
  ['{ value: () => 1 }', false],
  ['{ value: 1, toString: 2 }', false],
  ['{ value: 1, ["__proto__"]: 2 }', false],
  ['{ value: 1, constructor: 2 }', false],
  ['{ value: new Proxy({}, { ownKeys() { throw new Error("no") } }) }', false],
  ['{ value: { toJSON() { return 1 } } }', false],
  ['Promise.reject(undefined)', false],
  ['{ value: "\\ud800" }', true],
  ['{ value: -0 }', true],
  ['Promise.resolve({ value: 1 })', true],
  ['{ then(resolve) { resolve({ value: 2 }) } }', true],
];

/** Whether JSON can hold `value` without loss. */
function isJson(value: unknown): boolean {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return Array.from(value).every(isJson);
  const prototype = Object.getPrototypeOf(value);
  return (prototype === null || prototype === Object.prototype) && Object.values(value).every(isJson);
}

test('any record is cached as it is, or refused with point, seed and the location of `run`', async () => {
  const project = fixture();
  const values = fc.sample(anything, { seed, numRuns: 200 });
  const records: unknown[] = [...values.map((value) => ({ value })), ...values.slice(0, 40)];
  const sources = [...records.map((record) => `(${fc.stringify(record)})`), ...odd.map(([source]) => `(${source})`)];
  project.write(
    'experiments/odd.ts',
    `import { z } from 'zod';
import { defineExperiment } from '../../../../src/lab/index.ts';
const records: readonly (() => any)[] = [
${sources.map((text) => `  () => ${text},`).join('\n')}
];
export default defineExperiment({
  question: 'What comes back?',
  points: Array.from({ length: ${sources.length} }, (_, i) => ({ i })),
  record: z.object({ value: z.json() }),
  run: ({ i }) => records[i]!(),
  measures: {},
});
`,
  );
  const plan = await planExperiment(project.root, 'experiments/odd.ts');
  const failures = await runPlans(project.root, [plan], { jobs: 2 });
  const line =
    project
      .read('experiments/odd.ts')
      .split('\n')
      .findIndex((text) => text.startsWith('  run:')) + 1;
  for (const failure of failures) {
    expect(failure).toMatchObject({ experiment: 'odd', seeds: [0] });
    expect(failure.message).not.toBe('');
    expect(failure.frames[0], failure.message).toContain('experiments/odd.ts:');
  }
  expect(failures.some(({ frames }) => frames[0] === `run (experiments/odd.ts:${line}:3)`)).toBe(true);

  const failed = new Set(failures.map(({ params }) => params.i));
  records.forEach((record, i) => {
    const found = readCached(project.root, 'odd', plan.tasks[i]!);
    const fits = isJson(record) && Object.keys(record as object).join() === 'value';
    expect(failed.has(i), `${sources[i]} ${found.state}`).toBe(!fits);
    if (fits) expect(found, sources[i]).toEqual({ state: 'present', records: [JSON.parse(canonicalJson(record))] });
  });
  for (const [i, [source, fits]] of odd.entries()) expect(failed.has(records.length + i), source).toBe(!fits);
});
