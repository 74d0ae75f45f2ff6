/** Makes the site's fonts: the published ones, cut to the characters and weights that its pages use. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';
import { characters } from '../figure/font.ts';

/** A font file of the site and what it is cut from; `wght` is the one weight, or the range, that it keeps. */
type Font = { file: string; from: string; wght: number | { min: number; max: number }; characters: string };

/** ASCII, Latin-1, and the punctuation of prose: what almost every page needs and nothing more. */
const isText = (character: string) => /[\u0020-\u00ff\u2010-\u2026\u2190-\u2193\u2212]/.test(character);
const isLetter = (character: string) => /[\u0100-\u017f\u0370-\u03ff]/.test(character);
const isExtended = (character: string) => /[\u0100-\u017f]/.test(character);

const pick = (keep: (character: string) => boolean) => [...characters].filter(keep).join('');
const weights = { min: 400, max: 700 };

const serif = 'source-serif/VAR/SourceSerif4Variable-Roman.ttf';
const italic = 'source-serif/VAR/SourceSerif4Variable-Italic.ttf';
const sans = 'source-sans/VF/SourceSans3VF-Upright.ttf';

/** `*-more` holds accented and Greek letters: browsers fetch it for a page that has one (see fonts.css). */
export const fonts: readonly Font[] = [
  { file: 'source-serif.woff2', from: serif, wght: weights, characters: pick(isText) },
  { file: 'source-serif-more.woff2', from: serif, wght: weights, characters: pick(isLetter) },
  { file: 'source-serif-italic.woff2', from: italic, wght: 400, characters: pick(isText) },
  { file: 'source-sans.woff2', from: sans, wght: weights, characters: `${pick((one) => !isExtended(one))}✓` },
  { file: 'source-sans-more.woff2', from: sans, wght: weights, characters: pick(isExtended) },
];

/** The bytes of one font of the site: kerning stays, alternates that no style asks for go. */
export async function cut({ from, wght, characters }: Font): Promise<Buffer> {
  const original = await readFile(createRequire(import.meta.url).resolve(from));
  const opsz = from === sans ? {} : { opsz: 14 };
  return subsetFont(original, characters, {
    targetFormat: 'woff2',
    noLayoutClosure: true,
    variationAxes: { wght, ...opsz },
  });
}
