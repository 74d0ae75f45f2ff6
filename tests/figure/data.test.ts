/** Tests generated descriptions, data tables, CSV and isolines. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Chart,
  type Figure,
  type FigureSpec,
  type FigureTable,
  heatmap,
  layouts,
  lines,
  network,
  renderFigure,
  rule,
  strip,
  toCsv,
} from '../../src/figure/index.ts';
import { isobands, isolines } from '../../src/figure/marks/isolines.ts';

const layout = layouts.wide;

const drawn = (title: string, spec: FigureSpec, layout = layouts.wide): Promise<Figure> =>
  renderFigure({
    name: 'test.data',
    chart: { title, spec: () => spec } as unknown as Chart,
    result: { records: [], measures: {} },
    layout,
  });

const describeFigure = async (title: string, spec: FigureSpec): Promise<string> =>
  (await drawn(title, spec)).description;

const quantitative = (field: string) => ({ field, type: 'quantitative' as const });
const counted = [3, 1, 2].map((loss, step) => ({ step, loss, time: 10 * step }));

const runs = ['sgd', 'adam'].flatMap((run) =>
  Array.from({ length: 100 }, (_, step) => ({ step, J: run === 'sgd' ? 1 - step / 100 : 0.2 + step / 200, run })),
);
const loss = lines({
  layout,
  data: runs,
  x: { field: 'step', title: 'Step' },
  y: { field: 'J', title: 'Loss' },
  series: 'run',
  layers: rule({ y: 0.5 }),
});

describe('the generated description', () => {
  test('says ends, crossings and rules of lines', async () => {
    expect(await describeFigure('Loss', loss)).toBe(
      'Loss against Step, 0 to 99: sgd falls from 1 to 0.01; adam rises from 0.2 to 0.695. The lines of sgd and adam cross near 54. A rule marks 0.5.',
    );
  });

  test('says the extremes of a line between its ends', async () => {
    const dip = lines({
      layout,
      data: [3, 1, 4].map((J, step) => ({ step, J })),
      x: { field: 'step', title: 'Step' },
      y: { field: 'J', title: 'Loss' },
    });
    expect(await describeFigure('', dip)).toContain('it rises from 3 to 4, with a low of 1 at 1');
  });

  test('says the lowest and the highest cell of a heat-map', async () => {
    const cells = [1, 2].flatMap((x) => [1, 2].map((y) => ({ x, y, v: 10 * x + y })));
    const spec = heatmap({
      layout,
      data: cells,
      x: { field: 'x', title: 'scale' },
      y: { field: 'y', title: 'rate' },
      value: { field: 'v', title: 'Loss' },
    });
    expect(await describeFigure('', spec)).toContain(
      'Lowest, 11, at scale 1 and rate 1; highest, 22, at scale 2 and rate 2.',
    );
  });

  test('says the range of each strip', async () => {
    const data = [1, 2, 3].map((v) => ({ kind: 'a', v }));
    const spec = strip({
      layout,
      data,
      category: { field: 'kind', title: 'Kind' },
      value: { field: 'v', title: 'Value' },
    });
    expect(await describeFigure('', spec)).toBe('Value by Kind. a: 1 to 3.');
  });

  test('says which layers of a network consist of copies', async () => {
    const first = [
      [1, 2],
      [1, 2],
    ];
    expect(await describeFigure('', network({ layout, weights: [first, [[3, 3]]] }))).toContain(
      'All units of layer 2 are identical',
    );
    expect(await describeFigure('', network({ layout, weights: [first, [[3, 4]]] }))).toContain('No hidden layer');
  });

  test('yields to its author', async () => {
    expect(await describeFigure('', { ...loss, description: 'Mine.' } as FigureSpec)).toBe('Mine.');
  });
});

test('a network whose matrices do not fit is refused with both sizes', () => {
  expect(() => network({ layout, weights: [[[1, 2]], [[1, 2, 3]]] })).toThrow(
    'weights 1 have 3 columns, but layer 1 has 1 units',
  );
});

test('the key of a heat-map leaves the gap that is asked for', async () => {
  const map = (gap: number) =>
    heatmap({
      layout,
      data: [0, 1, 2, 3].map((n) => ({ a: n % 2, b: n >> 1, n })),
      x: { field: 'a', title: 'a' },
      y: { field: 'b', title: 'b' },
      value: { field: 'n', title: 'n', edges: [1, 2], gap },
    });
  const heights = await Promise.all(
    [0, 16].map(async (gap) => Number(/ height="([\d.]+)"/.exec((await drawn('', map(gap))).svg)![1])),
  );
  expect(heights[1]! - heights[0]!).toBe(16);
});

describe('a figure of several plots', () => {
  const scores = { values: ['a', 'b'].map((name, n) => ({ name, n })) };
  const width = 200;
  const losses = {
    data: { values: counted },
    width,
    mark: 'line' as const,
    encoding: { x: quantitative('step'), y: quantitative('loss') },
  };
  const bars = {
    data: scores,
    width,
    mark: 'bar' as const,
    encoding: { x: { field: 'name', type: 'nominal' as const }, y: quantitative('n') },
  };

  test('describes, tabulates and lists the data of each', async () => {
    for (const spec of [{ hconcat: [losses, bars] }, { vconcat: [losses, bars] }, { concat: [losses, bars] }]) {
      const { description, tables, rows } = await drawn('Both', spec);
      expect(description).toBe(
        'Plot 1: loss against step, 0 to 2: it falls from 3 to 2, with a low of 1 at 1. Plot 2: n by name. a: 0; b: 1.',
      );
      expect(tables.map(({ plot, columns }) => [plot, columns])).toEqual([
        ['Plot 1', ['step', 'loss']],
        ['Plot 2', ['name', 'n']],
      ]);
      expect(toCsv(rows)).toBe(
        'plot,step,loss,time,name,n\r\nPlot 1,0,3,0,,\r\nPlot 1,1,1,10,,\r\nPlot 1,2,2,20,,\r\nPlot 2,,,,a,0\r\nPlot 2,,,,b,1\r\n',
      );
    }
  });

  test('calls each by its title, unless two have the same', async () => {
    const named = async (...titles: readonly string[]) => {
      const hconcat = [losses, bars].map((spec, i) => ({ ...spec, title: titles[i]! }));
      const { description, tables, rows } = await drawn('Both', { hconcat });
      expect(description).toMatch(new RegExp(`^${tables[0]!.plot}: loss against .* ${tables[1]!.plot}: n by name`));
      expect(new Set(rows.map(({ plot }) => plot))).toEqual(new Set(tables.map(({ plot }) => plot)));
      return tables.map(({ plot }) => plot);
    };
    expect(await named('One run', 'Its scores')).toEqual(['One run', 'Its scores']);
    expect(await named('Loss', 'Loss')).toEqual(['Plot 1', 'Plot 2']);
    expect(await named('One run', '')).toEqual(['One run', 'Plot 2']);
  });

  test('lists common data once', async () => {
    const { description, tables, rows } = await drawn('Both', {
      data: { values: counted },
      repeat: { row: ['loss', 'time'] },
      spec: {
        width,
        mark: 'line',
        encoding: { x: quantitative('step'), y: { field: { repeat: 'row' }, type: 'quantitative' } },
      },
    });
    expect(description).toContain('Plot 2: time against step, 0 to 2: it rises from 0 to 20.');
    expect(tables.map(({ columns }) => columns)).toEqual([
      ['step', 'loss'],
      ['step', 'time'],
    ]);
    expect(rows).toEqual(counted);
  });

  test('counts those that would make the description long', async () => {
    const { description, tables } = await drawn('All', {
      concat: Array.from({ length: 8 }, () => ({ ...losses, width: 40 })),
      columns: 4,
    });
    expect(description).toMatch(/Plot 6: .* And 2 more plots\.$/);
    expect(tables.length).toBe(1);
  });

  test('has a plot for each layer with values of its own, none for panels', async () => {
    const layer = ['loss', 'time'].map((field) => ({ mark: 'line' as const, encoding: { y: quantitative(field) } }));
    const layered = { data: { values: counted }, width, encoding: { x: quantitative('step') }, layer };
    for (const y of ['independent', 'shared'] as const) {
      const own = await drawn('Both', { ...layered, resolve: { scale: { y } } });
      expect(own.description).toMatch(/^loss against step, .* time against step, [^:]*: it rises from 0 to 20\.$/);
      expect(own.tables.map(({ plot, columns }) => [plot, columns])).toEqual([
        [undefined, ['step', 'loss']],
        [undefined, ['step', 'time']],
      ]);
    }
    const panels = { ...losses, encoding: { ...losses.encoding, column: { field: 'time', type: 'nominal' as const } } };
    expect((await drawn('One', { ...panels, width: 40 })).tables.length).toBe(1);
  });

  test('tells layers of other data or of a repetition, but not marks on the same values', async () => {
    const encoding = { x: quantitative('step'), y: quantitative('loss') };
    const line = { data: { values: counted }, mark: 'line' as const, encoding };
    const points = { ...line, mark: 'point' as const };
    const over = await drawn('Over', { layer: [line, points] });
    expect(over.tables.length).toBe(1);
    const other = await drawn('Other', { layer: [line, { ...points, data: { values: [{ step: 1.5, loss: 2.5 }] } }] });
    expect(other.description).toMatch(/it falls from 3 to 2, .* it is 2\.5 at 1\.5\.$/);
    expect(other.rows.at(-1)).toEqual({ step: 1.5, loss: 2.5 });
    for (const layout of [layouts.wide, layouts.narrow]) {
      const repeated = {
        data: { values: counted },
        repeat: { layer: ['loss', 'time'] },
        spec: {
          mark: 'line' as const,
          encoding: {
            x: quantitative('step'),
            y: { field: { repeat: 'layer' }, type: 'quantitative' },
            color: { datum: { repeat: 'layer' } },
          },
        },
      } as FigureSpec;
      const { description } = await drawn('Both', repeated, layout);
      expect(description).toMatch(/^loss against step, .* time against step/);
    }
  });

  test('tells two columns of an axis with one title apart', async () => {
    const layer = ['loss', 'time'].map((field) => ({
      mark: 'line' as const,
      encoding: { x: quantitative('step'), y: { ...quantitative(field), title: 'Value' } },
    }));
    const { tables } = await drawn('Both', { data: { values: counted }, layer });
    expect(tables.map(({ columns }) => columns[1])).toEqual(['Value', 'Value (time)']);
    const predicted = lines({
      layout,
      data: runs.map((row) => ({ ...row, law: 2 * row.J })),
      x: { field: 'step', title: 'Step' },
      y: { field: 'J', title: 'Loss' },
      series: 'run',
      predicted: 'law',
    });
    const both = await drawn('Both', predicted);
    expect(both.tables.map(({ plot, columns }) => [plot, ...columns])).toEqual([
      ['Loss', 'Step', 'sgd', 'adam'],
      ['Loss (law)', 'Step', 'sgd', 'adam'],
    ]);
  });
});

describe('tables', () => {
  test('put series side by side, thin long ones and keep their ends', async () => {
    const [table] = (await drawn('Loss', loss)).tables as [FigureTable];
    expect(table.columns).toEqual(['Step', 'sgd', 'adam']);
    expect(table.rows.length).toBe(24);
    expect([table.rows[0], table.rows.at(-1)]).toEqual([
      ['0', '1', '0.2'],
      ['99', '0.01', '0.695'],
    ]);
    expect(table.note).toMatch(/24 of 100/);
  });

  test('have the places of bars along x down and their series across', async () => {
    const values = ['a', 'b'].flatMap((name, i) => [
      { name, part: 'p', n: 1 },
      { name, part: 'q', n: i + 2 },
    ]);
    const { tables } = await drawn('Bars', {
      data: { values },
      mark: 'bar',
      encoding: {
        x: quantitative('n'),
        y: { field: 'name', type: 'nominal' },
        color: { field: 'part', type: 'nominal' },
      },
    });
    expect(tables[0]).toEqual({
      columns: ['name', 'p', 'q'],
      rows: [
        ['a', '1', '2'],
        ['b', '1', '3'],
      ],
    });
  });

  test('have what text says if there are no other marks', async () => {
    const nominal = (field: string) => ({ field, type: 'nominal' as const });
    const values = ['a', 'b'].flatMap((name, i) => [1, 2].map((step) => ({ name, step: `s${step}`, n: i + step })));
    const matrix = await drawn('Matrix', {
      data: { values },
      mark: 'text',
      encoding: { x: nominal('step'), y: nominal('name'), text: quantitative('n') },
    });
    expect(matrix.description).toMatch(/^n in 2 columns by step and 2 rows by name\. Lowest, 1, at step s1 and name a/);
    expect(matrix.tables[0]!.rows).toEqual([
      ['a', '1', '2'],
      ['b', '2', '3'],
    ]);
    const cloud = await drawn('Cloud', {
      data: { values: counted },
      mark: 'text',
      encoding: { x: quantitative('step'), y: quantitative('loss'), text: nominal('time') },
    });
    expect(cloud.description).toBe('3 items by step and loss.');
    expect(cloud.rows).toEqual(counted);
  });

  test('name a column without a title by its field', async () => {
    const { tables } = await drawn('Names', {
      data: { values: ['one', 'two'].map((name, n) => ({ name, n })) },
      mark: 'bar',
      encoding: {
        y: { field: 'name', type: 'nominal', title: '' },
        x: { field: 'n', type: 'quantitative', title: 'Count' },
      },
    });
    expect(tables[0]!.columns.toSorted()).toEqual(['Count', 'name']);
  });

  test('as CSV come back as they were', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ a: cell, b: cell }), { minLength: 1 }), (rows) => {
        expect(parseCsv(toCsv(rows))).toEqual([['a', 'b'], ...rows.map((row) => [String(row.a), String(row.b)])]);
      }),
    );
  });
});

/** Parses CSV as of RFC 4180. */
function parseCsv(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    line.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end !== ',') {
      lines.push(line);
      line = [];
    }
  }
  return lines;
}

