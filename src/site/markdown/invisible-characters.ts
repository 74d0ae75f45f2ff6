/**
 * Finds invisible characters that are surely mistakes: control characters, noncharacters, U+FFFD from files that are not
 * UTF-8, and unpaired direction marks. XML, and so feeds, cannot hold most of them.
 */

/** A character to be removed: its offset in the text, and a message that says how. */
export type InvisibleCharacter = { readonly offset: number; readonly problem: string };

const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/** Control characters except tab and line breaks, noncharacters, lone surrogates. */
const forbidden = /(?![\t\n\r])[\p{Cc}\p{Noncharacter_Code_Point}\p{Cs}]/u;
const forbiddenOrReplacement = new RegExp(`${forbidden.source}|\ufffd`, 'gu');

/** The forbidden characters in an author's text. */
export function invisibleCharacters(text: string): InvisibleCharacter[] {
  return [...text.matchAll(forbiddenOrReplacement)].map(({ 0: found, index: offset }) => ({
    offset,
    problem:
      found === '\ufffd'
        ? 'U+FFFD stands for bytes that are no UTF-8; save the file as UTF-8, or write &#xFFFD; for the character itself'
        : `${codePoint(found)} is no character of a text; delete it`,
  }));
}

const reference = /(?<!\\)&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi;

/** Character references such as `&#x1;` to forbidden characters, which Markdown would turn into U+FFFD. */
export function invisibleReferences(text: string): InvisibleCharacter[] {
  return [...text.matchAll(reference)].flatMap(
    ({ 0: found, 1: hex, 2: decimal, index: offset }): InvisibleCharacter[] => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const isAllowed = code > 0 && code <= 0x10ffff && !forbidden.test(String.fromCodePoint(code));
      return isAllowed
        ? []
        : [{ offset, problem: `${found} is no character of a text; delete it, or write \\${found}` }];
    },
  );
}

const directionMarks = /[\u202a-\u202e\u2066-\u2069]/gu;
const override = /[\u202d\u202e]/u;

/**
 * Invisible direction marks that make a text read otherwise than it is written (https://trojansource.codes): in code all
 * of them; in a block of text overrides, and marks that are not paired.
 */
export function unpairedDirections(text: string, isCode: boolean): InvisibleCharacter[] {
  const open: { offset: number; closedBy: string; character: string }[] = [];
  const found: InvisibleCharacter[] = [];
  for (const { 0: character, index: offset } of text.matchAll(directionMarks)) {
    const name = `${codePoint(character)} is an invisible mark that changes the order of what is shown`;
    if (isCode) found.push({ offset, problem: `${name}; write it as an escape, such as \\u202e, or delete it` });
    else if (override.test(character))
      found.push({ offset, problem: `${name}; write <bdo dir="rtl">…</bdo>, or delete it` });
    else if (/[\u202c\u2069]/u.test(character)) {
      const last = open.findLastIndex(({ closedBy }) => closedBy === character);
      // An override has been reported already, so the mark that closes it is not.
      if (last >= 0) open.length = last;
      else if (character === '\u2069' || !found.some(({ problem }) => problem.includes('<bdo')))
        found.push({ offset, problem: `${name}, and closes nothing; delete it` });
    } else open.push({ offset, character, closedBy: character >= '\u2066' ? '\u2069' : '\u202c' });
  }
  for (const { offset, character, closedBy } of open)
    found.push({
      offset,
      problem: `${codePoint(character)} is an invisible mark that changes the order of what is shown, and is never closed; close it with ${codePoint(closedBy)}, or write <bdi>…</bdi>`,
    });
  return found;
}
