/** Tests which specifications and values are rejected, with a message that says what to do. */
import { describe, expect, test } from 'vitest';
import { chart, draw, marksIn, nominal, quantitative, refusal, values } from './draw.ts';

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
