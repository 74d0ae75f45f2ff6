/** The files of every figure: SVG, Vega-Lite specification, data as CSV and as JSON. */
import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { type Figure, standaloneSpec, standaloneSvg, toCsv } from '../../../../figure/index.ts';
import { tagOf } from '../../../components/author-error.ts';
import { allFigures, drawFigure, type ListedFigure } from '../../../components/figures.ts';

const kinds: Readonly<Record<string, { type: string; text: (figure: Figure, listed: ListedFigure) => string }>> = {
  '.svg': { type: 'image/svg+xml', text: ({ svg }) => standaloneSvg(svg) },
  '.json': {
    type: 'application/json',
    text: ({ spec }, { chart }) => `${JSON.stringify(standaloneSpec(chart.title, spec), null, 1)}\n`,
  },
  '.csv': { type: 'text/csv', text: ({ rows }) => toCsv(rows) },
  '.data.json': {
    type: 'application/json',
    text: ({ rows }, { of, show, result }) =>
      `${JSON.stringify({ experiment: of, chart: show, key: result.key, seeds: result.seeds, points: result.points, rows }, null, 1)}\n`,
  },
};

export const getStaticPaths = async () =>
  (await allFigures()).flatMap((listed) =>
    Object.keys(kinds).map((kind) => ({
      params: { of: listed.of, file: listed.show + kind },
      props: { listed, kind },
    })),
  );

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = async ({ props: { listed, kind } }) => {
  const { of, show } = listed;
  const { wide } = await drawFigure({
    of,
    show,
    at: `experiments/${of}.charts.ts`,
    tag: tagOf('Chart', { of, show }),
  });
  const { type, text } = kinds[kind]!;
  return new Response(text(wide, listed), { headers: { 'Content-Type': type } });
};
