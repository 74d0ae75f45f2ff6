/** Converts titles with formulas (`$…$`) and code (backticks) to HTML for pages, and to plain text elsewhere. */
import type { Element, ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import { formulaOrCode } from '../../math/index.ts';
import { tex } from '../tex.ts';

/** As Astro escapes text, so that a title has the same bytes wherever it is printed. */
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replace(/[&<>'"]/g, (character) => entities[character]!);

/** Maps each piece of a title by the function for its kind, and joins them. `\$` is a dollar. */
function mapPieces(
  title: string,
  text: (_: string) => string,
  formula: (_: string) => string,
  code: (_: string) => string,
) {
  let result = '';
  let from = 0;
  for (const { 0: all, 1: maths, 2: source, index } of title.matchAll(formulaOrCode)) {
    result += text(title.slice(from, index).replaceAll('\\$', '$'));
    result += maths === undefined ? code(source!) : formula(maths);
    from = index + all.length;
  }
  return result + text(title.slice(from).replaceAll('\\$', '$'));
}

const superscript = { digits: '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻', mark: '^' };
const subscript = { digits: '₀₁₂₃₄₅₆₇₈₉₊₋', mark: '_' };

/** Superscript or subscript: `2` as ² or ₂; words without such characters after ^ or _. */
function script(words: string, { digits, mark }: typeof superscript): string {
  if (/^[\d+−-]+$/.test(words))
    return words.replace(/./gu, (c) => [...digits]['0123456789+-'.indexOf(c.replace('−', '-'))]!);
  return [...words].length > 1 && !/^\([^()]*\)$/.test(words) ? `${mark}(${words})` : mark + words;
}

const parenthesised = (words: string): string => ([...words].length > 1 ? `(${words})` : words);

/** MathML as one line of Unicode text. */
function mathText(node: ElementContent | Root): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element' && node.type !== 'root') return '';
  const parts = node.children.map((child) => mathText(child as ElementContent));
  const [base = '', second = '', third = ''] = parts;
  switch ((node as Element).tagName) {
    case 'msup':
    case 'mover':
      return base + script(second, superscript);
    case 'msub':
    case 'munder':
      return base + script(second, subscript);
    case 'msubsup':
    case 'munderover':
      return base + script(second, subscript) + script(third, superscript);
    case 'mfrac':
      return `${parenthesised(base)}/${parenthesised(second)}`;
    case 'msqrt':
      return `√${parenthesised(parts.join(''))}`;
    default:
      return parts.join('');
  }
}

/** TeX as Unicode text: `\|x\|_2` → ∥x∥₂. Throws KaTeX's error for invalid TeX. */
export function texWords(source: string): string {
  let result = '';
  visit(fromHtml(tex(source), { fragment: true }), 'element', (element) => {
    if (element.tagName === 'math') result = mathText(element).replace(/[\u2061-\u2064\u200b]/g, '');
  });
  return result;
}

/** A title as HTML. Throws KaTeX's error for invalid TeX. */
export function titleHtml(title: string): string {
  return mapPieces(title, escaped, tex, (code) => `<code>${escaped(code)}</code>`);
}

/** A title as plain text, for `<title>`, feeds, cards and metadata. Throws as `titleHtml` does. */
export function titleText(title: string): string {
  const same = (text: string) => text;
  return mapPieces(title, same, texWords, same);
}
