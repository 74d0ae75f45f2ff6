/** The fonts that a style sheet names. */
import { generate, parse, type Raw, walk } from 'css-tree';
import type { CodePoints } from '../figure/font.ts';

/** An `@font-face` rule: `url` is that of its first source. */
export type StyledFace = {
  readonly family: string;
  readonly url: string;
  readonly italic: boolean;
  readonly weight: CodePoints;
  readonly characters: readonly CodePoints[];
};

/** What a face is for that says nothing of it. */
export const everything: readonly CodePoints[] = [[0, 0x10ffff]];

/** `U+2010-2026, U+21??` as code points. */
function codePoints(range: string): CodePoints[] {
  return [...range.matchAll(/U\+([\da-f?]+)(?:-([\da-f]+))?/gi)].map(([, first, last]) => [
    Number.parseInt(first!.replaceAll('?', '0'), 16),
    Number.parseInt(last ?? first!.replaceAll('?', 'f'), 16),
  ]);
}

/** Code points as ranges, in order. */
export function ranges(points: Iterable<number>): CodePoints[] {
  const found: [number, number][] = [];
  for (const point of [...points].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[1] === point - 1) last[1] = point;
    else found.push([point, point]);
  }
  return found;
}

/** Code points as a style sheet's `unicode-range`. */
export function unicodeRange(points: Iterable<number>): string {
  const hex = (point: number) => point.toString(16).toUpperCase();
  return ranges(points)
    .map(([first, last]) => `U+${hex(first)}${last > first ? `-${hex(last)}` : ''}`)
    .join();
}

/** The faces of a style sheet that have a file, in order. */
export function fontFaces(css: string): StyledFace[] {
  const faces: StyledFace[] = [];
  walk(parse(css, { parseRulePrelude: false, parseValue: false }), {
    visit: 'Atrule',
    enter({ name, block }) {
      if (name !== 'font-face' || !block) return;
      const of = new Map<string, string>();
      for (const child of block.children) {
        if (child.type === 'Declaration') of.set(child.property, generate(child.value as Raw));
      }
      const url = /url\(\s*["']?([^"')]+)/.exec(of.get('src') ?? '')?.[1];
      if (!url) return;
      const words = (of.get('font-weight') ?? '400').replace('normal', '400').replace('bold', '700').split(' ');
      const [from, to = from] = words.map(Number);
      faces.push({
        family: (of.get('font-family') ?? '').replace(/^["']|["']$/g, ''),
        url,
        italic: /italic|oblique/.test(of.get('font-style') ?? ''),
        weight: [from!, to!],
        characters: of.has('unicode-range') ? codePoints(of.get('unicode-range')!) : everything,
      });
    },
  });
  return faces;
}
