/** Tests that the description, table and CSV of a Vega-Lite specification say what is drawn. */
import { describe, expect, test } from 'vitest';
import { toCsv } from '../../src/figure/index.ts';
import { chart, draw, nominal, quantitative, values } from './draw.ts';

describe('description, table and CSV say what is drawn', () => {
  test('of aggregates', async () => {
    const {
      description,
      tables: [table],
      rows,
    } = await draw(chart('bar', { x: nominal('kind'), y: quantitative('v', { aggregate: 'mean' }) }));
    expect(description).toBe('Mean of v by kind. a: 2.5; b: 5.5.');
    expect(table!.rows).toEqual([
      ['a', '2.5'],
      ['b', '5.5'],
    ]);
    expect(rows).toEqual([
      { kind: 'a', mean_v: 2.5 },
      { kind: 'b', mean_v: 5.5 },
    ]);
  });

  test('of calculations', async () => {
    const { description } = await draw(
      chart(
        'point',
        { x: quantitative('w'), y: quantitative('twice') },
        { transform: [{ calculate: '2 * datum.v', as: 'twice' }] },
      ),
    );
    expect(description).toContain('twice against w, 1 to 5');
  });

  test('of filters', async () => {
    const { rows } = await draw(
      chart('point', { x: quantitative('w'), y: quantitative('v') }, { transform: [{ filter: 'datum.v > 2' }] }),
    );
    expect(rows.map(({ v }) => v)).toEqual([3, 4, 8]);
  });

  test('of folds', async () => {
    const {
      tables: [table],
    } = await draw(
      chart('point', { x: nominal('key'), y: quantitative('value') }, { transform: [{ fold: ['v', 'w'] }] }),
    );
    expect([table!.columns, table!.rows.length]).toEqual([['key', 'value'], 8]);
  });

  test('of dates', async () => {
    const {
      description,
      tables: [table],
      rows,
    } = await draw(chart('line', { x: { field: 'at', type: 'temporal' }, y: quantitative('v') }));
    expect(description).toBe('v against at, 2024-01-01 to 2024-04-01: it rises from 1 to 8.');
    expect(table!.rows[0]).toEqual(['2024-01-01', '1']);
    expect(toCsv(rows)).toContain('2024-02-01');
  });

  test('of hours, weekdays and months without a year, as on the axis', async () => {
    const hours = [0, 5, 13].map((hour) => ({
      when: `2024-05-0${1 + (hour % 3)}T${String(hour).padStart(2, '0')}:30`,
      v: hour,
    }));
    const by = (timeUnit: string, channel = 'x') => ({
      data: { values: hours },
      mark: 'bar',
      encoding: {
        x: nominal('v'),
        y: { aggregate: 'sum', field: 'v' },
        [channel]: { timeUnit, field: 'when', type: 'ordinal' },
      },
    });
    const { description, tables, rows } = await draw(by('hours'));
    expect(description).toBe('Sum of v by when (hours). 00:00: 0; 05:00: 5; 13:00: 13.');
    expect(tables[0]!.rows).toEqual([
      ['00:00', '0'],
      ['05:00', '5'],
      ['13:00', '13'],
    ]);
    expect(rows.map(({ hours_when }) => hours_when)).toEqual(['00:00', '05:00', '13:00']);
    expect((await draw(by('day'))).tables[0]!.rows.map(([day]) => day)).toEqual(['Wed', 'Thu', 'Fri']);
    expect((await draw(by('hours', 'color'))).tables[0]!.columns).toEqual(['v', '00:00', '05:00', '13:00']);
    expect((await draw(by('yearmonth', 'color'))).description).toMatch(/\b0, 2024-05-01: 0;/);
  });

  test('of numbers that differ by little, with the digits in which they differ', async () => {
    const near = [0.1, 0.2, 0.3].map((d, i) => ({ i: 4_000_000 + i, v: 2_000_000 + d }));
    const {
      description,
      tables: [table],
    } = await draw({
      data: { values: near },
      mark: 'line',
      encoding: { x: quantitative('i', { scale: { zero: false } }), y: quantitative('v', { scale: { zero: false } }) },
    });
    for (const column of [0, 1]) expect(new Set(table!.rows.map((row) => row[column])).size).toBe(3);
    expect(table!.rows[1]).toEqual(['4\u00A0000\u00A0001', '2\u00A0000\u00A0000.2']);
    expect(description).toContain('rises from 2\u00A0000\u00A0000.1 to 2\u00A0000\u00A0000.3');
  });

  test('of layers that share an axis, each by its own column', async () => {
    const {
      tables: [table],
      description,
    } = await draw({
      data: { values },
      layer: [
        { mark: 'point', encoding: { x: quantitative('v'), y: quantitative('w') } },
        { mark: 'line', encoding: { x: quantitative('v'), y: quantitative('v') } },
      ],
    });
    expect(table!.columns).toEqual(['v', 'w']);
    expect(description).toContain('w against v');
  });

  test('of columns with dots, without the backslash that names them', async () => {
    const {
      svg,
      tables: [table],
    } = await draw({
      data: { values: [{ 'cpu.load': 1, v: 2 }] },
      mark: 'point',
      encoding: { x: quantitative('cpu\\.load'), y: quantitative('v') },
    });
    expect(table!.columns).toEqual(['cpu.load', 'v']);
    expect(svg).not.toContain('\\');
  });

  test('of bins and counts', async () => {
    const {
      description,
      tables: [table],
    } = await draw(chart('bar', { x: quantitative('v', { bin: { step: 5 } }), y: { aggregate: 'count' } }));
    expect(description).toBe('Count of Records by v (binned). 0 to 5: 3; 5 to 10: 1.');
    expect(table!.rows).toEqual([
      ['0–5', '3'],
      ['5–10', '1'],
    ]);
  });

  test('of stacks, whose ends stay out of them', async () => {
    const {
      rows,
      tables: [table],
    } = await draw(chart('bar', { x: { field: 'at', type: 'ordinal' }, y: quantitative('v'), color: nominal('kind') }));
    expect(Object.keys(rows[0]!)).toEqual(['kind', 'at', 'v', 'w']);
    expect(table!.columns).toEqual(['at', 'a', 'b']);
  });

  test('of clouds of points, which have no course', async () => {
    const cloud = [1, 2].flatMap((w) => ['a', 'b'].flatMap((kind) => [1, 2].map((v) => ({ w, kind, v: v * w }))));
    const spec = { data: { values: cloud }, mark: 'point', encoding: { x: quantitative('w'), y: quantitative('v') } };
    expect((await draw(spec)).description).toBe('w of 8 items: 1 to 2. v of 8 items: 1 to 4.');
    const coloured = { ...spec, encoding: { ...spec.encoding, color: nominal('kind') } };
    expect((await draw(coloured)).description).toBe('w of 8 items: 1 to 2. v by kind. a: 1 to 4; b: 1 to 4.');
  });

  test('of sectors at directions, by their radius', async () => {
    const { description, tables } = await draw(
      chart('arc', { theta: nominal('at'), radius: quantitative('v', { scale: { type: 'sqrt' } }) }),
    );
    expect(description).toMatch(/^v by at\. 2024-01-01: 1; 2024-02-01: 3;/);
    expect(tables[0]!.rows[0]).toEqual(['2024-01-01', '1']);
  });

  test('of both ends of areas', async () => {
    const { description } = await draw(
      chart('area', { x: quantitative('v'), y: quantitative('w'), y2: { field: 'v' } }),
    );
    expect(description).toMatch(/: w falls from 2 to 1, with .*; v rises from 1 to 8\./);
  });

  test('of intervals, alone and with the means that they belong to', async () => {
    const means = values.map(({ at, v }) => ({ at, v, e: 0.5 }));
    const interval = { mark: 'errorbar', encoding: { x: nominal('at'), y: quantitative('v'), yError: { field: 'e' } } };
    const alone = await draw({ data: { values: means }, ...interval });
    expect(alone.description).toMatch(/^v by at\. 2024-01-01: 0\.5 to 1\.5;/);
    expect(alone.tables[0]!.rows[0]).toEqual(['0.5–1.5', '2024-01-01']);
    const point = { mark: 'point', encoding: { x: nominal('at'), y: quantitative('v') } };
    const both = await draw({ data: { values: means }, layer: [point, interval] });
    expect(both.description).toMatch(/^v by at\. 2024-01-01: 1; .* by at\. 2024-01-01: 0\.5 to 1\.5;/);
    expect(toCsv(both.rows)).toMatch(/^at,v,e,upper_v,lower_v\r\n2024-01-01,1,0\.5,1\.5,0\.5\r\n/);
    expect(both.rows.length).toBe(4);
  });

  describe('by the names and units of their author', () => {
    const month = { field: 'at', timeUnit: 'month' } as const;
    const both = (
      name: string,
      spec: object,
      description: RegExp,
      columns: readonly string[],
      cells: readonly string[],
    ) =>
      test(name, async () => {
        const { description: said, tables } = await draw(spec);
        expect(said).toMatch(description);
        expect([tables[0]!.columns, tables[0]!.rows[0]]).toEqual([columns, cells]);
      });
    both(
      'bars that fill a part of their month',
      chart({ type: 'bar', width: { band: 0.7 } }, { x: month, y: quantitative('v') }),
      /^v by at \(month\)\. Jan: 1; Feb: 3; Mar: 4; Apr: 8\.$/,
      ['at (month)', 'v'],
      ['Jan', '1'],
    );
    both(
      'bars about the beginning of their month',
      chart('bar', { x: { ...month, timeUnit: 'yearmonth', bandPosition: 0 }, y: quantitative('v') }),
      /^v by at \(year-month\)\. 2024-01-01: 1;/,
      ['at (year-month)', 'v'],
      ['2024-01-01', '1'],
    );
    both(
      'stacks with rounded ends',
      chart({ type: 'bar', cornerRadiusEnd: 4 }, { x: nominal('at'), y: quantitative('v'), color: nominal('kind') }),
      /^v by at\. 2024-01-01, a: 1;/,
      ['at', 'a', 'b'],
      ['2024-01-01', '1', '–'],
    );
    both(
      'bins whose ends are in the data',
      chart(
        'bar',
        { x: { field: 'w', bin: 'binned' }, x2: { field: 'u' }, y: quantitative('v') },
        {
          transform: [{ calculate: 'datum.w + 1', as: 'u' }],
        },
      ),
      /^v by w\. 1 to 2: 8; 2 to 3: 1; 4 to 5: 4; 5 to 6: 3\.$/,
      ['w', 'v'],
      ['1–2', '8'],
    );
    both(
      'points in bins',
      chart('point', { x: quantitative('w', { bin: { step: 2 } }), y: quantitative('v') }),
      /^w \(binned\) of 4 items: 0 to 6\. v of 4 items: 1 to 8\.$/,
      ['w (binned)', 'v'],
      ['0–2', '8'],
    );
    both(
      'a histogram without titles',
      chart('bar', { x: quantitative('w', { bin: { step: 2 }, title: null }), y: { aggregate: 'count', title: null } }),
      /^count by w\. 0 to 2: 1; 2 to 4: 1; 4 to 6: 2\.$/,
      ['w', 'count'],
      ['0–2', '1'],
    );
    both(
      'lines with binned colours',
      chart('line', {
        x: { field: 'at', type: 'temporal' },
        y: quantitative('v'),
        color: { field: 'w', bin: { step: 4 } },
      }),
      /w \(binned\) 0 to 4 rises .* w \(binned\) 4 to 8 rises/,
      ['at', '0–4', '4–8'],
      ['2024-01-01', '1', '–'],
    );
    both(
      'panels by bins',
      chart('point', {
        x: quantitative('v'),
        y: quantitative('v'),
        row: { field: 'w', bin: { step: 4 }, title: 'Width' },
      }),
      /Width 0 to 4 rises .* Width 4 to 8 rises/,
      ['v', '0–4', '4–8'],
      ['1', '1', '–'],
    );
    both(
      'stacks of columns with dots',
      chart(
        'bar',
        { y: nominal('at'), x: quantitative('p.n', { aggregate: 'sum' }), color: nominal('kind') },
        {
          transform: [{ calculate: '{n: datum.v}', as: 'p' }],
        },
      ),
      /^Sum of p\.n by at\. 2024-01-01, a: 1; 2024-02-01, b: 3;/,
      ['at', 'a', 'b'],
      ['2024-01-01', '1', '–'],
    );
    test('dates of which only a part is drawn are dates in the CSV file', async () => {
      const { rows } = await draw(chart('point', { x: { ...month, timeUnit: 'yearmonth' }, y: quantitative('v') }));
      expect(toCsv(rows)).toMatch(/^kind,at,v,w,.*\r\na,2024-01-01,1,2,2024-01-01/);
    });
  });

  test('of data by name', async () => {
    const { rows } = await draw({
      datasets: { mine: values },
      data: { name: 'mine' },
      mark: 'point',
      encoding: { x: quantitative('w'), y: quantitative('v') },
    });
    expect(rows).toEqual(values);
  });
});
