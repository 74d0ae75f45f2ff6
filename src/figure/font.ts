/** The fonts that text is measured and outlined with: the figure font, then those that a blog names for other scripts. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { convert } from 'fontverter';
import { Blob, Face, Font, Variation } from 'harfbuzzjs';

/** The two weights that figures use. */
export type FontWeight = 400 | 600;

/** A range of code points, both ends included. */
export type CodePoints = readonly [first: number, last: number];

/** A face of a font that a blog names: a file, and what it is for. */
export type FontFace = {
  readonly family: string;
  readonly file: string;
  /** The least and the greatest weight that it has. */
  readonly weight: CodePoints;
  readonly characters: readonly CodePoints[];
};

/** The fonts that a blog names beside the bundled ones, for running text and for figures; the first in a list wins. */
export type NamedFonts = { readonly text: readonly FontFace[]; readonly figures: readonly FontFace[] };

// Astro bundles the pages, so that they hold a copy of this module of their own: both look here.
const place = Symbol.for('measured.fonts');
const shared = globalThis as { [place]?: NamedFonts };

/** From now on text is drawn with these fonts too. */
export function nameFonts(fonts: NamedFonts): void {
  shared[place] = fonts;
  chosen.clear();
}

export const namedFonts = (): NamedFonts => shared[place] ?? { text: [], figures: [] };

const files: Record<FontWeight, string> = {
  400: 'source-sans/TTF/SourceSans3-Regular.ttf',
  600: 'source-sans/TTF/SourceSans3-Semibold.ttf',
};
/** Draws mathematical symbols that neither has, as in the pages' formulas. */
const mathematics = 'katex/dist/fonts/KaTeX_Main-Regular.ttf';
const bundled = new Map<string, Font>();
const loaded = new Map<string, Font>();
const chosen = new Map<string, FontFace | undefined>();

/** A font from a file of an installed package. */
function bundledFont(file: string): Font {
  const bytes = () => readFileSync(createRequire(import.meta.url).resolve(file));
  const font = bundled.get(file) ?? new Font(new Face(new Blob(bytes())));
  bundled.set(file, font);
  return font;
}

/** One weight of the figure font. */
export const figureFont = (weight: FontWeight): Font => bundledFont(files[weight]);

/** Whether one of some ranges holds a code point. */
export const holds = (ranges: readonly CodePoints[], codePoint: number): boolean =>
  ranges.some(([first, last]) => first <= codePoint && codePoint <= last);

/** The face for a character: of the first family that has it, the one of the nearest weight. */
export function faceFor(faces: readonly FontFace[], codePoint: number, weight: number): FontFace | undefined {
  const having = faces.filter(({ characters }) => holds(characters, codePoint));
  const distance = ({ weight: [from, to] }: FontFace) => Math.max(from - weight, weight - to, 0);
  return having
    .filter(({ family }) => family === having[0]!.family)
    .reduce<FontFace | undefined>((best, face) => (best && distance(best) <= distance(face) ? best : face), undefined);
}

function namedFace(codePoint: number, weight: FontWeight): FontFace | undefined {
  const key = `${weight} ${codePoint}`;
  if (!chosen.has(key)) chosen.set(key, faceFor(namedFonts().figures, codePoint, weight));
  return chosen.get(key);
}

/** Reads the files of the named fonts that a text needs, so that it can be measured and outlined. */
export async function loadFonts(text: string): Promise<void> {
  if (namedFonts().figures.length === 0) return;
  for (const character of new Set(text)) {
    const codePoint = character.codePointAt(0)!;
    if (isIn(figureFont(400), codePoint)) continue;
    for (const weight of [400, 600] as const) {
      const face = namedFace(codePoint, weight);
      const key = face && `${face.file} ${weight}`;
      if (key === undefined || loaded.has(key)) continue;
      const font = new Font(new Face(new Blob(await convert(await readFile(face!.file), 'truetype'))));
      const [from, to] = face!.weight;
      if (from < to) font.setVariations([new Variation('wght', Math.min(Math.max(weight, from), to))]);
      loaded.set(key, font);
    }
  }
}

/** Whether a font draws a character: colour fonts name some for which they have no outline. */
function isIn(font: Font, codePoint: number): boolean {
  const glyph = font.nominalGlyph(codePoint);
  return glyph !== undefined && (/\s/.test(String.fromCodePoint(codePoint)) || font.glyphToPath(glyph) !== '');
}

const ignorable = /\p{Default_Ignorable_Code_Point}/u;

/**
 * The font that draws a grapheme cluster: the figure font, else one that the blog names and that `loadFonts` has read,
 * else that of formulas; undefined if none has all of its characters.
 */
export function fontFor(cluster: string, weight: FontWeight): Font | undefined {
  const codePoints = [...cluster.normalize('NFC')]
    .filter((one) => !ignorable.test(one))
    .map((one) => one.codePointAt(0)!);
  const own = figureFont(weight);
  if (codePoints.every((codePoint) => isIn(own, codePoint))) return own;
  const face = namedFace(codePoints[0]!, weight);
  const font = face && loaded.get(`${face.file} ${weight}`);
  const others = [...(font ? [font] : []), bundledFont(mathematics)];
  return others.find((other) => codePoints.every((codePoint) => isIn(other, codePoint)));
}
