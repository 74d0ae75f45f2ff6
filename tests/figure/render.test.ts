/** Tests the rendering of figures: size, ids, colours, accessibility, merged shapes and errors. */
import { describe, expect, test } from 'vitest';
import { compileFigure } from '../../src/figure/compile/compile.ts';
import {
  type Chart,
  colour,
  FigureError,
  type FigureSpec,
  layouts,
  lines,
  renderFigure,
  rule,
} from '../../src/figure/index.ts';

const result = { records: [], measures: {} };
const rows = Array.from({ length: 30 }, (_, step) => ({
  step,
  J: 0.7 * 0.9 ** step,
  run: step % 2 === 0 ? 'even' : 'odd',
}));

const chartOf = (spec: (layout: (typeof layouts)['wide']) => FigureSpec): Chart => ({
  title: 'Loss by step',
  spec: ({ layout }: { layout: (typeof layouts)['wide'] }) => spec(layout),
});

const drawn = (spec: FigureSpec, layout = layouts.wide) =>
  renderFigure({ name: 'test.loss', chart: chartOf(() => spec), result, layout });

const line = (encoding: object, data: readonly object[] = rows): FigureSpec =>
  ({ data: { values: data }, mark: 'line', encoding }) as FigureSpec;

const x = { field: 'step', type: 'quantitative' };
const y = { field: 'J', type: 'quantitative' };

const loss = chartOf((layout) =>
  lines({
    layout,
    data: rows,
    x: { field: 'step', title: 'Step' },
    y: { field: 'J', title: 'Loss J', scale: 'log' },
    series: 'run',
    layers: rule({ y: 0.1, label: 'predicted' }),
  }),
);

