/** The cache never gives a torn or altered entry, or one of another task; canonical JSON is unique for a value. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LabError } from '../../src/lab/errors.ts';
import { planExperiment } from '../../src/lab/plan/plan.ts';
import { cacheFile } from '../../src/lab/project.ts';
import { readCached, writeCached } from '../../src/lab/store/cache.ts';
import { canonicalJson, NotJson } from '../../src/lab/store/canonical-json.ts';
import { fixture } from './project.ts';

const records = [{ sum: 1.5, parts: [1, 2] }];

async function written() {
  const project = fixture('sums');
  const [task, other] = (await planExperiment(project.root, 'experiments/sums.ts')).tasks;
  await writeCached(project.root, 'sums', task!, canonicalJson(records));
  const file = cacheFile(project.root, 'sums', task!.key);
  const text = Object.values(project.files('.measured/cache'))[0]!;
  return { project, task: task!, other: other!, file, text };
}

describe('an entry', () => {
  test('comes back as it was written, with no other file beside it', async () => {
    const { project, task } = await written();
    expect(readCached(project.root, 'sums', task)).toEqual({ state: 'present', records });
    expect(Object.keys(project.files('.measured/cache'))).toHaveLength(1);
  });

  test('that is torn anywhere is damaged', async () => {
    const { project, task, file, text } = await written();
    for (let length = 0; length < text.length; length += 7) {
      writeFileSync(file, text.slice(0, length));
      expect(readCached(project.root, 'sums', task)).toEqual({ state: 'damaged' });
    }
  });

  test('with any altered character is damaged', async () => {
    const { project, task, file, text } = await written();
    for (let at = 0; at < text.length; at += 3) {
      writeFileSync(file, `${text.slice(0, at)}${text[at] === '1' ? '2' : '1'}${text.slice(at + 1)}`);
      expect(readCached(project.root, 'sums', task), `character ${at}`).toEqual({ state: 'damaged' });
    }
  });

  test('under another task’s key is damaged', async () => {
    const { project, other, text } = await written();
    writeFileSync(cacheFile(project.root, 'sums', other.key), text);
    expect(readCached(project.root, 'sums', other)).toEqual({ state: 'damaged' });
  });

  test('with anything before or after it, or without its line ending, is damaged', async () => {
    const { project, task, file, text } = await written();
    for (const altered of [` ${text}`, `{}${text}`, text.trimEnd(), `${text}\n`, `${text}}\n`, '', '}\n']) {
      writeFileSync(file, altered);
      expect(readCached(project.root, 'sums', task), JSON.stringify(altered)).toEqual({ state: 'damaged' });
    }
  });

  test('that was never written is absent; one that cannot be read is an error', async () => {
    const { project, other } = await written();
    expect(readCached(project.root, 'sums', other)).toEqual({ state: 'absent' });
    mkdirSync(cacheFile(project.root, 'sums', other.key));
    expect(() => readCached(project.root, 'sums', other)).toThrow('EISDIR');
  });

  test('that cannot be written is an error with the reason, and leaves nothing behind', async () => {
    const { project, other } = await written();
    mkdirSync(cacheFile(project.root, 'sums', other.key));
    const before = project.files('.measured');
    const writing = writeCached(project.root, 'sums', other, canonicalJson(records));
    await expect(writing).rejects.toThrow(LabError);
    await expect(writing).rejects.toMatchObject({
      message: expect.stringMatching(/^\.measured\/cache\/sums: a result of sums cannot be written: E[A-Z]+: [a-z ]+$/),
      cause: { syscall: 'rename' },
    });
    expect(project.files('.measured')).toEqual(before);
  });

  test('contains no path', async () => {
    const { project, text } = await written();
    expect(text).not.toContain(project.root);
  });
});

describe('canonical JSON', () => {
  test('is one text for one value, whatever the order of its keys, and reads back as that value', () => {
    const finite = fc.jsonValue({ noUnicodeString: false });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), finite), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(object));
        expect(canonicalJson(JSON.parse(canonicalJson(object)))).toBe(canonicalJson(object));
      }),
    );
  });

  test.each([
    [{ a: [1, Number.NaN] }, 'a[1] is NaN'],
    [{ a: { 'b c': Number.POSITIVE_INFINITY } }, 'a["b c"] is Infinity'],
    [{ ab: { c_1: { $d: Number.NaN } } }, 'ab.c_1.$d is NaN'],
    [{ a1: { '1a': Number.NaN } }, 'a1["1a"] is NaN'],
    [{ '': [{ a: -Infinity }] }, '[""][0].a is -Infinity'],
    [Object.create(Object.create(Object.create(null))), 'the value is a class instance'],
    [{ a: undefined }, 'a is undefined'],
    [{ a: new Float64Array(2) }, 'a is a Float64Array'],
    [{ a: new Map() }, 'a is a Map'],
    [[() => 1], '[0] is a function'],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [[1, , 2], '[1] is undefined'],
    [undefined, 'the value is undefined'],
  ])('refuses what JSON would lose: %o', (value, message) => {
    const found = message.slice(message.indexOf(' is ') + ' is '.length);
    const expected = { name: 'NotJson', found, message: expect.stringContaining(`${message}: only null, booleans`) };
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining(expected));
    expect(() => canonicalJson(value)).toThrow(NotJson);
  });

  test('holds objects without a prototype, and those of another realm', () => {
    expect(canonicalJson(Object.assign(Object.create(null), { b: null, a: [true, 'x'] }))).toBe(
      '{"a":[true,"x"],"b":null}',
    );
    expect(canonicalJson(runInNewContext('({ b: 2, a: [] })'))).toBe('{"a":[],"b":2}');
  });
});
