/** Tests the chart helpers: what they draw, and which data they reject. */
import { describe, expect, test } from 'vitest';
import {
  area,
  bars,
  box,
  dots,
  type FigureSpec,
  heatmap,
  type Layout,
  layouts,
  lines,
  network,
  renderFigure,
  scatter,
  strip,
  table,
} from '../../src/figure/index.ts';
import { last, loss, rows, rule, step } from './rows.ts';

const drawn = (spec: (layout: Layout) => FigureSpec, layout: Layout = layouts.wide) =>
  renderFigure({
    name: 'test.helpers',
    chart: { title: 'A chart', spec: ({ layout: given }: { layout: Layout }) => spec(given) },
    result: { records: [], measures: {} },
    layout,
  });

const helpers: Record<string, (layout: Layout) => FigureSpec> = {
  bars: (layout) => bars({ layout, data: last, category: rule, value: loss }),
  'bars of series': (layout) => bars({ layout, data: rows, category: step, value: loss, series: 'rule' }),
  scatter: (layout) => scatter({ layout, data: rows, x: step, y: loss, series: 'rule' }),
  area: (layout) => area({ layout, data: rows.slice(0, 5), x: step, y: loss }),
  'area of series': (layout) => area({ layout, data: rows, x: step, y: loss, series: 'rule' }),
  box: (layout) => box({ layout, data: rows, category: rule, value: loss }),
  dots: (layout) => dots({ layout, data: last, category: rule, value: loss, interval: ['low', 'high'] }),
};

test('lines show the part of their data that a domain leaves, with whole points at its ends', async () => {
  const clipped = async (domain: readonly [number, number]): Promise<boolean> => {
    const { svg } = await drawn((layout) =>
      lines({
        layout,
        data: rows,
        x: { ...step, domain },
        y: loss,
        series: 'rule',
        points: true,
        band: ['low', 'high'],
      }),
    );
    return svg.includes('clip-path');
  };
  expect([await clipped([1, 3]), await clipped([0, 4])]).toEqual([true, false]);
});

