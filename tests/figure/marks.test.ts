/** Tests marks in both layouts and as standalone files, and social images. */
import fc from 'fast-check';
import lzString from 'lz-string';
import { describe, expect, test } from 'vitest';
import { wrapTitle } from '../../src/figure/compile/wrap-title.ts';
import {
  type Chart,
  contours,
  type FigureSpec,
  flow,
  histograms,
  type Layout,
  layouts,
  lines,
  renderFigure,
  standaloneSpec,
  standaloneSvg,
  strip,
  vegaEditorUrl,
} from '../../src/figure/index.ts';
import { binFractions } from '../../src/figure/marks/histograms.ts';
import { socialPng } from '../../src/figure/social-image.ts';
import { textWidth } from '../../src/figure/text/metrics.ts';

const result = { records: [], measures: {} };
const both = [layouts.wide, layouts.narrow] as const;

const chartOf = (spec: (layout: Layout) => FigureSpec): Chart => ({
  title: 'A chart',
  spec: ({ layout }: { layout: Layout }) => spec(layout),
});

const drawn = (spec: (layout: Layout) => FigureSpec, layout: Layout) =>
  renderFigure({ name: 'test.marks', chart: chartOf(spec), result, layout });

const slope = Array.from({ length: 9 }, () => Array.from({ length: 9 }, (_, column) => column / 8));
const plane = (layout: Layout) =>
  contours({
    layout,
    values: slope,
    x: { title: 'Weight', domain: [-2, 2] },
    y: { title: 'Bias', domain: [0, 1] },
    value: { title: 'Probability', edges: [0.25, 0.5, 0.75] },
    level: 0.5,
    points: [{ x: 1, y: 0.5, class: 'one' }],
  });
const bars = (layout: Layout) =>
  histograms({
    layout,
    groups: ['first', 'second'].map((name, g) => ({ name, values: Array.from({ length: 50 }, (_, i) => (i % 7) + g) })),
    title: 'Activation',
  });
const arrows = (layout: Layout) =>
  flow({
    layout,
    layers: ['input', 'hidden', 'output'],
    forward: ['up one', 'up two'],
    errors: ['', 'error h', 'error o'],
    backward: ['', 'down two'],
    gradients: ['outer one', 'outer two'],
  });
const seeds = (layout: Layout) =>
  strip({
    layout,
    data: [10, 20].flatMap((n) => [0.1, 0.2, 0.4].map((value) => ({ n, value: value / n }))),
    category: { field: 'n', title: 'Fan-in' },
    value: { field: 'value', title: 'Variance' },
    intervals: [10, 20].map((n) => ({ n, value: 0.2 / n, low: 0.1 / n, high: 0.4 / n })),
  });
const curves = (layout: Layout) =>
  lines({
    layout,
    data: [0, 1, 2].flatMap((step) => ['a', 'b'].map((run) => ({ step, J: step * step, run }))),
    x: { field: 'step', title: 'Step' },
    y: { field: 'J', title: 'Loss' },
    series: 'run',
  });

const marks = { contours: plane, histograms: bars, flow: arrows, strip: seeds, lines: curves };

describe.each(Object.entries(marks))('%s', (_, spec) => {
  test.each(both)('fills the $name layout to the pixel, with finite numbers only', async (layout) => {
    const { svg } = await drawn(spec, layout);
    expect(Number(/viewBox="0 0 ([\d.]+) /.exec(svg)?.[1])).toBeCloseTo(layout.width, 0);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  test('has rows to tabulate and words to describe it', async () => {
    const {
      rows,
      tables: [table],
      description,
    } = await drawn(spec, layouts.wide);
    expect(rows.length).toBeGreaterThan(0);
    expect(table!.columns.length).toBeGreaterThan(0);
    expect(description).toMatch(/\S{3}/);
  });

  test('stands alone as a file: no custom property is left in SVG or specification', async () => {
    const figure = await drawn(spec, layouts.wide);
    expect(standaloneSvg(figure.svg)).not.toContain('var(');
    expect(JSON.stringify(standaloneSpec('A chart', figure.spec))).not.toContain('var(');
  });

  test('opens in the Vega editor as the very specification', async () => {
    const { spec: written } = await drawn(spec, layouts.wide);
    const whole = standaloneSpec('A chart', written);
    const packed = vegaEditorUrl(whole).split('/vega-lite/')[1]!;
    expect(JSON.parse(lzString.decompressFromEncodedURIComponent(packed))).toEqual(whole);
  });
});

test.each(both)('a flow shows every name that it is given, in the $name layout', async (layout) => {
  const { svg } = await drawn(arrows, layout);
  for (const name of ['input', 'hidden', 'output', 'up one', 'up two', 'error h', 'error o', 'down two', 'outer two'])
    expect(svg).toContain(name);
});

test('the bins of a histogram hold every value once, those outside in the outermost', () => {
  const value = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), fc.integer({ min: 1, max: 60 }), (values, bins) => {
      const parts = binFractions(values, [-1, 1], bins);
      expect(parts).toHaveLength(bins);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 9);
      const below = values.filter((each) => each < -1).length / values.length;
      expect(parts[0]).toBeGreaterThanOrEqual(below - 1e-9);
    }),
  );
});

describe('a social image', () => {
  test('breaks a title at spaces only, into lines that fit unless one word does not', () => {
    const word = fc.stringMatching(/^[A-Za-z]{1,12}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 60, max: 900 }),
        (words, limit) => {
          const broken = wrapTitle(words.join(' '), (line) => textWidth(line, 40, 600) <= limit);
          expect(broken.join(' ')).toBe(words.join(' '));
          for (const line of broken) expect(!line.includes(' ') || textWidth(line, 40, 600) <= limit).toBe(true);
        },
      ),
    );
  });

  test.each([undefined, { name: 'test.marks', chart: chartOf(curves), result }])(
    'is a PNG of 1200 × 630, the same bytes each time (figure %#)',
    async (figure) => {
      const image = { title: 'A title of several words that needs lines', site: 'Site', ...(figure ? { figure } : {}) };
      const png = Buffer.from((await socialPng(image)).png);
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
      expect(Buffer.from((await socialPng(image)).png).equals(png)).toBe(true);
    },
  );
});
