/** Removes characters that XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets) from text for feeds. */

/** Characters that XML cannot hold, not even as references: controls except tab and line breaks, U+FFFE, U+FFFF. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** `text` without such characters; lone surrogates become U+FFFD. */
export const xmlText = (text: string): string => text.toWellFormed().replace(forbidden, '');
