/**
 * Histograms of several groups, such as the layers of a network, one above the other with a shared x axis.
 *
 * ```ts
 * histograms({ layout, groups: [{ name: 'layer 1', values: a1 }, …], title: 'Activation', domain: [-1, 1] })
 * ```
 */
import { inputCheck, option } from '../check-input.ts';
import type { FigureSpec, Layout } from '../define-charts.ts';
import { formatNumber } from '../describe/number-format.ts';
import { colour } from '../palette.ts';
import { extent, type Layer, withDescription } from './axis.ts';

/** What `histograms` takes. */
export type Histograms = {
  /** The layout to draw for, as the chart's `spec` receives it. */
  readonly layout: Layout;
  /** One histogram each, from the top down. */
  readonly groups: readonly {
    /** Stands to the left of the histogram. */
    readonly name: string;
    /** The sample, unbinned. */
    readonly values: readonly number[];
  }[];
  /** Title of the shared x axis. */
  readonly title: string;
  /** Ends of the axis. Omitted: the extremes. Values outside count in the outermost bins. */
  readonly domain?: readonly [low: number, high: number];
  /** Number of bins; 40 if omitted. */
  readonly bins?: number;
};

/** The fraction of the values in each of `bins` equal bins between `low` and `high`. */
export function binFractions(
  values: readonly number[],
  [low, high]: readonly [number, number],
  bins: number,
): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * bins)));
    counts[bin]! += 1 / values.length;
  }
  return counts;
}

const check = inputCheck<Histograms>('histograms', {
  layout: option.layout,
  groups: option.listOf(option.object({ name: option.text, values: option.list('numbers') })),
  title: option.text,
  domain: option.ends.optional(),
  bins: option.number.optional(),
});

/** Histograms by group as a specification. Each row is scaled to its highest bin. */
export function histograms(input: Histograms): FigureSpec {
  check(input);
  const { layout, groups, title, bins = 40, domain } = input;
  const all = groups.flatMap(({ values }) => values);
  const ends = domain ?? extent(all);
  const width = (ends[1] - ends[0]) / bins;
  const rows = groups.flatMap(({ name, values }, g) => {
    const parts = binFractions(values, ends, bins);
    const highest = Math.max(...parts);
    return parts.map((part, i) => ({
      group: name,
      from: ends[0] + i * width,
      to: ends[0] + (i + 1) * width,
      part,
      base: -g,
      top: -g + (0.86 * part) / highest,
    }));
  });
  const summaries = groups.map(({ name, values }) => ({ group: name, ...summarize(values) }));
  const y = {
    field: 'top',
    type: 'quantitative',
    axis: null,
    scale: { domain: [-(groups.length - 1), 1], nice: false, zero: false },
  };
  const x = { field: 'from', type: 'quantitative', title, scale: { domain: [...ends], nice: false, zero: false } };
  return {
    ...withDescription(
      `${title} in ${groups.length} histograms. ${summaries.map(({ group, lowest, highest, deviation }) => `${group}: ${formatNumber(lowest)} to ${formatNumber(highest)}, standard deviation ${formatNumber(deviation)}`).join('; ')}.`,
      summaries,
    ),
    height: groups.length * (layout.name === 'wide' ? 44 : 40),
    data: { values: rows },
    layer: [
      {
        mark: { type: 'rule', color: colour('rule'), strokeDash: [1, 0] },
        data: { values: groups.map((_, g) => ({ base: -g })) },
        encoding: { y: { ...y, field: 'base' } },
      },
      {
        mark: { type: 'rect', color: colour('c1') },
        encoding: {
          x,
          x2: { field: 'to' },
          y,
          y2: { field: 'base' },
          tooltip: [
            { field: 'group', type: 'nominal', title: 'in' },
            { field: 'from', type: 'quantitative', title: 'from', format: '.3~g' },
            { field: 'to', type: 'quantitative', title: 'to', format: '.3~g' },
            { field: 'part', type: 'quantitative', title: 'part', format: '.1~%' },
          ],
        },
      },
      {
        data: { values: groups.map(({ name }, g) => ({ name, base: -g })) },
        mark: { type: 'text', align: 'right', baseline: 'bottom', dx: -8, dy: -2, color: colour('ink-soft') },
        encoding: { x: { value: 0 }, y: { ...y, field: 'base' }, text: { field: 'name', type: 'nominal' } },
      },
    ] as Layer[],
  } as FigureSpec;
}

/** Extremes, mean and standard deviation of some values. */
function summarize(values: readonly number[]): { lowest: number; highest: number; mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const [lowest, highest] = extent(values);
  return { lowest, highest, mean, deviation: Math.sqrt(variance) };
}
