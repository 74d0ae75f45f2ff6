/** Tells formulas from prose, and undoes what kramdown and HTML do to TeX before MathJax sees it. */
import { fromHtml } from 'hast-util-from-html';
import { toString as plainText } from 'hast-util-to-string';

/** A line without text, which ends a paragraph. */
export const blankLine = /\n[ \t>]*\n/;

/** Whether a text between two marks reads as sentences, words outside of `\text` in a row, and not as TeX. */
export function isProse(tex: string): boolean {
  const bare = tex
    .replace(/\\(?:text\w*|mbox|operatorname\*?|begin|end|label|tag|quad|qquad)\s*\{[^{}]*\}/g, ' ')
    .replace(/\\[A-Za-z]+/g, ' ');
  return /(?:(?<![A-Za-z])[A-Za-z]{2,}[,;:.]?\s+){3,}[A-Za-z]{2,}|[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}]{8,}/u.test(
    bare,
  );
}

/** An amount, `5 and `, between the dollars of two prices. */
const amount =
  /^\d[\d.,]*\s*(?:[kKmMbB]|million|billion|thousand|per\s+\w+)?\s*(?:[-–—/,;:.(]|and|or|to|vs\.?|for|per|in|is|a)*\s*$/;

/** Tells TeX between two dollars from the text between two prices; `next` is the character after the second dollar. */
export function looksLikeTex(inner: string, next: string | undefined): boolean {
  const text = inner.trim();
  if (text === '' || blankLine.test(inner) || /\d/.test(next ?? '') || isProse(text)) return false;
  if (/[\\^_={}]/.test(text)) return true;
  if (/^[A-Za-z][\w()+\-*/,.'|<>!]*$/.test(text) && /[A-Za-z\d]\(|[()+*/|<>]/.test(text)) return true;
  const longest = Math.max(0, ...(text.match(/[A-Za-z]+/g) ?? []).map((word) => word.length));
  return /[A-Za-z\d]/.test(text) && longest <= (/\s/.test(text) ? 1 : 2);
}

/** Whether a text between two single dollars is a formula in a blog where MathJax takes these. */
export function isFormula(inner: string, next: string | undefined): boolean {
  const text = inner.trim();
  if (text === '' || blankLine.test(inner) || isProse(text)) return false;
  if (/[\\^_={}]/.test(text)) return true;
  if (/^[A-Z][A-Z_]{2,}[^\w\s]*$/.test(text) && /[A-Z{]/.test(next ?? '')) return false;
  return (
    !(amount.test(inner) && /\d/.test(next ?? '')) &&
    !/^(?:\d[\d.,]*\s.*[A-Za-z]{2}|.*[A-Za-z]{2,}\s+(?:\S+\s+)*[A-Za-z]{2})/s.test(text)
  );
}

/** Whether a post surely has formulas between single dollars. */
export const hasSingleDollars = (text: string): boolean =>
  [...text.matchAll(/(?<![\\$\w])\$(?![\s$])([^$\n`]*)(?<!\s)(?=\$(?![\d$]))/g)].some(([, inner = '']) =>
    /\\[a-zA-Z]|[\w)}][\^_]/.test(inner),
  );

/** Undoes kramdown's escapes, as MathJax sees the TeX. Kramdown unescapes `\{` and `\}` too, but TeX needs them. */
export function afterKramdown(tex: string): string {
  const escapes = /\\([\\.*_+`<>()[\]!:|"'=-])/g;
  // Four backslashes: the author doubled every backslash for kramdown.
  if (tex.includes('\\\\\\\\')) return tex.replace(escapes, '$1');
  return tex.replace(/\\\\(?=[\s&[]|$)|\\([\\.*_+`<>()[\]!:|"'=-])/g, (whole, escaped?: string) => escaped ?? whole);
}

/** Characters that authors type in formulas for those that TeX has. */
const typed: Readonly<Record<string, string>> = {
  '′': "'",
  '’': "'",
  '‘': '`',
  '″': "''",
  '−': '-',
  '–': '-',
  '\u00a0': ' ',
  '，': ',',
  '：': ':',
  '；': ';',
  '（': '(',
  '）': ')',
  '＝': '=',
  '。': '.',
  '∥': '\\parallel ',
  '‖': '\\Vert ',
  '∣': '\\mid ',
  '√': '\\surd ',
  '“': '``',
  '”': "''",
};

/** The TeX that MathJax reads: entities decoded, typed characters as in TeX, without empty lines. */
export function asMathJaxReads(tex: string): string {
  const text = /&(?:#\d+|#x[\da-f]+|[A-Za-z]+\d*);/i.test(tex)
    ? tex.replace(/&(?:#\d+|#x[\da-f]+|[A-Za-z]+\d*);/gi, (entity) => plainText(fromHtml(entity, { fragment: true })))
    : tex;
  return text
    .replace(/[′’‘″−–\u00a0，：；（）＝。∥‖∣√“”]/g, (each) => typed[each]!)
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/\n(?:[ \t]*\n)+/g, '\n');
}
