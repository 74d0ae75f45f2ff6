/** Tests arbitrary Vega-Lite specifications: each is drawn as it is, or rejected with a message that says what to do. */
import { describe, expect, test } from 'vitest';
import {
  type Chart,
  colour,
  type Figure,
  FigureError,
  type FigureSpec,
  layouts,
  renderFigure,
  sequential,
  steps,
  toCsv,
} from '../../src/figure/index.ts';

const draw = (spec: object, layout = layouts.wide): Promise<Figure> =>
  renderFigure({
    name: 'test.kind',
    chart: { title: 'Kinds', spec: () => spec as FigureSpec } as unknown as Chart,
    result: { records: [], measures: {} },
    layout,
  });

const refusal = async (spec: object, layout = layouts.wide): Promise<string> => {
  const error = await draw(spec, layout).then(
    () => 'it was drawn',
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FigureError);
  return (error as FigureError).message;
};

const values = [
  { kind: 'a', at: '2024-01-01', v: 1, w: 2 },
  { kind: 'b', at: '2024-02-01', v: 3, w: 5 },
  { kind: 'a', at: '2024-03-01', v: 4, w: 4 },
  { kind: 'b', at: '2024-04-01', v: 8, w: 1 },
];
const quantitative = (field: string, more: object = {}) => ({ field, type: 'quantitative', ...more });
const nominal = (field: string, more: object = {}) => ({ field, type: 'nominal', ...more });
const chart = (mark: unknown, encoding: object, more: object = {}) => ({ data: { values }, mark, encoding, ...more });
const marksIn = (svg: string): number => (svg.match(/<circle /g) ?? []).length;