describe.each(Object.entries(helpers))('%s', (name, spec) => {
  test.each([layouts.wide, layouts.narrow])('fills the $name layout with finite numbers', async (layout) => {
    const { svg } = await drawn(spec, layout);
    expect(Number(/viewBox="0 0 ([\d.]+) /.exec(svg)?.[1])).toBeCloseTo(layout.width, 0);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  test('names its axis and each category in both layouts, and has a table and a description', async () => {
    for (const layout of [layouts.wide, layouts.narrow]) {
      const {
        svg,
        tables: [table],
        description,
      } = await drawn(spec, layout);
      const names = name === 'area' ? ['Loss'] : ['Loss', 'plain', 'with momentum'];
      for (const text of names) expect(svg).toContain(text);
      expect(table!.rows.length).toBeGreaterThan(0);
      expect(description).toMatch(/\S{3}/);
    }
  });
});

test('the ends of 150,000 values are found', () => {
  const layout = layouts.wide;
  const data = Array.from({ length: 150_000 }, (_, v) => ({ step: v % 300, rule: v % 500, loss: v }));
  expect(() => heatmap({ layout, data, x: step, y: rule, value: loss })).not.toThrow();
  const weights = [Array.from({ length: 200 }, () => new Array<number>(750).fill(1))];
  expect(network({ layout, weights }).description).toContain('1 to 1');
});

describe('a strip of intervals alone', () => {
  const mean = { rule: 'plain', value: 1, low: 0.5, high: 2 };
  const of =
    (...intervals: (typeof mean)[]) =>
    (layout: Layout) =>
      strip({ layout, data: [], category: rule, value: loss, intervals });

  test('is drawn', async () => {
    expect((await drawn(of(mean))).svg).toContain('plain');
  });

  test.each([
    ['nothing', [], 'strip has neither rows nor intervals'],
    [
      'no category',
      [{ kind: 'plain', value: 1, low: 0, high: 2 } as never],
      "an interval has no “rule”, which is the category's column; it has kind, value, low, high",
    ],
    ['a value outside', [{ ...mean, value: 3 }], '“plain”: the value 3 is outside its interval, 0.5 to 2'],
  ])('with %s is refused', async (_, intervals, message) => {
    await expect(drawn(of(...intervals))).rejects.toThrow(message);
  });
});

describe('many series', () => {
  const of = (n: number) =>
    Array.from({ length: 2 * n }, (_, i) => ({ step: i % 2, loss: (i >> 1) + (i % 2) + 1, kind: `kind ${i >> 1}` }));
  const each = {
    lines: (n: number) => (layout: Layout) => lines({ layout, data: of(n), x: step, y: loss, series: 'kind' }),
    scatter: (n: number) => (layout: Layout) => scatter({ layout, data: of(n), x: step, y: loss, series: 'kind' }),
    bars: (n: number) => (layout: Layout) => bars({ layout, data: of(n), category: step, value: loss, series: 'kind' }),
    area: (n: number) => (layout: Layout) => area({ layout, data: of(n), x: step, y: loss, series: 'kind' }),
  };

  test.each(Object.entries(each))('%s has a colour for each of ten', async (_, spec) => {
    for (const layout of [layouts.wide, layouts.narrow]) {
      const { svg } = await drawn(spec(10), layout);
      for (let i = 0; i < 10; i++) expect(svg).toContain(`kind ${i}`);
      expect(new Set(svg.match(/--q\d+/g)).size).toBe(10);
    }
  });

  test('twelve lines and point clouds differ by dashes and shapes too', async () => {
    for (const spec of [each.lines, each.scatter]) {
      const { svg } = await drawn(spec(12));
      for (let i = 0; i < 12; i++) expect(svg).toContain(`kind ${i}`);
    }
    expect((await drawn(each.lines(12))).svg).toContain('stroke-dasharray');
  });

  test.each([
    ['lines', 13],
    ['scatter', 13],
    ['bars', 11],
    ['area', 11],
  ] as const)('%s of %i are refused by name', async (name, n) => {
    await expect(drawn(each[name](n))).rejects.toThrow(
      `figure test.helpers: ${n} series in “kind”, of which ${n - 1} at most can be told apart`,
    );
  });
});

test('two rows of one bar are refused', () => {
  const two = [...last, last[0]!];
  expect(() => bars({ layout: layouts.wide, data: two, category: rule, value: loss })).toThrow('one bar, plain');
});

test('bars need a domain with zero in it', () => {
  const value = { ...loss, domain: [1, 6] } as const;
  expect(() => bars({ layout: layouts.wide, data: last, category: rule, value })).toThrow('leaves out');
});

test('a value outside its interval is refused', () => {
  const data = [{ rule: 'plain', loss: 3, low: 1, high: 2 }];
  expect(() => dots({ layout: layouts.wide, data, category: rule, value: loss, interval: ['low', 'high'] })).toThrow(
    '“plain”: 3 is outside its interval, 1 to 2',
  );
});

test('negative parts of a stack are refused', () => {
  const data = [{ rule: 'plain', step: 0, loss: -1 }];
  expect(() => area({ layout: layouts.wide, data, x: step, y: loss, series: 'rule' })).toThrow('“loss” is -1');
});

test('a part that is missing from a stack is refused, not drawn as 0', () => {
  const data = rows.filter((row) => row.rule === 'plain' || row.step !== 2);
  expect(() => area({ layout: layouts.wide, data, x: step, y: loss, series: 'rule' })).toThrow(
    '“with momentum” has 0 where “step” is 2',
  );
});

describe('table', () => {
  const data = [
    { rule: 'plain', loss: -1234.5, runs: 12 },
    { rule: 'with momentum & more', loss: 0.25, runs: null },
  ];
  const columns = [rule, { ...loss, decimals: 2 }, { field: 'runs', title: 'Runs' }] as const;
  const spec = (layout: Layout) => table({ layout, data, columns });

  test('shows rows in order, numbers with their decimals and at the right, gaps as a dash', async () => {
    const { sheet } = await drawn(spec);
    expect(sheet?.columns.map(({ isNumeric }) => isNumeric)).toEqual([false, true, true]);
    expect(sheet?.rows).toEqual([
      ['plain', '−1234.50', '12'],
      ['with momentum & more', '0.25', '–'],
    ]);
  });

  test.each(Object.values(layouts))('is drawn in files too ($name), with all that it says', async (layout) => {
    const { svg } = await drawn(spec, layout);
    for (const text of ['Rule', 'Loss', 'Runs', '−1234.50', 'with momentum &amp; more']) expect(svg).toContain(text);
  });

  test('its CSV file has the values themselves, of its columns only', async () => {
    expect((await drawn((layout) => table({ layout, data, columns: columns.slice(0, 2) }))).rows).toEqual(
      data.map(({ rule, loss }) => ({ rule, loss })),
    );
  });

  test('what no cell shows is an error', () => {
    const of = (value: unknown) => () =>
      table({ layout: layouts.wide, data: [{ value }], columns: [{ field: 'value', title: '' }] });
    expect(of(Number.NaN)).toThrow('NaN in “value”');
    expect(of([1])).toThrow('lists');
    expect(() => table({ layout: layouts.wide, data: [], columns: [] })).toThrow('shows nothing');
  });
});
