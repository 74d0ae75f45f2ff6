/** Data files are parsed into plain values; an error in one has its line or byte. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseData } from '../../src/lab/data-files/read-data-file.ts';
import { LabError } from '../../src/lab/errors.ts';
import { planExperiment } from '../../src/lab/plan/plan.ts';
import { runPlans } from '../../src/lab/run/run.ts';
import { fixture } from './project.ts';

const text = (content: string) => new TextEncoder().encode(content);
const csv = (content: string) => parseData('data/t.csv', text(content));
const idx = (...bytes: number[]) => parseData('data/t.idx', new Uint8Array(bytes));

describe('CSV', () => {
  test('has numbers in columns that are all numeric, text elsewhere', () => {
    expect(csv('a,b,c\n1,x,1\n-2.5e3,"y, ""z""\nw",two\n')).toEqual({
      columns: ['a', 'b', 'c'],
      rows: [
        { a: 1, b: 'x', c: '1' },
        { a: -2500, b: 'y, "z"\nw', c: 'two' },
      ],
    });
  });

  test.each([['12345678901234567890'], ['007'], ['-00.5'], ['1e-400'], ['1e400'], ['9007199254740993']])(
    'has text where the number %s would be read as another',
    (cell) => {
      expect(csv(`a,b\n${cell},1\n2,3\n`)).toEqual({
        columns: ['a', 'b'],
        rows: [
          { a: cell, b: 1 },
          { a: '2', b: 3 },
        ],
      });
    },
  );

  test.each([
    ['9007199254740992', 2 ** 53],
    ['+12', 12],
    ['0', 0],
    ['-0.0e7', -0],
    ['0.1234567890123456789', 0.12345678901234568],
    ['1e22', 1e22],
    ['5e-324', 5e-324],
  ])('has the nearest number to %s', (cell, value) => {
    expect((csv(`a\n${cell}\n`) as { rows: unknown[] }).rows).toEqual([{ a: value }]);
  });

  test('may have one column with any name', () => {
    expect(csv('a;b\n1\n')).toEqual({ columns: ['a;b'], rows: [{ 'a;b': 1 }] });
  });

  test('may have Windows line endings, a byte-order mark, and no last line ending', () => {
    expect(csv('\uFEFFa,b\r\n1,2\r\n3,')).toEqual(csv('a,b\n1,2\n3,\n'));
  });

  test('may have 200 000 columns', () => {
    const names = Array.from({ length: 200_000 }, (_, i) => `c${i}`).join(',');
    const table = csv(`${names}\n${'7,'.repeat(199_999)}7\n`) as { columns: string[]; rows: Record<string, number>[] };
    expect(table.columns).toHaveLength(200_000);
    expect(table.rows[0]!.c199999).toBe(7);
    expect(() => csv(`${names},c1\n`)).toThrow('data/t.csv: line 1: column "c1" is empty or doubled');
  });

  test.each([
    ['', 'line 1: no header'],
    ['a,a\n1,2', 'line 1: column "a" is empty or doubled'],
    ['a,b\n1,2\n3\n', 'line 3: 1 cells where the header has 2'],
    ['a,b\n"x\ny",2\n3\n', 'line 4: 1 cells'],
    ['a\n"x', 'line 2: a quoted cell is never closed'],
    ['a\n"x"y\n', 'line 2: "y" after a closing quote'],
    ['a\nx"y"\n', 'line 2: a quote inside an unquoted cell'],
    ['a,b\n1,2\n\n3,4\n', 'line 3: 1 cells where the header has 2'],
    ['a,b\r\n"x\r\ny",2\r\n3\r\n', 'line 4: 1 cells'],
    ['a;b\n1,5;2\n', 'line 1: ";" between the columns; write commas, and points in decimal numbers'],
    ['a\tb\n1\t2\n', 'line 1: "\\t" between the columns'],
  ])('%j is refused', (content, message) => {
    expect(() => csv(content)).toThrow(`data/t.csv: ${message}`);
  });
});

describe('JSON', () => {
  test('is parsed, gzipped or not', () => {
    expect(parseData('x.json', text('{"a":[1]}'))).toEqual({ a: [1] });
    expect(parseData('x.json.gz', gzipSync('{"a":[1]}'))).toEqual({ a: [1] });
  });

  test.each(['12345678901234567890', '1e400', '-1e-400'])('with the number %s is refused', (written) => {
    expect(() => parseData('x.json', text(`{"a":\n [1, ${written}]}`))).toThrow(
      `x.json: line 2: ${written} has more digits than a number holds, or is beyond its range; write it between quotes`,
    );
    expect(parseData('x.json', text(`["${written}", 0, -0.0, 0.12345678901234567890]`))).toHaveLength(4);
  });

  test('JSON that would lose a field is an error at its line', () => {
    expect(() => parseData('x.json', text('{"a": 1,\n "b": { "a": 2 },\n "a": 3}'))).toThrow(
      'x.json: line 3: “a” stands twice in one object; keep one of them',
    );
    expect(() => parseData('x.json', text('[{"__proto__": 1}]'))).toThrow('x.json: line 1: “__proto__” is no name');
    expect(parseData('x.json', text('[{"a": 1}, {"a": {"a": 2}}]'))).toEqual([{ a: 1 }, { a: { a: 2 } }]);
  });

  test('that is malformed names its line', () => {
    expect(() => parseData('x.json', text('{\n "a": 1,\n "b": oops\n}'))).toThrow(/^x\.json: line 3: /);
  });
});

describe('IDX', () => {
  test('has a shape and big-endian values of its type', () => {
    expect(idx(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 7, 255)).toEqual({
      shape: [2, 1],
      values: new Uint8Array([7, 255]),
    });
    expect(idx(0, 0, 11, 1, 0, 0, 0, 1, 0xff, 0xfe)).toEqual({ shape: [1], values: new Int16Array([-2]) });
    expect(idx(0, 0, 14, 1, 0, 0, 0, 1, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0)).toEqual({
      shape: [1],
      values: new Float64Array([1.5]),
    });
  });

  test.each([
    [[0, 0], 'byte 2: an IDX file starts with 4 bytes'],
    [[0, 1, 8, 1], 'byte 1: 0x01 where IDX has 0x00'],
    [[0, 0, 10, 1], 'byte 2: 0x0a is no IDX type'],
    [[0, 0, 8, 2, 0, 0], 'byte 6: the file ends inside its 2 dimensions'],
    [[0, 0, 8, 1, 0, 0, 0, 3, 1, 2], 'the file ends at byte 10 where 3 values of 1 bytes end at byte 11'],
    [[0, 0, 8, 1, 0, 0, 0, 1, 1, 2], '10 bytes where 1 values of 1 bytes end at byte 9'],
  ])('%j is refused', (bytes, message) => {
    expect(() => idx(...bytes)).toThrow(`data/t.idx: ${message}`);
  });
});

describe('a declared file', () => {
  test('that is missing is named with the experiment', async () => {
    const project = fixture('sums');
    project.edit('experiments/sums.ts', 'data/table.csv', 'data/tabel.csv');
    await expect(planExperiment(project.root, 'experiments/sums.ts')).rejects.toThrow(
      'experiments/sums.ts: data file table (data/tabel.csv) cannot be read: ENOENT',
    );
  });

  test('that is malformed fails its tasks with the line', async () => {
    const project = fixture('sums');
    project.edit('data/table.csv', 'second,2', 'second');
    const failures = await runPlans(project.root, [await planExperiment(project.root, 'experiments/sums.ts')]);
    expect(failures[0]!.message).toBe('data/table.csv: line 3: 1 cells where the header has 2');
  });
});

describe('the path of a declared file', () => {
  const planned = (path: string, prepare: (root: string) => void = () => {}) => {
    const project = fixture('sums');
    project.edit('experiments/sums.ts', 'data/table.csv', path);
    prepare(project.root);
    return planExperiment(project.root, 'experiments/sums.ts');
  };
  const table = 'name,weight\nfirst,1\n';

  test('may have names that start with two dots', async () => {
    const { tasks } = await planned('..data/..table.csv', (root) => {
      mkdirSync(join(root, '..data'));
      writeFileSync(join(root, '..data/..table.csv'), table);
    });
    expect(tasks).toHaveLength(12);
  });

  test.each(['../table.csv', 'data/../../table.csv', '/etc/hostname', 'data/link.csv', 'linked/table.csv'])(
    '%s is refused: it leads out of the project, by itself or by a link',
    async (path) => {
      const plan = planned(path, (root) => {
        const outside = join(root, '../outside');
        mkdirSync(outside);
        writeFileSync(join(outside, 'table.csv'), table);
        symlinkSync(join(outside, 'table.csv'), join(root, 'data/link.csv'));
        symlinkSync(outside, join(root, 'linked'));
      });
      const message = `data file table (${path}) lies outside of the project, so others would not have it`;
      await expect(plan).rejects.toThrow(new LabError(`experiments/sums.ts: ${message}`));
    },
  );

  test('may be a link to another file of the project', async () => {
    const { tasks } = await planned('data/link.csv', (root) => symlinkSync('table.csv', join(root, 'data/link.csv')));
    expect(tasks).toHaveLength(12);
  });
});
