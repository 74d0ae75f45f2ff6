/** The bundled fonts: subsets of Source Serif and Source Sans by characters and weights. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';

/** A bundled font file, the original (`from`) that it is a subset of, and the weight or range of weights that it keeps. */
type Font = { file: string; from: string; wght: number | { min: number; max: number }; characters: string };

const range = (first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join('');

/** What most pages need: ASCII, accented Latin, Greek, super- and subscripts, mathematical signs. */
const commonCharacters: string = [
  range(0x20, 0x7e),
  range(0xa0, 0x17f),
  range(0x391, 0x3a9).replace('\u03a2', ''),
  range(0x3b1, 0x3c9),
  'ϑϕϵ⁰⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵀˡ′″ℓ',
  '–—‘’‚“”„†•…‰−×·÷±∂∆∏∑√∞∫≈≠≤≥←↑→↓◊●■▲△½¼¾',
].join('');

/** Cyrillic, Vietnamese and all other letters of Latin and Greek, marks, currencies. */
const rareCharacters: string = [
  range(0x180, 0x36f),
  range(0x370, 0x52f),
  range(0x1e00, 0x1fff),
  range(0x20a0, 0x20cf),
  '\u2116',
].join('');

/** ASCII, Latin-1, and the punctuation of prose, which almost every page needs. */
const isText = (character: string) => /[\u0020-\u00ff\u2010-\u2026\u2190-\u2193\u2212]/.test(character);
const isLetter = (character: string) => /[\u0100-\u017f\u0370-\u03ff]/.test(character);
const isExtended = (character: string) => /[\u0100-\u017f]/.test(character);

const pick = (keep: (character: string) => boolean) => [...commonCharacters].filter(keep).join('');
/** The rare characters without those in `held`, which another file has. */
const rareWithout = (...held: string[]) =>
  [...rareCharacters].filter((character) => !held.join('').includes(character)).join('');
const weights = { min: 400, max: 700 };

const serif = 'source-serif/VAR/SourceSerif4Variable-Roman.ttf';
const italic = 'source-serif/VAR/SourceSerif4Variable-Italic.ttf';
const sans = 'source-sans/VF/SourceSans3VF-Upright.ttf';

/**
 * `*-more` holds accented and Greek letters, `*-rest` Cyrillic, Vietnamese and all others. Browsers fetch a file only for
 * pages that have one of its characters (`unicode-range` in fonts.css).
 */
export const bundledFontFiles: readonly Font[] = [
  { file: 'source-serif.woff2', from: serif, wght: weights, characters: pick(isText) },
  { file: 'source-serif-more.woff2', from: serif, wght: weights, characters: pick(isLetter) },
  { file: 'source-serif-italic.woff2', from: italic, wght: 400, characters: pick(isText) },
  { file: 'source-sans.woff2', from: sans, wght: weights, characters: `${pick((one) => !isExtended(one))}✓` },
  { file: 'source-sans-more.woff2', from: sans, wght: weights, characters: pick(isExtended) },
  { file: 'source-serif-rest.woff2', from: serif, wght: weights, characters: rareWithout(pick(isLetter)) },
  { file: 'source-serif-italic-rest.woff2', from: italic, wght: 400, characters: rareWithout() + pick(isLetter) },
  { file: 'source-sans-rest.woff2', from: sans, wght: weights, characters: rareWithout(pick((one) => !isText(one))) },
];

/** The bytes of one bundled font: with kerning, without alternates that no style uses. */
export async function subsetBundled({ from, wght, characters }: Font): Promise<Buffer> {
  const original = await readFile(createRequire(import.meta.url).resolve(from));
  const opsz = from === sans ? {} : { opsz: 14 };
  return subsetFont(original, characters, {
    targetFormat: 'woff2',
    noLayoutClosure: true,
    variationAxes: { wght, ...opsz },
  });
}
