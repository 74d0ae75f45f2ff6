/**
 * Characters that no reader sees and no author means: control characters, what Unicode keeps for no character, and what
 * stands where a file is not UTF-8. XML, and with it feeds, cannot hold most of them.
 */

/** Something that cannot stay in a text: its offset there, and what to do about it. */
export type Stray = { readonly offset: number; readonly problem: string };

const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/** All control characters but tab and line ends, noncharacters, halves of surrogate pairs. */
const unwritable = /(?![\t\n\r])[\p{Cc}\p{Noncharacter_Code_Point}\p{Cs}]/u;
const inText = new RegExp(`${unwritable.source}|\ufffd`, 'gu');

/** The stray characters in what an author wrote. */
export function strayCharacters(text: string): Stray[] {
  return [...text.matchAll(inText)].map(({ 0: found, index: offset }) => ({
    offset,
    problem:
      found === '\ufffd'
        ? 'U+FFFD stands for bytes that are no UTF-8; save the file as UTF-8, or write &#xFFFD; for the character itself'
        : `${codePoint(found)} is no character of a text; delete it`,
  }));
}

const reference = /(?<!\\)&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi;

/** References such as `&#x1;` to characters that a page cannot hold, of which Markdown makes U+FFFD. */
export function strayReferences(text: string): Stray[] {
  return [...text.matchAll(reference)].flatMap(({ 0: found, 1: hex, 2: decimal, index: offset }): Stray[] => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const isOne = code > 0 && code <= 0x10ffff && !unwritable.test(String.fromCodePoint(code));
    return isOne ? [] : [{ offset, problem: `${found} is no character of a text; delete it, or write \\${found}` }];
  });
}

const formatting = /[\u202a-\u202e\u2066-\u2069]/gu;
const override = /[\u202d\u202e]/u;

/**
 * Invisible marks that change the order in which a text is shown, where it would read otherwise than it is written
 * (https://trojansource.codes): any in code; in a block of text overrides, and marks without their counterpart.
 */
export function strayDirections(text: string, isCode: boolean): Stray[] {
  const open: { offset: number; closedBy: string; character: string }[] = [];
  const strays: Stray[] = [];
  for (const { 0: character, index: offset } of text.matchAll(formatting)) {
    const name = `${codePoint(character)} is an invisible mark that changes the order of what is shown`;
    if (isCode) strays.push({ offset, problem: `${name}; write it as an escape, such as \\u202e, or delete it` });
    else if (override.test(character))
      strays.push({ offset, problem: `${name}; write <bdo dir="rtl">…</bdo>, or delete it` });
    else if (/[\u202c\u2069]/u.test(character)) {
      const last = open.findLastIndex(({ closedBy }) => closedBy === character);
      // What closes an override goes with it.
      if (last >= 0) open.length = last;
      else if (character === '\u2069' || !strays.some(({ problem }) => problem.includes('<bdo')))
        strays.push({ offset, problem: `${name}, and closes nothing; delete it` });
    } else open.push({ offset, character, closedBy: character >= '\u2066' ? '\u2069' : '\u202c' });
  }
  for (const { offset, character, closedBy } of open)
    strays.push({
      offset,
      problem: `${codePoint(character)} is an invisible mark that changes the order of what is shown, and is never closed; close it with ${codePoint(closedBy)}, or write <bdi>…</bdi>`,
    });
  return strays;
}
