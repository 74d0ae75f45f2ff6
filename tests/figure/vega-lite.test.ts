/** Tests arbitrary Vega-Lite specifications: each is drawn as it is, the same bytes anywhere, with names that can be read. */
import { describe, expect, test } from 'vitest';
import { colour, type Figure, layouts, sequential, steps, toCsv } from '../../src/figure/index.ts';
import { chart, draw, marksIn, nominal, quantitative, refusal, values } from './draw.ts';

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

  test('the rows of an author stay as they are, in a list and below a property', async () => {
    const frozen = values.map((row) => Object.freeze({ ...row }));
    const encoding = { x: quantitative('w'), y: quantitative('v') };
    for (const data of [{ values: frozen }, { values: { rows: frozen }, format: { property: 'rows' } }])
      expect(marksIn((await draw({ data, mark: 'point', encoding })).svg)).toBe(4);
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
