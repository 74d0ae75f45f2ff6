/** Scanning rule for numeric character references that name no character, or one of Windows, as browsers read them. */
import { fromHtml } from 'hast-util-from-html';
import { toString as textOf } from 'hast-util-to-string';
import { matchAt, type Rule } from './scan.ts';
import { withoutForbidden } from './text-segments.ts';

/** The character of a reference as browsers read it; empty if a page cannot have it. */
const characterOf = (reference: string): string =>
  withoutForbidden(textOf(fromHtml(reference, { fragment: true })).replace('\uFFFD', ''));

const numeric: Rule = {
  first: '&',
  take(position, context) {
    const match = matchAt(position, /&#(?:(\d{1,9})|x([\da-f]{1,8}));/iy);
    if (!match) return undefined;
    const code = match[1] === undefined ? Number.parseInt(match[2]!, 16) : Number(match[1]);
    const isPlain = code <= 0x10ffff && code >> 5 !== 4 && withoutForbidden(String.fromCodePoint(code)) !== '';
    if (isPlain) return undefined;
    const character = characterOf(match[0]);
    if (character === '')
      context.note(position.line, 'text', `${match[0]} stands for a character that no page can hold; it is left out`);
    return { length: match[0].length, put: character };
  },
};

/** The rules for references, in Markdown and in HTML. */
export const characterRules: readonly Rule[] = [numeric];
