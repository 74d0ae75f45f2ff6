/** Loads the fonts that text is measured and outlined with: the figure font, then those that a blog configures for other scripts. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { convert } from 'fontverter';
import { Blob, Face, Font, Variation } from 'harfbuzzjs';
import { sharedState } from '../../lab/shared-state.ts';

/** The two weights that figures use. */
export type FontWeight = 400 | 600;

/** A range of code points, both ends included. */
export type CodePoints = readonly [first: number, last: number];

/** A face of a font that a blog configures: its file, weights and characters. */
export type FontFace = {
  readonly family: string;
  readonly file: string;
  readonly weight: readonly [least: number, greatest: number];
  readonly characters: readonly CodePoints[];
};

/** The fonts that a blog configures beside the bundled ones, for running text and for figures. The first in a list wins. */
export type RegisteredFonts = { readonly text: readonly FontFace[]; readonly figures: readonly FontFace[] };

const registry = sharedState<{ fonts?: RegisteredFonts; packages?: string }>('fonts', () => ({}));
// The first copy of this module is Node's own, beside whose packages the fonts lie.
registry.packages ??= import.meta.url;

/** Sets the blog's fonts for all later drawings. */
export function registerFonts(fonts: RegisteredFonts): void {
  registry.fonts = fonts;
  chosenFaces.clear();
}

/** The blog's fonts, as last set. */
export const registeredFonts = (): RegisteredFonts => registry.fonts ?? { text: [], figures: [] };

const files: Record<FontWeight, string> = {
  400: 'source-sans/TTF/SourceSans3-Regular.ttf',
  600: 'source-sans/TTF/SourceSans3-Semibold.ttf',
};
/** The last fallback, for mathematical symbols; the font of the pages' formulas. */
const formulaFont = 'katex/dist/fonts/KaTeX_Main-Regular.ttf';
const bundledFonts = new Map<string, Font>();
const loadedFonts = new Map<string, Font>();
const chosenFaces = new Map<string, FontFace | undefined>();

/** The path of a file in a package that this one depends on. */
export const packageFile = (file: string): string => createRequire(registry.packages!).resolve(file);

/** A font from a file of an installed package. */
function bundledFont(file: string): Font {
  const bytes = () => readFileSync(packageFile(file));
  const font = bundledFonts.get(file) ?? new Font(new Face(new Blob(bytes())));
  bundledFonts.set(file, font);
  return font;
}

/** One weight of the figure font. */
export const figureFont = (weight: FontWeight): Font => bundledFont(files[weight]);

/** Whether one of the ranges contains a code point. */
export const includesCodePoint = (ranges: readonly CodePoints[], codePoint: number): boolean =>
  ranges.some(([first, last]) => first <= codePoint && codePoint <= last);

/** The face for a character: in the first family that has the character, the face of the nearest weight. */
export function faceFor(faces: readonly FontFace[], codePoint: number, weight: number): FontFace | undefined {
  const candidates = faces.filter(({ characters }) => includesCodePoint(characters, codePoint));
  const distance = ({ weight: [from, to] }: FontFace) => Math.max(from - weight, weight - to, 0);
  return candidates
    .filter(({ family }) => family === candidates[0]!.family)
    .reduce<FontFace | undefined>((best, face) => (best && distance(best) <= distance(face) ? best : face), undefined);
}

function chooseFace(codePoint: number, weight: FontWeight): FontFace | undefined {
  const key = `${weight} ${codePoint}`;
  if (!chosenFaces.has(key)) chosenFaces.set(key, faceFor(registeredFonts().figures, codePoint, weight));
  return chosenFaces.get(key);
}

/** Loads the configured fonts that a text needs, so that it can be measured and outlined synchronously. */
export async function loadFonts(text: string): Promise<void> {
  if (registeredFonts().figures.length === 0) return;
  for (const character of new Set(text)) {
    const codePoint = character.codePointAt(0)!;
    if (canDraw(figureFont(400), codePoint)) continue;
    for (const weight of [400, 600] as const) {
      const face = chooseFace(codePoint, weight);
      const key = face && `${face.file} ${weight}`;
      if (key === undefined || loadedFonts.has(key)) continue;
      const font = new Font(new Face(new Blob(await convert(await readFile(face!.file), 'truetype'))));
      const [from, to] = face!.weight;
      if (from < to) font.setVariations([new Variation('wght', Math.min(Math.max(weight, from), to))]);
      loadedFonts.set(key, font);
    }
  }
}

/** Whether a font can draw a character: colour fonts have glyphs without outlines. */
function canDraw(font: Font, codePoint: number): boolean {
  const glyph = font.nominalGlyph(codePoint);
  return glyph !== undefined && (/\s/.test(String.fromCodePoint(codePoint)) || font.glyphToPath(glyph) !== '');
}

const ignorable = /\p{Default_Ignorable_Code_Point}/u;

/**
 * The font for a grapheme cluster: the figure font, else a configured font that `loadFonts` has loaded, else the font
 * of formulas; undefined if none has all of its characters.
 */
export function fontFor(cluster: string, weight: FontWeight): Font | undefined {
  const codePoints = [...cluster.normalize('NFC')]
    .filter((one) => !ignorable.test(one))
    .map((one) => one.codePointAt(0)!);
  const own = figureFont(weight);
  if (codePoints.every((codePoint) => canDraw(own, codePoint))) return own;
  const face = chooseFace(codePoints[0]!, weight);
  const font = face && loadedFonts.get(`${face.file} ${weight}`);
  const others = [...(font ? [font] : []), bundledFont(formulaFont)];
  return others.find((other) => codePoints.every((codePoint) => canDraw(other, codePoint)));
}
