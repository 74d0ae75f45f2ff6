/** The bars of the README: what peers are compared by, as SVG in the colours of one scheme. */
import { type Chart, colour, type FigureSpec, layouts, renderFigure } from '../../../src/figure/index.ts';
import { resolveColours } from '../../../src/figure/palette.ts';
import { createOutliner } from '../../../src/figure/text/outline.ts';

/** A quantity with its value for each peer, by name. */
export type Compared = {
  readonly title: string;
  readonly unit: string;
  readonly values: Readonly<Record<string, number>>;
};

const panel = ({ title, unit, values }: Compared): object => {
  const rows = Object.entries(values).map(([name, value], i) => ({
    name,
    value,
    text: `${value} ${unit}`,
    own: i === 0,
  }));
  const y = { field: 'name', type: 'nominal', sort: null, title: null, axis: { ticks: false, domain: false } };
  const x = { field: 'value', type: 'quantitative', axis: null };
  return {
    title: { text: title, anchor: 'start', fontSize: 12 },
    width: 420,
    height: { step: 22 },
    data: { values: rows },
    layer: [
      {
        mark: { type: 'bar', height: 14 },
        encoding: {
          x,
          y,
          color: {
            field: 'own',
            type: 'nominal',
            legend: null,
            scale: { domain: [true, false], range: [colour('c1'), colour('ink-soft')] },
          },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 5, color: colour('ink') },
        encoding: { x, y, text: { field: 'text', type: 'nominal' } },
      },
    ],
  };
};

/** Draws the quantities, one below the other. Letters are outlines. */
export async function peerBars(compared: readonly Compared[], scheme: 'light' | 'dark'): Promise<string> {
  const chart: Chart = {
    title: 'Measured beside its peers',
    spec: () => ({ spacing: 18, resolve: { scale: { x: 'independent' } }, vconcat: compared.map(panel) }) as FigureSpec,
  };
  const result = { records: [], measures: {} };
  const { svg } = await renderFigure({
    name: 'peers.bars',
    chart,
    result,
    layout: layouts.wide,
    outline: createOutliner(),
  });
  return `${resolveColours(svg, scheme)}\n`;
}
