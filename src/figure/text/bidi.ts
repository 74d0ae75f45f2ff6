/** Writing direction of text: the Unicode Bidirectional Algorithm (UAX #9), for text drawn as outlines. */
import createBidi from 'bidi-js';

export type Direction = 'ltr' | 'rtl';

const bidi = createBidi();
const mayBeRightToLeft =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The direction of most letters of a text; undefined for a text without letters. */
export function directionOf(text: string): Direction | undefined {
  if (!mayBeRightToLeft.test(text)) return /\p{L}/u.test(text) ? 'ltr' : undefined;
  let [left, right] = [0, 0];
  for (const character of text) {
    const type = bidi.getBidiCharTypeName(character);
    if (type === 'L') left++;
    if (type === 'R' || type === 'AL') right++;
  }
  return left + right === 0 ? undefined : right > left ? 'rtl' : 'ltr';
}

/** The embedding level of each UTF-16 unit of a line. Odd levels run from right to left. */
export function embeddingLevels(line: string, base: Direction): Uint8Array {
  if (base === 'ltr' && !mayBeRightToLeft.test(line)) return new Uint8Array(line.length);
  return bidi.getEmbeddingLevels(line, base).levels;
}

/** Runs in visual order, left to right (rule L2). */
export function visualOrder<T extends { readonly level: number }>(runs: readonly T[]): T[] {
  const order = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < order.length; start++) {
      let end = start;
      while (end < order.length && order[end]!.level >= level) end++;
      if (end > start) order.splice(start, end - start, ...order.slice(start, end).reverse());
      start = end;
    }
  }
  return order;
}
