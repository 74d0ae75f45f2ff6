/** Tests that the chart helpers say which options they do not have, which they lack, and how to write them. */
import { describe, expect, test } from 'vitest';
import {
  area,
  bars,
  box,
  colour,
  contours,
  dots,
  flow,
  heatmap,
  histograms,
  layouts,
  lines,
  network,
  renderFigure,
  rule as ruleAt,
  scatter,
  strip,
  table,
} from '../../src/figure/index.ts';
import { last, loss, rows, rule, step } from './rows.ts';

describe('options that are no options', () => {
  const layout = layouts.wide;
  const categories = { layout, data: last, category: rule, value: loss };
  const points = { layout, data: rows, x: step, y: loss };
  const numbers = { title: 'x', domain: [0, 1] };
  /** Each helper with no more than it needs. */
  const calls: Record<string, [helper: (input: never) => unknown, input: object]> = {
    lines: [lines, points],
    area: [area, { ...points, data: rows.slice(0, 5) }],
    scatter: [scatter, points],
    bars: [bars, categories],
    box: [box, categories],
    dots: [dots, categories],
    strip: [strip, categories],
    heatmap: [heatmap, { ...points, y: rule, value: loss }],
    table: [table, { layout, data: last, columns: [loss] }],
    contours: [
      contours,
      {
        layout,
        values: [
          [0, 1],
          [2, 3],
        ],
        x: numbers,
        y: numbers,
        value: { title: 'z', edges: [1] },
      },
    ],
    histograms: [histograms, { layout, groups: [{ name: 'a', values: [1, 2] }], title: 'x' }],
    network: [network, { layout, weights: [[[1, 2]]] }],
    flow: [flow, { layout, layers: ['x', 'y'], forward: ['W'], errors: ['e', 'd'], backward: ['W'] }],
  };

  test.each(Object.entries(calls))('%s says what it does not know and what it lacks', (name, [helper, input]) => {
    const given = (options: object) => () => helper(options as never);
    expect(given(input)).not.toThrow();
    expect(given({ ...input, titel: 'x' })).toThrow(`${name}: there is no option titel; `);
    for (const [option, value] of Object.entries(input)) {
      expect(given({ ...input, [option]: undefined })).toThrow(`${name}: ${option} is missing; write a`);
      if (Array.isArray(value) || typeof value === 'string') continue;
      expect(given({ ...input, [option]: { ...value, tilte: 'x' } })).toThrow(
        `${name}: there is no option ${option}.tilte; `,
      );
    }
  });

  const wrong: [options: object, message: string][] = [
    [{ serie: 'rule' }, 'there is no option serie; did you mean series?'],
    [{ x: 'step' }, 'x is “step”; write an object { field, title, '],
    [{ x: { field: 'step' } }, 'x.title is missing; write a text'],
    [{ y: { ...loss, scale: 'logarithmic' } }, 'y.scale is “logarithmic”; write one of linear, log, symlog, category'],
    [{ y: { ...loss, domain: 3 } }, 'y.domain is 3; write a list of two, [low, high]'],
    [{ interpolate: 'smooth' }, 'interpolate is “smooth”; write one of linear, step-after, monotone'],
  ];
  test.each(wrong)('%o', (options, message) => {
    expect(() => lines({ ...points, ...options } as never)).toThrow(`lines: ${message}`);
  });

  test('of rules, colours and charts', async () => {
    expect(() => ruleAt({ y: 1, lable: 'one' } as never)).toThrow(
      'rule: there is no option lable; did you mean label?',
    );
    for (const place of [{}, { x: 1, y: 1 }]) expect(() => ruleAt(place as never)).toThrow('rule: write either x or y');
    expect(() => colour('c7' as never)).toThrow('there is no colour “c7”; there are paper,');
    const spec = () => lines(points);
    const said = (chart: unknown) =>
      renderFigure({ name: 'x.loss', chart: chart as never, result: { records: [], measures: {} }, layout }).then(
        () => '',
        (error: Error) => error.message,
      );
    expect(await said({ titel: 'Loss', spec })).toBe(
      'figure x.loss: chart: there is no option titel; did you mean title?',
    );
    expect(await said({ spec })).toBe('figure x.loss: chart: title is missing; write a text');
    expect(await said({ title: 'Loss', spec, frame: () => [] })).toMatch('no option frame; did you mean frames?');
    expect(await said({ title: 'Loss', spec: lines(points) })).toMatch(/chart: spec is .*write a function \(/);
    expect(await said(spec)).toMatch('chart: write { title, describe, ');
  });
});