describe('a value that cannot be drawn', () => {
  const withNull = [...values, { kind: 'a', at: '2024-05-01', v: null, w: 3 }];
  const points = { x: quantitative('w'), y: quantitative('v') };
  const cases: [what: string, spec: object, message: RegExp][] = [
    [
      'null without a type',
      {
        data: { values: withNull },
        mark: 'point',
        encoding: { x: { field: 'w', type: 'ordinal' }, y: { field: 'v', scale: { type: 'linear' } } },
      },
      /field “v”: row 4 of 5 has null/,
    ],
    [
      'null after a transform',
      { ...chart('point', points), data: { values: withNull }, transform: [{ filter: 'datum.w > 1' }] },
      /field “v”: row 3 of 4 has null, not a finite number: .*"w":3/,
    ],
    [
      'NaN from a calculation',
      chart(
        'point',
        { ...points, y: quantitative('z') },
        { transform: [{ calculate: 'datum.v / (datum.w - datum.w)  - datum.v / (datum.w - datum.w)', as: 'z' }] },
      ),
      /field “z”: row 0 of 4 has NaN/,
    ],
    [
      'a bad date',
      {
        data: { values: [...values, { kind: 'a', at: '13/02/2024', v: 1, w: 1 }] },
        mark: 'line',
        encoding: { x: { field: 'at', type: 'temporal' }, y: quantitative('v') },
      },
      /field “at”: row 4 of 5 has "13\/02\/2024", not a date/,
    ],
    [
      'null as a category',
      {
        data: {
          values: [
            { k: 'a', v: 1 },
            { k: null, v: 2 },
          ],
        },
        mark: 'bar',
        encoding: { x: nominal('k'), y: quantitative('v') },
      },
      /field “k”: row 1 of 2 has null, not a value/,
    ],
    [
      'null in a stack',
      {
        data: {
          values: [
            { k: 'a', c: 'x', v: 1 },
            { k: 'a', c: 'y', v: null },
          ],
        },
        mark: 'bar',
        encoding: { x: nominal('k'), y: quantitative('v', { stack: true }), color: nominal('c') },
      },
      /field “v”: row 1 of 2 has null/,
    ],
  ];
  cases.push(
    [
      'a date that is none',
      {
        data: { values: [{ at: '30.03.2024', v: 1 }] },
        mark: 'point',
        encoding: { x: { field: 'at', type: 'temporal' }, y: quantitative('v') },
      },
      /field “at”: row 0 of 1 has "30\.03\.2024", not a date.*2024-03-30/,
    ],
    [
      'a date whose day and month could be swapped',
      {
        data: { values: [{ at: '03/04/2024', v: 1 }] },
        mark: 'point',
        encoding: { x: { field: 'at', type: 'temporal' }, y: quantitative('v') },
      },
      /field “at”: row 0 of 1 has "03\/04\/2024".*day or the month.*2024-03-30.*format/,
    ],
    [
      'an infinity',
      { data: { values: [{ w: 1, v: Infinity }] }, mark: 'point', encoding: points },
      /field “v”: row 0 of 1 has Infinity, not a finite number/,
    ],
    [
      'a BigInt',
      { data: { values: [{ w: 1, v: 10n }] }, mark: 'point', encoding: points },
      /field “v”: row 0 of 1 has 10n.*Number\(…\)/,
    ],
  );
  test('a date that is none is left out where its author says so', async () => {
    const {
      tables: [table],
    } = await draw({
      data: {
        values: [
          { at: '2024-03-30', v: 1 },
          { at: 'n/a', v: 2 },
        ],
      },
      mark: { type: 'point', invalid: 'filter' },
      encoding: { x: { field: 'at', type: 'temporal' }, y: quantitative('v') },
    });
    expect(table!.rows).toEqual([['2024-03-30', '1']]);
  });
  test('a date with a format of its own is read by it', async () => {
    const {
      tables: [table],
    } = await draw({
      data: { values: [{ at: '03/04/2024', v: 1 }], format: { parse: { at: "date:'%d/%m/%Y'" } } },
      mark: 'point',
      encoding: { x: { field: 'at', type: 'temporal' }, y: quantitative('v') },
    });
    expect(table!.rows).toEqual([['2024-04-03', '1']]);
  });
  test.each(cases)('%s is an error that names row and field', async (_, spec, message) => {
    expect(await refusal(spec)).toMatch(message);
  });

  test('is left out where its author says so', async () => {
    const spec = { ...chart({ type: 'point', invalid: 'filter' }, points), data: { values: withNull } };
    expect(marksIn((await draw(spec)).svg)).toBe(4);
  });

  test('breaks a line where its author says so', async () => {
    const line = [1, 2, null, 4, 5].map((v, x) => ({ x, v }));
    const spec = {
      data: { values: line },
      mark: { type: 'line', invalid: 'break-paths-show-path-domains' },
      encoding: { x: quantitative('x'), y: quantitative('v') },
    };
    expect((await draw(spec)).svg).toMatch(/ d="M[^M"]*M[^M"]*" stroke="var\(--c1/);
  });
});

describe('the same bytes anywhere', () => {
  const jitter = chart(
    'point',
    { x: quantitative('j'), y: quantitative('v') },
    { transform: [{ calculate: 'random()', as: 'j' }] },
  );

  test.each([
    ['random numbers', jitter],
    ['a sample', chart('point', { x: quantitative('w'), y: quantitative('v') }, { transform: [{ sample: 2 }] })],
    [
      'a bootstrapped interval',
      chart({ type: 'errorband', extent: 'ci' }, { x: { field: 'at', type: 'temporal' }, y: quantitative('v') }),
    ],
  ])('with %s', async (_, spec) => {
    const [first, second] = await Promise.all([draw(spec), draw(spec)]);
    expect(second!.svg).toBe(first!.svg);
  });

  test('in any time zone, which is given back', async () => {
    const months = chart('bar', { x: { field: 'at', type: 'ordinal', timeUnit: 'yearmonth' }, y: quantitative('v') });
    const zone = process.env.TZ;
    process.env.TZ = 'UTC';
    const expected = (await draw(months)).svg;
    process.env.TZ = 'America/New_York';
    try {
      const { svg } = await draw(months);
      expect(svg).toBe(expected);
      expect(svg).toContain('Jan 2024');
      expect(process.env.TZ).toBe('America/New_York');
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  test('so no expression asks for the time', async () => {
    for (const now of ['now()', 'datetime()'])
      expect(
        await refusal(
          chart('point', { x: quantitative('z'), y: quantitative('v') }, { transform: [{ calculate: now, as: 'z' }] }),
        ),
      ).toMatch(/asks for the time/);
  });

  test('and an author’s rows stay as they are', async () => {
    const rows = values.map((row) => Object.freeze({ ...row }));
    await draw({
      data: { values: rows },
      mark: 'line',
      encoding: { x: { field: 'at', type: 'temporal' }, y: quantitative('v') },
    });
    expect(rows).toEqual(values);
  });
});

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

describe('every name is readable', () => {
  const named = (names: readonly string[]) => ({ values: names.map((name, i) => ({ name, v: i + 1 })) });
  const said = (svg: string): string =>
    svg
      .replace(/<title.*?<\/title>|<desc.*?<\/desc>/gs, '')
      .replace(/<\/tspan><tspan[^>]*>/g, ' ')
      .replace(/<[^>]*>/g, '|');
  const models = [
    'ResNet-152',
    'DenseNet-201',
    'EfficientNet-B7',
    'Inception-v4',
    'MobileNet-v3',
    'SqueezeNet',
    'VGG-19',
  ];
  const months = [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ];
  const all = (['wide', 'narrow'] as const).flatMap((layout) => [
    ['models along x', layout, models, { x: nominal('name'), y: quantitative('v') }] as const,
    ['months along x', layout, months, { x: nominal('name', { sort: null }), y: quantitative('v') }] as const,
    [
      'forty names along y',
      layout,
      Array.from({ length: 40 }, (_, i) => `name ${i}`),
      { y: nominal('name'), x: quantitative('v') },
    ] as const,
  ]);
  test.each(all)('%s (%s)', async (_, layout, names, encoding) => {
    const { svg } = await draw({ data: named(names), mark: 'bar', encoding }, layouts[layout]);
    for (const name of names) expect(said(svg)).toContain(name);
  });

  test('long ones along y are broken into lines and leave room for bars', async () => {
    const long = ['a rather long name of a model that nobody would call short, really not', 'another'];
    const { svg } = await draw(
      { data: named(long), mark: 'bar', encoding: { y: nominal('name'), x: quantitative('v') } },
      layouts.narrow,
    );
    expect(said(svg).replaceAll('|', ' ')).toContain('nobody would');
    const widths = [...svg.matchAll(/h([\d.]+)V/g)].map(([, width]) => Number(width));
    expect(Math.max(...widths)).toBeGreaterThan(100);
  });

  test('legends get as many rows as they need', async () => {
    const names = Array.from({ length: 10 }, (_, i) => `category number ${i}`);
    const { svg } = await draw(
      {
        data: named(names),
        mark: 'point',
        encoding: { x: quantitative('v'), y: quantitative('v'), color: nominal('name') },
      },
      layouts.narrow,
    );
    for (const name of names) expect(said(svg)).toContain(name);
    const places = [...svg.matchAll(/<text[^>]*translate\(([\d.]+),[^>]*>category number/g)].map(([, x]) => Number(x));
    for (const x of places) expect(x).toBeLessThan(layouts.narrow.width);
  });

  test('and too many to write are an error', async () => {
    const names = Array.from({ length: 90 }, (_, i) => `name ${i}`);
    expect(
      await refusal(
        { data: named(names), mark: 'bar', encoding: { x: nominal('name'), y: quantitative('v') } },
        layouts.narrow,
      ),
    ).toMatch(/90 names along x.*put them along y/);
  });
});

describe('categories', () => {
  const of = (n: number, more: object = {}) => ({
    data: { values: Array.from({ length: n }, (_, i) => ({ k: `k${String(i).padStart(2, '0')}`, v: i })) },
    mark: 'point',
    encoding: { x: quantitative('v'), y: quantitative('v'), color: nominal('k'), ...more },
  });
  test('up to ten have a colour each', async () => {
    const { svg } = await draw(of(10));
    expect(new Set(svg.match(/var\(--q\d+/g)).size).toBe(10);
  });
  test('up to twelve with shapes', async () => {
    await draw(of(12, { shape: nominal('k') }));
    expect(await refusal(of(12))).toMatch(/12 categories in color, which can tell 10 apart: add a `shape`/);
  });
  test('above that are an error', async () => {
    expect(await refusal(of(13, { shape: nominal('k') }))).toMatch(/13 categories in colour/);
  });
});

describe('kinds of charts', () => {
  const x = quantitative('w');
  const y = quantitative('v');
  const both = async (spec: object): Promise<Figure> => {
    await draw(spec, layouts.narrow);
    return draw(spec);
  };

  test('box plots, error bands and error bars as they come', async () => {
    for (const mark of ['boxplot', 'errorband', 'errorbar']) await both(chart(mark, { x: nominal('kind'), y }));
    const { svg } = await both(chart({ type: 'errorband' }, { x: nominal('kind'), y }));
    expect(svg).not.toMatch(/fill-opacity="0\.(0\d|1)/);
  });

  test('stacked areas can be seen', async () => {
    const { svg } = await both(chart('area', { x: { field: 'at', type: 'temporal' }, y, color: nominal('kind') }));
    expect(svg).toContain('fill-opacity="0.85"');
  });

  test('colour by value is in steps between round numbers', async () => {
    const { svg } = await both(chart('point', { x, y, color: quantitative('v') }));
    expect(new Set(svg.match(/var\(--s\d/g)).size).toBeGreaterThan(4);
    for (const edge of [2, 4, 6]) expect(svg).toMatch(new RegExp(`<text[^>]*>${edge}</text>`));
  });

  test('colour by count, by time and around a middle', async () => {
    await both(
      chart('rect', { x: quantitative('w', { bin: true }), y: nominal('kind'), color: { aggregate: 'count' } }),
    );
    await both(chart('point', { x, y, color: { field: 'at', type: 'temporal' } }));
    const { svg } = await both(chart('point', { x, y, color: quantitative('w', { scale: { domainMid: 3 } }) }));
    expect(svg).toContain('var(--d1');
    expect(svg).toContain('var(--d7');
  });

  test('points and lines have no colour that is close to the paper’s', async () => {
    const palest = steps(sequential, sequential.length)[0]!;
    const colours: object[] = ['quantile', 'quantize'].map((type) => quantitative('v', { scale: { type } }));
    colours.push(quantitative('v', { scale: { type: 'threshold', domain: [2, 3, 4, 6, 7] } }));
    colours.push(quantitative('v', { bin: { maxbins: 6 } }));
    for (const color of colours)
      for (const mark of ['circle', 'square']) {
        const { svg } = await draw(chart(mark, { x, y, color, detail: nominal('at') }));
        expect(svg).not.toContain(palest);
      }
  });

  test('size, shape and opacity beside colour', async () => {
    for (const channel of ['size', 'opacity'] as const)
      await both(chart('point', { x, y, color: nominal('kind'), [channel]: quantitative('w') }));
    await both(chart('point', { x, y, color: nominal('kind'), shape: nominal('at') }));
  });

  test('views with titles', async () => {
    const view = { title: 'A view', width: 100, mark: 'point', encoding: { x, y } };
    expect((await both({ data: { values }, hconcat: [view, view] })).svg).toContain('A view');
  });

  test('horizontal bars with steps', async () => {
    await both(
      chart('bar', { y: nominal('kind'), x: quantitative('v', { aggregate: 'sum' }) }, { height: { step: 20 } }),
    );
  });

  test('lookups, bins, stacks, aggregates, quantiles and regressions', async () => {
    const other = {
      data: {
        values: [
          { kind: 'a', size: 1 },
          { kind: 'b', size: 2 },
        ],
      },
      key: 'kind',
      fields: ['size'],
    };
    await both(chart('point', { x: quantitative('size'), y }, { transform: [{ lookup: 'kind', from: other }] }));
    await both(
      chart(
        'bar',
        { x: { field: 'b', bin: 'binned' }, x2: { field: 'b_end' }, y: { aggregate: 'count' } },
        { transform: [{ bin: { step: 2 }, field: 'v', as: 'b' }] },
      ),
    );
    await both(
      chart(
        'bar',
        { x: nominal('at'), y: quantitative('s'), y2: { field: 's_end' } },
        { transform: [{ stack: 'v', groupby: ['at'], as: ['s', 's_end'] }] },
      ),
    );
    await both(
      chart(
        'bar',
        { x: nominal('kind'), y: quantitative('n') },
        { transform: [{ aggregate: [{ op: 'count', as: 'n' }], groupby: ['kind'] }] },
      ),
    );
    await both(
      chart(
        'point',
        { x: quantitative('prob'), y: quantitative('value') },
        { transform: [{ quantile: 'v', step: 0.25 }] },
      ),
    );
    await both(
      chart(
        { type: 'text', text: 'R²' },
        { x: quantitative('rSquared'), y: quantitative('rSquared') },
        { transform: [{ regression: 'v', on: 'w', params: true }] },
      ),
    );
  });

  test('fields with dots in their names', async () => {
    await both({
      data: {
        values: [
          { 'a.b': 1, c: { d: 2 } },
          { 'a.b': 2, c: { d: 3 } },
        ],
      },
      mark: 'point',
      encoding: { x: quantitative('a\\.b'), y: quantitative('c.d') },
    });
  });

  test('data as text, as a property, as a map', async () => {
    const csv = {
      data: { values: 'x,y\n1,2\n3,4\n', format: { type: 'csv' } },
      mark: 'point',
      encoding: { x: quantitative('x'), y: quantitative('y') },
    };
    expect(marksIn((await both(csv)).svg)).toBe(2);
    await both({ data: { values: { rows: values }, format: { property: 'rows' } }, mark: 'point', encoding: { x, y } });
    const topology = {
      type: 'Topology',
      arcs: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ],
      ],
      objects: { land: { type: 'GeometryCollection', geometries: [{ type: 'Polygon', arcs: [[0]] }] } },
    };
    const map = {
      data: { values: topology, format: { type: 'topojson', feature: 'land' } },
      projection: { type: 'mercator' },
      mark: 'geoshape',
    };
    expect((await both(map)).svg).toContain('<path');
    expect(await refusal({ ...csv, data: { values: 'x,y\n1,2\n' } })).toMatch(/its data is text: say in which format/);
  });

  test('rounded corners of bars and plots', async () => {
    const { svg } = await both(
      chart({ type: 'bar', cornerRadiusEnd: 4 }, { x: nominal('kind'), y: quantitative('v', { aggregate: 'sum' }) }),
    );
    expect((svg.match(/ d="[^"]*[AaCc][^"]*"/g) ?? []).length).toBe(2);
    const plot = await both(chart('point', { x, y }, { view: { cornerRadius: 10, stroke: colour('rule') } }));
    expect(plot.svg).toMatch(/ d="[^"]*[AaCc][^"]*"[^>]*stroke="var\(--rule/);
  });

  test('dashes by field', async () => {
    const { svg } = await both(chart('line', { x: { field: 'at', type: 'temporal' }, y, strokeDash: nominal('kind') }));
    expect(svg).toMatch(
      /stroke-linecap="butt"[^>]*stroke-dasharray="4,2"|stroke-dasharray="4,2"[^>]*stroke-linecap="butt"/,
    );
  });

  test('lines of a text mark', async () => {
    const { svg } = await both(chart({ type: 'text', text: 'one|two', lineBreak: '|' }, { x, y }));
    expect(svg).toMatch(/<tspan>one<\/tspan><tspan[^>]*>two/);
  });

  test('box plots in panels are described by their quartiles, each with its panel', async () => {
    const rows = ['north', 'south'].flatMap((place, p) =>
      ['a', 'b'].flatMap((kind, k) => [1, 2, 3, 4, 5, 30].map((v) => ({ place, kind, v: v + 10 * p + 100 * k }))),
    );
    const {
      description,
      tables: [table],
    } = await both({
      data: { values: rows },
      mark: 'boxplot',
      encoding: { x: nominal('kind'), y, column: nominal('place') },
    });
    expect(description).toBe(
      'v, quartiles by kind. a, north: 2.25 to 4.75; b, north: 102 to 105; a, south: 12.3 to 14.8; b, south: 112 to 115.',
    );
    expect(table!.rows).toContainEqual(['a', '2.25–4.75', '12.25–14.75']);
  });

  test('bars with two ends are described by both', async () => {
    const { description } = await both(chart('bar', { y: nominal('at'), x, x2: { field: 'v' } }));
    expect(description).toContain('2024-01-01: 1 to 2');
  });

  test('a line over a stack says its part, not the sum below it', async () => {
    const shares = [1, 2].flatMap((at) => ['a', 'b'].map((kind) => ({ at, kind, v: kind === 'a' ? at : 1 })));
    for (const mark of [
      { type: 'area', line: true },
      { type: 'area', point: true },
    ]) {
      const { description } = await both({
        data: { values: shares },
        mark,
        encoding: { x: quantitative('at'), y: quantitative('v', { stack: 'normalize' }), color: nominal('kind') },
      });
      expect(description).toContain('a rises from 0.5 to 0.667; b falls from 0.5 to 0.333');
    }
  });

  test('places on a map are where they are, not where they are drawn', async () => {
    const cities = [
      { city: 'Boston', lon: -71, lat: 42, n: 2 },
      { city: 'Lima', lon: -77, lat: -12, n: 3 },
    ];
    const places = { data: { values: cities }, mark: 'circle' };
    const encoding = { longitude: quantitative('lon'), latitude: quantitative('lat'), size: quantitative('n') };
    const drawn = await both({ ...places, encoding, projection: { type: 'equalEarth' } });
    expect(drawn.tables[0]).toMatchObject({
      columns: ['lon', 'lat', 'n'],
      rows: [
        ['−71', '42', '2'],
        ['−77', '−12', '3'],
      ],
    });
    expect(toCsv(drawn.rows)).toBe('city,lon,lat,n\r\nBoston,-71,42,2\r\nLima,-77,-12,3\r\n');
    expect(drawn.description).not.toMatch(/_[xy]/);
    expect(await refusal({ ...places, encoding, projection: { type: 'albersUsa' } })).toMatch(
      /field “lon”: row \d of 2 has no place that the map's projection shows: .*"city"/,
    );
  });

  test('the opacity that an author gives an area is its opacity', async () => {
    const areas = (mark: object) =>
      both(chart({ type: 'area', ...mark }, { x, y: quantitative('v', { stack: null }), color: nominal('kind') }));
    expect((await areas({})).svg).toMatch(/fill-opacity="0.17"/);
    const { svg } = await areas({ opacity: 0.5 });
    expect(svg).toMatch(/ opacity="0.5"/);
    expect(svg).not.toMatch(/fill-opacity="0\./);
  });

  test('what is drawn once a row at one place is drawn once', async () => {
    const { svg } = await both({
      data: { values },
      layer: [
        { mark: 'point', encoding: { x, y } },
        { mark: { type: 'text', text: 'target' }, encoding: { y: { datum: 3 } } },
      ],
    });
    expect(svg.match(/>target</g)).toHaveLength(1);
  });

  test('a title of y stands above labels at the top', async () => {
    const { svg } = await both(chart('rect', { x: nominal('kind', { axis: { orient: 'top' } }), y: nominal('at') }));
    const at = (text: string) => Number(new RegExp(`translate\\([-\\d.]+,([-\\d.]+)\\)"[^>]*>${text}<`).exec(svg)?.[1]);
    expect(at('at')).toBeLessThan(at('kind') - 12);
  });

  test('limits, by the width that text has', async () => {
    const titled = (titleLimit: number) =>
      both(chart('point', { x: quantitative('w', { title: 'Rating (binned)', axis: { titleLimit } }), y }));
    expect((await titled(100)).svg).toContain('>Rating (binned)<');
    expect((await titled(60)).svg).toMatch(/>Rating[^<]*…</);
    const mark = (more: object) =>
      both(chart({ type: 'text', text: 'one two three four', limit: 50, ...more }, { x, y }));
    expect((await mark({ ellipsis: '~' })).svg).toMatch(/>one t[^<]*~</);
    expect((await mark({ dir: 'rtl' })).svg).toMatch(/>…[^<]*four</);
  });

  test('formats, also of logarithmic axes and money', async () => {
    const { svg } = await both(
      chart('point', { x, y: quantitative('v', { scale: { type: 'log' }, axis: { format: '$,.2f' } }) }),
    );
    expect(svg).toContain('$5.00');
  });

  test('150,000 rows', async () => {
    const many = Array.from({ length: 150_000 }, (_, i) => ({ i, v: i % 7, kind: 'k' }));
    const { description } = await draw({
      data: { values: many },
      mark: 'tick',
      encoding: { x: quantitative('v'), y: nominal('kind') },
    });
    expect(description).toBe('v by kind. k: 0 to 6.');
  });
});

describe('what a still figure cannot show is refused with what to do', () => {
  const points = { x: quantitative('w'), y: quantitative('v') };
  const brush = [{ name: 'brush', select: 'interval' }];
  const cases: [what: string, spec: object, message: RegExp][] = [
    ['a brush', chart('point', points, { params: brush }), /selection “brush” is interactive.*<Frames>/],
    [
      'a selection that filters',
      chart('point', points, {
        params: [{ name: 'pick', select: 'point' }],
        transform: [{ filter: { param: 'pick' } }],
      }),
      /“pick” chooses data.*<Frames>/,
    ],
    [
      'an image',
      chart({ type: 'image', width: 9 }, { ...points, url: { field: 'kind' } }),
      /`image` mark.*use `point`/,
    ],
    ['a gradient', chart({ type: 'area', color: { gradient: 'linear', stops: [] } }, points), /gradient.*colour\(\)/],
    ['an empty colour', chart('point', points, { view: { stroke: '' } }), /view has the colour ''.*null/],
    [
      'a colour scheme',
      chart('point', { ...points, color: { ...quantitative('v'), scale: { scheme: 'blues' } } }),
      /colour scheme “blues”.*leave it out/,
    ],
    [
      'a scale that knows one value only',
      chart('point', { ...points, y: { datum: 3 } }),
      /scale y has one value.*two ends.*domain/,
    ],
    [
      'an input',
      chart('point', points, { params: [{ name: 'cut', value: 2, bind: { input: 'range', min: 0, max: 9 } }] }),
      /input of the parameter “cut” is interactive.*<Frames>/,
    ],
    ...(
      [
        ['a misspelt property', chart({ type: 'point', opactiy: 0.5 }, points), /mark\.opactiy.*nearest: opacity/],
        [
          'one of an axis',
          chart('point', { ...points, x: quantitative('w', { axis: { gird: false } }) }),
          /encoding\.x\.axis\.gird.*nearest: grid/,
        ],
        [
          'a misspelt channel',
          chart('point', { ...points, colour: nominal('kind') }),
          /encoding\.colour.*nearest: color/,
        ],
        [
          'a misspelt transform',
          chart('point', points, { transform: [{ calcluate: 'datum.v', as: 'u' }] }),
          /transform\[0\]\.calcluate.*nearest: calculate/,
        ],
      ] as const
    ).map(([what, spec, message]): [string, object, RegExp] => [what, spec, message]),
    [
      'a type that is none',
      chart('point', { ...points, x: { field: 'w', type: 'nominl' } }),
      /encoding\.x\.type “nominl”.*nearest: nominal/,
    ],
    [
      'an aggregate that is none',
      chart('bar', { x: nominal('kind'), y: quantitative('v', { aggregate: 'avrage' }) }),
      /encoding\.y\.aggregate “avrage”.*nearest: average/,
    ],
    ...(
      [
        [
          'a property at another place',
          { ...points.x, zero: false },
          /encoding\.x\.zero.*write encoding\.x\.scale\.zero/,
        ],
        [
          'a value that its property does not take',
          { ...points.x, axis: { grid: 'no' } },
          /axis\.grid “no”.*true or false/,
        ],
        ['a text for an object', { ...points.x, scale: 'log' }, /encoding\.x\.scale “log”.*an object/],
        ['a number that is none', { ...points.x, axis: { tickCount: NaN } }, /axis\.tickCount NaN/],
        ['a misspelt order', { ...points.x, sort: 'descendin' }, /encoding\.x\.sort “descendin”.*nearest: descending/],
      ] as const
    ).map(([what, x, message]): [string, object, RegExp] => [what, chart('point', { ...points, x }), message]),
    ['a channel outside of its encoding', { ...chart('point', {}), ...points }, /has x, .*write encoding\.x/],
    [
      'a value that another property would take',
      chart({ type: 'line', interpolate: 'smooth' }, points),
      /mark\.interpolate “smooth”.*basis.*monotone/,
    ],
    [
      'a property of another transform',
      chart('point', points, { transform: [{ filter: 'datum.v > 1', as: 'more' }] }),
      /transform\[0\]\.as, which Vega-Lite does not know there/,
    ],
    [
      'stacked bars on a logarithmic scale, by their own column',
      chart('bar', {
        x: nominal('at'),
        y: quantitative('v', { scale: { type: 'log', domain: [1, 10] } }),
        color: nominal('kind'),
      }),
      /field “v”: row 0 of 4 has 0, which a log scale cannot show/,
    ],
    [
      'bars on a logarithmic scale',
      chart('bar', { x: nominal('kind'), y: quantitative('v', { scale: { type: 'log' } }) }),
      /cannot show.*bars and areas begin at zero.*`point`/,
    ],
    [
      'an expression that is none',
      chart('point', points, { transform: [{ filter: 'datum.v > > 1' }] }),
      /“datum\.v > > 1”/,
    ],
    [
      'a function that does not exist',
      chart('point', points, { transform: [{ calculate: 'lgo(datum.v)', as: 'u' }] }),
      /“lgo\(datum\.v\)”/,
    ],
    [
      'layers without rows along time',
      {
        data: { values },
        transform: [{ filter: "datum.kind === 'c'" }],
        layer: ['line', 'point'].map((mark) => ({
          mark,
          encoding: { x: { field: 'at', type: 'temporal' }, y: quantitative('v') },
        })),
      },
      /draws nothing of at, v, since no row is left; its filters: `datum\.kind === 'c'`/,
    ],
    [
      'a plot without rows beside another',
      {
        hconcat: [true, false].map((all) => ({
          width: 100,
          ...chart(
            'text',
            { text: nominal('kind') },
            { transform: [{ filter: all ? 'true' : { field: 'w', gt: 9 } }] },
          ),
        })),
      },
      /draws nothing of kind, since no row is left; its filters: .*{"field":"w","gt":9}/,
    ],
    [
      'an expression that reads something of null',
      chart(
        'text',
        { ...points, text: nominal('first') },
        {
          transform: [
            { calculate: 'datum.v > 3 ? null : datum.kind', as: 'name' },
            { calculate: "substring(datum.name, 0, indexof(datum.name, ' '))", as: 'first' },
          ],
        },
      ),
      /the expression “substring\(datum\.name, 0, .*” finds null where .*isValid\(datum…\)/,
    ],
    [
      'a middle of colours outside of the values',
      chart('point', { ...points, color: quantitative('v', { scale: { domainMid: 50 } }) }),
      /domainMid exceeds.*: write a middle between/,
    ],
    [
      'a point beside its plot',
      chart('point', { ...points, x: quantitative('w', { scale: { domain: [2, 5] } }) }),
      /field “w”: has 1 in {.*"w":1}, outside of the domain of x, 2 to 5.*clip: true/,
    ],
    [
      'a line above its plot',
      chart('line', { ...points, y: quantitative('v', { scale: { domainMax: 4 } }) }),
      /field “v”: has 8 in .*outside of the domain of y/,
    ],
    [
      'bars that begin below their plot',
      chart('bar', { x: nominal('at'), y: quantitative('w', { scale: { domain: [1, 9] } }) }),
      /begins a bar at 0, outside of the domain of y, 1 to 9/,
    ],
    [
      'a rule after the last date of its plot',
      {
        layer: [
          chart('point', {
            x: { field: 'at', type: 'temporal', scale: { domain: ['2024-01-01', '2024-04-01'] } },
            y: quantitative('v'),
          }),
          {
            data: { values: [{ at: '2024-05-01' }] },
            mark: 'rule',
            encoding: { x: { field: 'at', type: 'temporal' } },
          },
        ],
      },
      /field “at”: has 2024-05-01 in .*outside of the domain of x, 2024-01-01 to 2024-04-01/,
    ],
    [
      'a logarithm of negative numbers',
      chart(
        'point',
        { ...points, y: quantitative('n', { scale: { type: 'log' } }) },
        {
          transform: [{ calculate: '-datum.v', as: 'n' }],
        },
      ),
      /field “n”: row 0 of 4 has -1, which a log scale cannot show/,
    ],
    [
      'a category outside of the domain of its axis',
      chart('bar', { x: nominal('kind', { scale: { domain: ['a', 'c'] } }), y: quantitative('v') }),
      /field “kind”: row 1 of 4 has "b", which the domain of its scale leaves out/,
    ],
    [
      'a category outside of the domain of its colours',
      chart('point', { ...points, color: nominal('kind', { scale: { domain: ['a'] } }) }),
      /field “kind”: row 1 of 4 has "b", which the domain of its scale leaves out/,
    ],
    ['nothing', undefined as unknown as object, /no specification.*undefined.*`return`/],
    ['a promise', Promise.resolve(chart('point', points)), /no specification.*promise.*async/],
    ['a title', chart('point', points, { title: 'Mine' }), /`title` of its own: leave it out/],
    ['a plot that is too wide', chart('point', points, { width: 900 }), /px wide, \d+ px more.*layout\.width/],
  ];
  test.each(cases)('%s', async (_, spec, message) => {
    expect(await refusal(spec)).toMatch(message);
  });

  test('what lies beside its plot is cut off where its author says so', async () => {
    const { svg } = await draw(
      chart(
        { type: 'line', clip: true },
        { x: quantitative('w'), y: quantitative('v', { scale: { domain: [0, 4] } }) },
      ),
    );
    expect(svg).toContain('clip-path');
    await draw(
      chart('line', { x: quantitative('w'), y: quantitative('v', { scale: { domain: [0, 4], clamp: true } }) }),
    );
  });

  test('columns may be called as parts of a specification', async () => {
    const rows = [{ w: 1, v: 2, scheme: 'a', gradient: 'b', stops: [], stroke: '' }];
    const spec = { ...chart('point', points), data: { values: rows }, usermeta: { table: rows } };
    expect(marksIn((await draw(spec)).svg)).toBe(1);
  });

  test('a point that can be picked is drawn unpicked', async () => {
    const spec = chart(
      'point',
      { ...points, opacity: { condition: { param: 'pick', value: 1 }, value: 0.3 } },
      { params: [{ name: 'pick', select: 'point' }] },
    );
    expect(marksIn((await draw(spec)).svg)).toBe(4);
  });
});
