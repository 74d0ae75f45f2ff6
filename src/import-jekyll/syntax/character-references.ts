/** Scanning rule for numeric character references that name no character, or one of Windows, as browsers read them. */
import { matchAt, type Rule } from './scan.ts';
import { withoutForbidden } from './text-segments.ts';

/** The characters of Windows at 128 to 159, where Unicode has control characters. */
const ofWindows = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The character of a reference; empty if a page cannot have it. */
function characterOf(code: number): string {
  if (code > 0x10ffff) return '';
  return withoutForbidden(ofWindows[code - 128] ?? String.fromCodePoint(code));
}

const numeric: Rule = {
  first: '&',
  take(position, context) {
    const match = matchAt(position, /&#(?:(\d{1,9})|x([\da-f]{1,8}));/iy);
    if (!match) return undefined;
    const code = match[1] === undefined ? Number.parseInt(match[2]!, 16) : Number(match[1]);
    const character = characterOf(code);
    if (character !== '' && code >> 5 !== 4) return undefined;
    if (character === '')
      context.note(position.line, 'text', `${match[0]} stands for a character that no page can hold; it is left out`);
    return { length: match[0].length, put: character };
  },
};

/** The rules for references, in Markdown and in HTML. */
export const characterRules: readonly Rule[] = [numeric];
