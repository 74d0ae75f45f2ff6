/** Nothing half-written, altered or foreign is ever taken for a result. */
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCached, writeCached } from '../../src/lab/cache.ts';
import { canonical } from '../../src/lab/canonical.ts';
import { planExperiment } from '../../src/lab/plan.ts';
import { cacheFile } from '../../src/lab/project.ts';
import { fixture } from './project.ts';

const records = [{ sum: 1.5, parts: [1, 2] }];

async function written() {
  const project = fixture('sums');
  const [task, other] = (await planExperiment(project.root, 'experiments/sums.ts')).tasks;
  await writeCached(project.root, 'sums', task!, canonical(records));
  const file = cacheFile(project.root, 'sums', task!.key);
  const text = Object.values(project.files('.measured/cache'))[0]!;
  return { project, task: task!, other: other!, file, text };
}

describe('an entry', () => {
  test('comes back as it was written, and nothing else lies beside it', async () => {
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

  test('holds no place', async () => {
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
        expect(canonical(reversed)).toBe(canonical(object));
        expect(canonical(JSON.parse(canonical(object)))).toBe(canonical(object));
      }),
    );
  });

  test.each([
    [{ a: [1, Number.NaN] }, 'a[1] is NaN'],
    [{ a: { 'b c': Number.POSITIVE_INFINITY } }, 'a["b c"] is Infinity'],
    [{ a: undefined }, 'a is undefined'],
    [{ a: new Float64Array(2) }, 'a is a Float64Array'],
    [{ a: new Map() }, 'a is a Map'],
    [[() => 1], '[0] is a function'],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [[1, , 2], '[1] is undefined'],
    [undefined, 'the value is undefined'],
  ])('refuses what JSON would lose: %o', (value, message) => {
    expect(() => canonical(value)).toThrow(message);
  });
});
