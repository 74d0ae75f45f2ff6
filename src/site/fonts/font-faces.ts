/** Parses style sheets: their rules and their font faces. */
import { generate, parse, walk } from 'css-tree';
import type { CodePoints } from '../../figure/text/font.ts';

/** An `@font-face` rule: `url` is that of its first source. */
export type StyledFace = {
  readonly family: string;
  readonly url: string;
  readonly italic: boolean;
  readonly weight: CodePoints;
  readonly characters: readonly CodePoints[];
};

/** The characters of a face without `unicode-range`. */
export const allCodePoints: readonly CodePoints[] = [[0, 0x10ffff]];

/** Parses a `unicode-range` such as `U+2010-2026, U+21??`. */
function codePoints(range: string): CodePoints[] {
  return [...range.matchAll(/U\+([\da-f?]+)(?:-([\da-f]+))?/gi)].map(([, first, last]) => [
    Number.parseInt(first!.replaceAll('?', '0'), 16),
    Number.parseInt(last ?? first!.replaceAll('?', 'f'), 16),
  ]);
}

/** Code points as sorted ranges. */
export function toRanges(points: Iterable<number>): CodePoints[] {
  const found: [number, number][] = [];
  for (const point of [...points].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[1] === point - 1) last[1] = point;
    else found.push([point, point]);
  }
  return found;
}

/** Code points as the value of `unicode-range`. */
export function unicodeRange(points: Iterable<number>): string {
  const hex = (point: number) => point.toString(16).toUpperCase();
  return toRanges(points)
    .map(([first, last]) => `U+${hex(first)}${last > first ? `-${hex(last)}` : ''}`)
    .join();
}

/** A style rule: its selectors, `@font-face` for a face, and its values by their properties. */
export type StyleRule = { readonly selectors: readonly string[]; readonly properties: ReadonlyMap<string, string> };

/** The style rules and faces of a sheet in order, also those inside `@media` and the like. */
export function styleRules(css: string): StyleRule[] {
  const rules: StyleRule[] = [];
  walk(parse(css, { parseRulePrelude: false, parseValue: false }), (node) => {
    const isFace = node.type === 'Atrule' && node.name === 'font-face';
    if ((node.type !== 'Rule' && !isFace) || !node.block) return;
    const properties = new Map<string, string>();
    for (const child of node.block.children) {
      if (child.type === 'Declaration') properties.set(child.property, generate(child.value));
    }
    const selectors = node.type === 'Rule' ? generate(node.prelude).split(',') : ['@font-face'];
    rules.push({ selectors: selectors.map((each) => each.trim()), properties });
  });
  return rules;
}

/** The `@font-face` rules with a `url(…)`, in order. */
export function fontFaces(css: string): StyledFace[] {
  return styleRules(css).flatMap(({ selectors, properties }) => {
    const url = /url\(\s*["']?([^"')]+)/.exec(properties.get('src') ?? '')?.[1];
    if (selectors[0] !== '@font-face' || !url) return [];
    const weights = (properties.get('font-weight') ?? '400').replace('normal', '400').replace('bold', '700').split(' ');
    const [from, to = from] = weights.map(Number);
    return {
      family: (properties.get('font-family') ?? '').replace(/^["']|["']$/g, ''),
      url,
      italic: /italic|oblique/.test(properties.get('font-style') ?? ''),
      weight: [from!, to!],
      characters: properties.has('unicode-range') ? codePoints(properties.get('unicode-range')!) : allCodePoints,
    };
  });
}
