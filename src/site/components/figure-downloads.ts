/** The files of every figure: SVG, Vega-Lite specification, data as CSV and as JSON. */
import type { APIRoute } from 'astro';
import { type Figure, standaloneSpec, standaloneSvg, toCsv } from '../../figure/index.ts';
import { tagOf } from './author-error.ts';
import { allFigures, drawFigure, type ListedFigure } from './figures.ts';

type Kind = 'svg' | 'json' | 'csv' | 'data.json';

const kinds: Readonly<Record<Kind, { type: string; text: (figure: Figure, listed: ListedFigure) => string }>> = {
  svg: { type: 'image/svg+xml', text: ({ svg }) => standaloneSvg(svg) },
  json: {
    type: 'application/json',
    text: ({ spec }, { chart }) => `${JSON.stringify(standaloneSpec(chart.title, spec), null, 1)}\n`,
  },
  csv: { type: 'text/csv', text: ({ rows }) => toCsv(rows) },
  'data.json': {
    type: 'application/json',
    text: ({ rows }, { of, show, result }) =>
      `${JSON.stringify({ experiment: of, chart: show, key: result.key, seeds: result.seeds, points: result.points, rows }, null, 1)}\n`,
  },
};

/** The routes of one kind of file, for `getStaticPaths`. */
export const figurePaths = async () =>
  (await allFigures()).map((listed) => ({ params: { of: listed.of, show: listed.show }, props: { listed } }));

/** Makes files of one kind; each kind has a route with its ending, without which the dev server wants a slash behind it. */
export const figureFile =
  (kind: Kind): APIRoute<{ listed: ListedFigure }> =>
  async ({ props: { listed } }) => {
    const { of, show } = listed;
    const asked = { of, show, at: `experiments/${of}.charts.ts`, tag: tagOf('Chart', { of, show }) };
    const { wide } = await drawFigure(asked);
    const { type, text } = kinds[kind];
    return new Response(text(wide, listed), { headers: { 'Content-Type': type } });
  };
