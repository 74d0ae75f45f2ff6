/** Categories that look the same are an error: colours, shapes and dashes start again when they run out. */
import { FigureError } from './errors.ts';
import type { VegaNode } from './vega-spec.ts';

type Scale = { domain(): readonly unknown[]; range(): readonly unknown[] };

/** Throws if two categories of the top scope's ordinal scales look alike in all that tells them apart. */
export function checkEncodings(figure: string, vega: VegaNode, scaleOf: (name: string) => Scale): void {
  const looks = (vega.scales ?? [])
    .filter(({ name, type }) => type === 'ordinal' && !name.endsWith('_domain'))
    .map(({ name }) => ({ name, domain: scaleOf(name).domain(), range: scaleOf(name).range() }))
    .filter(({ domain, range }) => range.length > 0 && domain.length > 0);
  for (const { name, domain, range } of looks) {
    const distinct = new Set(range.map(String)).size;
    if (domain.length <= range.length && !/color|fill|stroke$/.test(name)) continue;
    if (domain.length <= range.length && distinct === range.length) continue;
    const key = JSON.stringify(domain);
    const like = looks.filter((other) => JSON.stringify(other.domain) === key);
    const seen = new Set(
      domain.map((_, i) => like.map((other) => String(other.range[i % other.range.length])).join(' ')),
    );
    if (seen.size < domain.length && (domain.length > range.length || isRecycled(range)))
      throw new FigureError(
        figure,
        `${domain.length} categories in ${like.map((each) => each.name).join(' and ')}, which can tell ${seen.size} apart: ` +
          'add a `shape` or a `strokeDash` of the same field, group the rare ones, or show them in panels (`facet`)',
      );
  }
}

/** Whether a range is the palette begun anew, rather than an author's choice of the same colour twice. */
const isRecycled = (range: readonly unknown[]): boolean => range.length > 10 && range[0] === range[10];
