/** Finds values outside of the domains of the axes that they are drawn along, which Vega would draw beside the plot or cut off. */
import { field as accessor, type FigureItem, type FigureScene } from 'vega';
import type { Row } from '../describe/rows.ts';
import { FigureError } from '../errors.ts';
import { channelSources, type LeafMark, markName } from './leaf-marks.ts';
import type { VegaNode } from './vega-spec.ts';

type Scale = { domain(): readonly unknown[] };
type Scales = Readonly<Record<string, { readonly value?: Scale } | undefined>>;

const continuous = new Set(['linear', 'log', 'pow', 'sqrt', 'symlog', 'time', 'utc']);
const times = new Set(['time', 'utc']);

/** Rounding of the ends of a domain and of the values in it. */
const tolerance = 1e-9;

/** Whether a mark has a length, which Vega-Lite begins at zero. */
const isFromZero = ({ type }: VegaNode): boolean => type === 'rect' || type === 'area';

/** Throws a `FigureError` for the first item of a mark that lies outside of its plot, unless the mark is clipped or the scale clamps. */
export function checkInsidePlot(figure: string, { mark, scales }: LeafMark, scenes: readonly FigureScene[]): void {
  // The names at the ends of lines go where the lines end.
  if (mark.clip === true || /(^|_)labels(_marks)?$/.test(mark.name ?? '')) return;
  for (const property of ['x', 'xc', 'x2', 'y', 'yc', 'y2']) {
    const rule = mark.encode?.update?.[property];
    for (const { scale: name = '', field, value } of channelSources(rule)) {
      const scale = scales.get(name);
      const type = scale?.type ?? 'linear';
      if (scale === undefined || !continuous.has(type) || scale.clamp === true) continue;
      const read = field === undefined ? () => value : (accessor(field) as unknown as (row: Row) => unknown);
      const text = (at: unknown): string =>
        times.has(type) ? new Date(Number(at)).toISOString().replace('T00:00:00.000Z', '') : String(Number(at));
      for (const scene of scenes) {
        const { context } = (scene.group ?? {}) as { readonly context?: { readonly scales: Scales } };
        const ends = (context?.scales[name]?.value?.domain() ?? []).map(Number);
        // One end is none: `checkScales` says so.
        if (ends.length < 2) continue;
        const [low, high] = [Math.min(...ends), Math.max(...ends)];
        const slack = tolerance * (high - low);
        const isOutside = ({ datum, defined }: FigureItem): boolean => {
          const at = Number(read(datum as Row));
          return defined !== false && (at < low - slack || at > high + slack);
        };
        const item = scene.items.find(isOutside);
        if (item === undefined) continue;
        const at = text(read(item.datum as Row));
        // A stack begins at a column that Vega-Lite adds.
        const own = isFromZero(mark) && field?.endsWith('_start') ? undefined : field;
        const what =
          own === undefined
            ? `${isFromZero(mark) ? 'begins' : 'has'} a ${markName(mark)} at ${at}`
            : `has ${at} in ${JSON.stringify(item.datum)}`;
        throw new FigureError(
          figure,
          `${what}, outside of the domain of ${property[0]}, ${text(low)} to ${text(high)}, so it would be drawn beside the plot: widen the domain, leave such rows out (\`transform: [{filter: …}]\`), or cut the drawing at the edge of the plot (\`mark: {type: '${markName(mark)}', clip: true}\`)`,
          own?.replace(/\\(.)/g, '$1').replace(/_(end|start)$/, ''),
        );
      }
    }
  }
}
