/** Scanning rules for addresses that contain spaces, which kramdown allows and CommonMark does not. */
import { type Context, matchAt, type Position, type Rule, scanAgain } from './scan.ts';

/** A part of an address without spaces, but for those in Liquid and in parentheses. */
const part = String.raw`(?:\{\{[^}\n]*\}\}|\{%[^%\n]*%\}|\([^()\n]*\)|\{(?![{%])|[^\s()<>{])+`;
const address = `(${part}(?:[ \\t]+(?!["'])${part})*)`;
const title = String.raw`((?:[ \t]+(?:"[^\n]*?"|'[^\n]*?')(?=[ \t]*(?:\)|\n|$)))?)[ \t]*`;
const link = new RegExp(`\\]\\([ \\t]*${address}${title}\\)`, 'y');
const definition = new RegExp(`(\\[[^\\]^\\n][^\\]\\n]*\\]:)[ \\t]+${address}${title}(?=\\n|$)`, 'y');

/** Whether words are an address rather than a remark: they start or end as an address does. */
const isAddress = (words: string): boolean =>
  /[ \t]|\{[{%]/.test(words) && /^(?:[a-z]+:|\/|\.\.?\/|\{[{%])|\/$|\.\w{2,5}(?:[?#]\S*)?$/i.test(words);

/** The address with its Liquid filled in and its spaces encoded. */
const encoded = (words: string, position: Position, context: Context): string =>
  scanAgain(words, position, context).trim().replace(/\s/g, '%20');

/** `[text](my file.pdf "title")` and `![alt](a b.png)`. */
const inLink: Rule = {
  first: ']',
  take(position, context) {
    const [whole, words = '', rest = ''] = matchAt(position, link) ?? [];
    if (whole === undefined || !isAddress(words)) return undefined;
    const above = position.source.slice(Math.max(0, position.at - 1000), position.at);
    if (!/\[(?:[^\n]|\n(?![ \t]*\n))*$/.test(above)) return undefined;
    return { length: whole.length, put: `](${encoded(words, position, context)}${rest})` };
  },
};

/** `[name]: a b.png`. */
const inDefinition: Rule = {
  first: '[',
  take(position, context) {
    if (!/^[ \t>]*$/.test(position.before)) return undefined;
    const [whole, name = '', words = '', rest = ''] = matchAt(position, definition) ?? [];
    if (whole === undefined || !isAddress(words)) return undefined;
    return { length: whole.length, put: `${name} ${encoded(words, position, context)}${rest}` };
  },
};

export const addressRules: readonly Rule[] = [inLink, inDefinition];
