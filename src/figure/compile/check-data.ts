/** Refuses figures of which Vega would draw nothing, or all in one place, without a word. */
import type { FigureSpec } from '../define-charts.ts';
import type { Unit } from '../describe/units.ts';
import { FigureError } from '../errors.ts';
import { specParts } from './unsupported.ts';
import type { VegaNode } from './vega-spec.ts';

/** Scale types that need two ends. */
const continuous = new Set(['linear', 'log', 'pow', 'sqrt', 'symlog', 'time', 'utc']);

const isNumeric = (value: unknown): boolean => typeof value === 'number' || value instanceof Date;

/** That nothing is drawn of something, with the filters of a specification. */
function noRows(spec: FigureSpec, what: string): string {
  const filters = [...specParts(spec)].flatMap(([key, { filter }]) => (key === 'transform' && filter ? [filter] : []));
  const texts = filters.map((each) => `\`${typeof each === 'string' ? each : JSON.stringify(each)}\``);
  return `draws ${what}, since no row is left${texts.length === 0 ? '' : `; its filters: ${texts.join(', ')}`}`;
}

/** Throws for a plot all of whose marks have no rows, which Vega would draw empty. */
export function checkRowsLeft(figure: string, spec: FigureSpec, units: readonly Unit[]): void {
  for (const inPlot of Map.groupBy(units, ({ plot }) => plot).values()) {
    const fields = inPlot.flatMap(({ channels }) => Object.values(channels).flatMap(({ field }) => field ?? []));
    if (fields.length > 0 && inPlot.every(({ rows }) => rows.length === 0))
      throw new FigureError(figure, noRows(spec, `nothing of ${[...new Set(fields)].join(', ')}`));
  }
}

/** Throws for a scale whose domain is empty or has one end, where Vega would silently draw nothing or all in one place. */
export function checkScales(
  figure: string,
  spec: FigureSpec,
  vega: VegaNode,
  scale: (name: string) => { domain(): readonly unknown[] },
): void {
  for (const { name, type } of vega.scales ?? []) {
    const domain = scale(name).domain();
    const hasNoEnd = (end: unknown): boolean => end === undefined || (isNumeric(end) && !Number.isFinite(Number(end)));
    if (domain.length === 0 || domain.some(hasNoEnd))
      throw new FigureError(figure, noRows(spec, `nothing on the scale ${name}`));
    if (domain.length === 1 && continuous.has(type ?? 'linear'))
      throw new FigureError(
        figure,
        `scale ${name} has one value, ${String(domain[0])}, for its domain: give it two ends, as in \`scale: { domain: [0, 10] }\``,
      );
  }
}