describe('isolines', () => {
  const disc = Array.from({ length: 21 }, (_, row) =>
    Array.from({ length: 21 }, (_, column) => Math.hypot(column - 10, row - 10)),
  );

  test('of a distance are circles', () => {
    const [line, ...others] = isolines(disc, 6);
    expect(others).toEqual([]);
    for (const [x, y] of line!) expect(Math.hypot(x - 10, y - 10)).toBeCloseTo(6, 1);
    expect(line![0]).toEqual(line!.at(-1));
  });

  test('that leave the grid are cut at its edge', () => {
    const slope = disc.map((row) => row.map((_, column) => column));
    const [line, ...others] = isolines(slope, 7.25);
    expect(others).toEqual([]);
    expect(line!.map(([x]) => x)).toEqual(line!.map(() => 7.25));
    expect(new Set(line!.map(([, y]) => y)).size).toBe(21);
  });

  test('as bands, painted in order, give each grid point its bin', () => {
    const edges = [2.5, 5.5, 8.5, 12.5];
    const bands = isobands(disc, edges);
    const inside = (line: readonly (readonly [number, number])[], px: number, py: number): boolean =>
      line.reduce((odd, [x, y], i) => {
        const [x2, y2] = line[(i + 1) % line.length]!;
        return y > py !== y2 > py && px < x + ((py - y) / (y2 - y)) * (x2 - x) ? !odd : odd;
      }, false);
    for (let row = 1; row < 20; row++)
      for (let column = 1; column < 20; column++) {
        const painted = bands.filter(({ line }) => inside(line, column + 1e-6, row + 1e-6)).at(-1)?.bin ?? 0;
        expect(painted).toBe(edges.filter((edge) => disc[row]![column]! > edge).length);
      }
  });
});
