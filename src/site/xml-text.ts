/** Text that XML 1.0 and JSON feeds can hold, whatever an author wrote: https://www.w3.org/TR/xml/#charsets. */

/** What XML has no way to write, not even as a reference: control characters but tab and line ends, U+FFFE, U+FFFF. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** `text` without such characters; halves of surrogate pairs become U+FFFD. */
export const xmlText = (text: string): string => text.toWellFormed().replace(forbidden, '');
