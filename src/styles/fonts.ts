/** Makes the site's fonts: the published ones, cut to the characters and weights that its pages use. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';

/** A font file of the site and what it is cut from; `wght` is the one weight, or the range, that it keeps. */
type Font = { file: string; from: string; wght: number | { min: number; max: number }; characters: string };

const range = (first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join('');

/** What most pages need: ASCII, accented Latin, Greek, super- and subscripts, mathematical signs. */
const usual: string = [
  range(0x20, 0x7e),
  range(0xa0, 0x17f),
  range(0x391, 0x3a9).replace('\u03a2', ''),
  range(0x3b1, 0x3c9),
  'ϑϕϵ⁰⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵀˡ′″ℓ',
  '–—‘’‚“”„†•…‰−×·÷±∂∆∏∑√∞∫≈≠≤≥←↑→↓◊●■▲△½¼¾',
].join('');

/** Cyrillic, Vietnamese and all other letters of Latin and Greek, marks, currencies. */
const others: string = [
  range(0x180, 0x36f),
  range(0x370, 0x52f),
  range(0x1e00, 0x1fff),
  range(0x20a0, 0x20cf),
  '\u2116',
].join('');

/** ASCII, Latin-1, and the punctuation of prose: what almost every page needs and nothing more. */
const isText = (character: string) => /[\u0020-\u00ff\u2010-\u2026\u2190-\u2193\u2212]/.test(character);
const isLetter = (character: string) => /[\u0100-\u017f\u0370-\u03ff]/.test(character);
const isExtended = (character: string) => /[\u0100-\u017f]/.test(character);

const pick = (keep: (character: string) => boolean) => [...usual].filter(keep).join('');
/** The other letters without those that a file holds already. */
const rest = (...held: string[]) => [...others].filter((character) => !held.join('').includes(character)).join('');
const weights = { min: 400, max: 700 };

const serif = 'source-serif/VAR/SourceSerif4Variable-Roman.ttf';
const italic = 'source-serif/VAR/SourceSerif4Variable-Italic.ttf';
const sans = 'source-sans/VF/SourceSans3VF-Upright.ttf';

/**
 * `*-more` holds accented and Greek letters, `*-rest` Cyrillic, Vietnamese and what else there is: browsers fetch them for
 * a page that has one (see fonts.css).
 */
export const fonts: readonly Font[] = [
  { file: 'source-serif.woff2', from: serif, wght: weights, characters: pick(isText) },
  { file: 'source-serif-more.woff2', from: serif, wght: weights, characters: pick(isLetter) },
  { file: 'source-serif-italic.woff2', from: italic, wght: 400, characters: pick(isText) },
  { file: 'source-sans.woff2', from: sans, wght: weights, characters: `${pick((one) => !isExtended(one))}✓` },
  { file: 'source-sans-more.woff2', from: sans, wght: weights, characters: pick(isExtended) },
  { file: 'source-serif-rest.woff2', from: serif, wght: weights, characters: rest(pick(isLetter)) },
  { file: 'source-serif-italic-rest.woff2', from: italic, wght: 400, characters: rest() + pick(isLetter) },
  { file: 'source-sans-rest.woff2', from: sans, wght: weights, characters: rest(pick((one) => !isText(one))) },
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
