/** Rejects categories that look the same, since Vega repeats colours, shapes and dashes when they run out. */
import { FigureError } from '../errors.ts';
import type { VegaNode } from './vega-spec.ts';

type Scale = { domain(): readonly unknown[]; range(): readonly unknown[] };

/** Throws a `FigureError` if two categories look the same in all ordinal scales of their domain. Checks the top scope only. */
export function checkDistinct(figure: string, vega: VegaNode, scaleOf: (name: string) => Scale): void {
  const ordinalScales = (vega.scales ?? [])
    .filter(({ name, type }) => type === 'ordinal' && !name.endsWith('_domain'))
    .map(({ name }) => ({ name, domain: scaleOf(name).domain(), range: scaleOf(name).range() }))
    .filter(({ domain, range }) => range.length > 0 && domain.length > 0);
  for (const { name, domain, range } of ordinalScales) {
    const distinct = new Set(range.map(String)).size;
    if (domain.length <= range.length && !/color|fill|stroke$/.test(name)) continue;
    if (domain.length <= range.length && distinct === range.length) continue;
    const key = JSON.stringify(domain);
    const sameDomain = ordinalScales.filter((other) => JSON.stringify(other.domain) === key);
    const seen = new Set(
      domain.map((_, i) => sameDomain.map((other) => String(other.range[i % other.range.length])).join(' ')),
    );
    if (seen.size < domain.length && (domain.length > range.length || isRecycled(range)))
      throw new FigureError(
        figure,
        `${domain.length} categories in ${sameDomain.map((each) => each.name).join(' and ')}, which can tell ${seen.size} apart: ` +
          'add a `shape` or a `strokeDash` of the same field, group the rare ones, or show them in panels (`facet`)',
      );
  }
}

/** Whether a range repeats the palette; otherwise equal colours are the author's choice. */
const isRecycled = (range: readonly unknown[]): boolean => range.length > 10 && range[0] === range[10];
