/** SVG as text: elements, attributes, numbers. */

/** Attributes by name. */
export type Attributes = Record<string, string>;

/** What XML cannot hold, whatever it is escaped to: control characters, halves of surrogate pairs, non-characters. */
const notXml = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

/** Escapes text for XML content and for attributes in double quotes; what XML cannot hold becomes U+FFFD. */
export const escapeXml = (text: string): string =>
  text
    .replace(notXml, '\ufffd')
    .replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

/** A number with at most `digits` decimals and no trailing zeros. */
export const number = (value: number, digits = 2): string => String(Number(value.toFixed(digits)) + 0);
/** All fractions in a text, rounded. */
export const numbers = (text: string, digits: number): string =>
  text.replace(/-?\d+\.\d+(?:e-?\d+)?|-?\d+e-?\d+/g, (n) => number(Number(n), digits));

/** An element with escaped attributes; `content` is markup already. */
export const tag = (name: string, attributes: Attributes, content = ''): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return content === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`;
};