describe('a figure', () => {
  test('is the same text each time, whatever was drawn before', async () => {
    const request = { name: 'test.loss', chart: loss, result, layout: layouts.wide };
    const first = await renderFigure(request);
    await renderFigure({ ...request, layout: layouts.narrow });
    await drawn({ ...line({ x, y }), mark: { type: 'line', clip: true } } as FigureSpec);
    expect((await renderFigure(request)).svg).toBe(first.svg);
  });

  test('fills its layout to the pixel', async () => {
    for (const layout of [layouts.wide, layouts.narrow]) {
      const { svg } = await renderFigure({ name: 'test.loss', chart: loss, result, layout });
      expect(svg).toMatch(new RegExp(`^<svg [^>]*width="${layout.width}"`));
    }
  });

  test('of panels is called again with less room until it fits', async () => {
    const chart = chartOf((layout) => ({
      data: { values: rows },
      hconcat: [1, 2].map(() => ({ width: layout.width / 2, mark: 'line' as const, encoding: { x, y } as object })),
    }));
    const { svg } = await renderFigure({ name: 'test.panels', chart, result, layout: layouts.narrow });
    expect(svg).toMatch(/^<svg [^>]*width="320"/);
  });

  test('that cannot become narrow enough is an error', async () => {
    const chart = chartOf(() => ({ width: 900, ...line({ x, y }) }));
    await expect(renderFigure({ name: 'test.big', chart, result, layout: layouts.wide })).rejects.toThrow(
      /figure test\.big: is \d+ px wide, \d+ px more than the wide layout has/,
    );
  });

  test('names every id after itself', async () => {
    const { svg } = await renderFigure({
      name: 'test.loss',
      chart: loss,
      result,
      layout: layouts.wide,
      id: 'fig-loss',
    });
    const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(1);
    expect(ids.filter((id) => !id!.startsWith('fig-loss-'))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has no colour that does not follow the scheme, and no text below 11 px', async () => {
    for (const layout of [layouts.wide, layouts.narrow]) {
      const { svg } = await renderFigure({ name: 'test.loss', chart: loss, result, layout });
      expect(svg.replace(/var\(--[a-z0-9-]+, #[0-9a-f]+\)/g, '')).not.toMatch(/#[0-9a-f]{3,8}\b(?!-)|rgb|black|white/);
      for (const [, size] of svg.matchAll(/font-size="([\d.]+)"/g)) expect(Number(size)).toBeGreaterThanOrEqual(11);
    }
  });

  test('is an image with a title and a description', async () => {
    const { svg, description } = await renderFigure({ name: 'test.loss', chart: loss, result, layout: layouts.wide });
    expect(svg).toContain('role="img"');
    expect(svg).toMatch(/<title id="[^"]*">Loss by step<\/title><desc id="[^"]*">/);
    expect(svg).toContain(description);
  });

  test('carries native tooltips on its points', async () => {
    const { svg } = await drawn({ ...line({ x, y }, rows.slice(0, 2)), mark: 'point' } as FigureSpec);
    expect(svg).toContain('<title>step: 1\nJ: 0.63</title>');
  });

  describe('on phones, which have no tooltips', () => {
    const paths = async (spec: object): Promise<number> => {
      const { svg } = await drawn(spec as FigureSpec, layouts.narrow);
      return [...svg.matchAll(/<path[^>]* d="M[\d.,-]+V/g)].length;
    };
    const cells = Array.from({ length: 24 }, (_, i) => ({ step: i % 6, J: Math.floor(i / 6), run: `${i % 2}` }));
    const color = { field: 'run', type: 'nominal', scale: { range: [colour('c1'), colour('c2')] }, legend: null };

    test('of opaque shapes that are the same one is drawn', async () => {
      const ticksOf = (opacity: number) =>
        drawn({
          data: { values: [1, 1, 2, 1].map((v) => ({ v })) },
          mark: { type: 'tick', opacity },
          encoding: { x: { field: 'v', type: 'quantitative' } },
        } as FigureSpec);
      const ticks = async (opacity: number) => {
        const { svg } = await ticksOf(opacity);
        return [...svg.matchAll(/<title>v: (\d)<\/title>/g)].map(([, v]) => v).join('');
      };
      expect(await ticks(1)).toBe('21');
      expect(await ticks(0.5)).toBe('1121');
    });

    test('the outline of stacked bars with rounded corners lies over them', async () => {
      const { svg } = await drawn({
        data: { values: cells },
        mark: { type: 'bar', cornerRadius: 6, stroke: colour('ink') },
        encoding: { x: { ...x, type: 'ordinal' }, y: { aggregate: 'count' }, color },
      } as FigureSpec);
      expect(svg).toMatch(/<\/g><path d="M[^"]*C[^"]*" stroke="var\(--ink/);
    });

    test('cells of one colour are one path', async () => {
      const encoding = { x: { ...x, type: 'ordinal' }, y: { ...y, type: 'ordinal' }, color };
      expect(await paths({ data: { values: cells }, mark: 'rect', encoding })).toBe(2);
    });

    test.each([
      ['bars of one colour that overlap are one path', {}, 1],
      ['unless they shine through', { opacity: 0.5 }, 24],
      ['or have an outline', { stroke: colour('ink') }, 24],
    ])('%s', async (_, look, expected) => {
      const values = cells.map((_, i) => ({ step: i, until: i + 5 }));
      const mark = { type: 'rect', color: colour('c1'), ...look };
      expect(await paths({ data: { values }, mark, encoding: { x, x2: { field: 'until' } } })).toBe(expected);
    });
  });

  test('writes author text escaped', async () => {
    const { svg } = await drawn(line({ x: { ...x, title: '<b>&"' }, y }));
    expect(svg).toContain('&lt;b&gt;&amp;&quot;');
  });
});

describe('what is wrong stops the build, with figure and field', () => {
  const cases: [what: string, spec: FigureSpec, message: RegExp][] = [
    [
      'a misspelt field',
      line({ x, y: { ...y, field: 'j' } }),
      /test\.loss, field “j”: is not in the data, which has step, J, run; nearest: J/,
    ],
    ['a misspelt field in a tooltip', line({ x, y, tooltip: [{ field: 'stp' }] }), /field “stp”.*nearest: step/],
    [
      'a misspelt field in a filter',
      { ...line({ x, y }), transform: [{ filter: 'datum.stepp > 3' }] } as FigureSpec,
      /field “stepp”/,
    ],
    ['no rows', line({ x, y }, []), /test\.loss: its data is empty/],
    ['data from elsewhere', { ...line({ x, y }), data: { url: 'data.csv' } } as FigureSpec, /carries its data inline/],
    ['NaN', line({ x, y }, [{ step: 1, J: Number.NaN }]), /field “J”: row 0 of 1 has NaN/],
    ['a number left out', line({ x, y }, [{ step: 1, J: 2 }, { step: 2 }]), /field “J”: missing in row 1 of 2/],
    ['null among numbers', line({ x, y }, [{ step: 1, J: null }]), /field “J”: row 0 of 1 has null/],
    [
      'zero on a log scale',
      line({ x, y: { ...y, scale: { type: 'log' } } }, [{ step: 1, J: 0 }]),
      /field “J”.*log scale/,
    ],
    ['a warning of Vega-Lite', line({ x, y: { ...y, scale: { type: 'log', zero: true } } }), /zero/],
    [
      'a literal colour',
      { ...line({ x, y }), mark: { type: 'line', color: '#ff0000' } } as FigureSpec,
      /stroke is the literal colour #ff0000; use colour\(\)/,
    ],
    [
      'small text',
      { ...line({ x, y }), mark: { type: 'text', text: 'tiny', fontSize: 9 } } as FigureSpec,
      /“tiny” is 9 px; the smallest is 11 px/,
    ],
    [
      'everything filtered away',
      { ...line({ x, y }), transform: [{ filter: 'datum.step > 99' }] } as FigureSpec,
      /test\.loss: draws nothing of step, .*no row is left; its filters: /,
    ],
  ];
  test.each(cases)('%s', async (_, spec, message) => {
    const error = await drawn(spec).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FigureError);
    expect((error as FigureError).message).toMatch(message);
  });
});

test.each(['wide', 'narrow'] as const)('what stands at the end of an axis is within the drawing (%s)', async (name) => {
  for (const ends of [3.5, 3.55, 3.6, 3.7].flatMap((high) => [0.5, 0.75, 1].map((low) => [low, high] as const))) {
    const spec = lines({
      layout: layouts[name],
      data: [0.75, 1.25, 2, 3.5].map((v) => ({ v, share: v / 4 })),
      x: { field: 'v', title: 'Variance', domain: ends },
      y: { field: 'share', title: 'Share', domain: [0, 1.1], format: '.0%' },
      points: true,
    });
    const { root, width, origin } = await compileFigure('test.ends', spec, layouts[name]);
    expect(origin[0] + root.items[0]!.bounds.x2, ends.join(' to ')).toBeLessThanOrEqual(width);
  }
});
