/** Writes SVG markup: elements, attributes, numbers. */

/** Attributes by name. */
export type Attributes = Record<string, string>;

/** Characters that XML cannot contain even escaped: control characters, lone surrogates, non-characters. */
const notXml = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

/** Escapes text for XML content and for attributes in double quotes. Characters that XML cannot contain become U+FFFD. */
export const escapeXml = (text: string): string =>
  text
    .replace(notXml, '\ufffd')
    .replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

/** A number with at most `digits` decimals and no trailing zeros. */
export const formatDecimal = (value: number, digits = 2): string => String(Number(value.toFixed(digits)) + 0);

/** A text with all its fractions rounded to `digits` decimals. */
export const roundDecimals = (text: string, digits: number): string =>
  text.replace(/-?\d+\.\d+(?:e-?\d+)?|-?\d+e-?\d+/g, (n) => formatDecimal(Number(n), digits));

/** An element with escaped attributes; `content` is markup and not escaped. */
export const tag = (name: string, attributes: Attributes, content = ''): string => {
  const escaped = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return content === '' ? `<${name}${escaped.join('')}/>` : `<${name}${escaped.join('')}>${content}</${name}>`;
};
