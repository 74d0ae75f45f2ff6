/** Titles hold formulas between dollars and code between backticks: set on pages, in words where only text can stand. */
import type { Element, ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import { tex } from './tex.ts';

/** A formula by the rule of posts (no space just inside the dollars, no digit after them), or code. */
const special = /(?<!\\)\$(?!\s)((?:\\.|[^$\\])*[^\s$\\]|(?:\\.|[^$\\])*\\\S)\$(?!\d)|`([^`]+)`/gsu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replace(/[&<>'"]/g, (character) => entities[character]!);

/** Each piece of a title through the function for its kind, joined. `\$` is a dollar. */
function mapped(
  title: string,
  text: (_: string) => string,
  formula: (_: string) => string,
  code: (_: string) => string,
) {
  let result = '';
  let from = 0;
  for (const { 0: all, 1: maths, 2: source, index } of title.matchAll(special)) {
    result += text(title.slice(from, index).replaceAll('\\$', '$'));
    result += maths === undefined ? code(source!) : formula(maths);
    from = index + all.length;
  }
  return result + text(title.slice(from).replaceAll('\\$', '$'));
}

const raised = { digits: '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻', mark: '^' };
const lowered = { digits: '₀₁₂₃₄₅₆₇₈₉₊₋', mark: '_' };

/** `2` as ² or ₂; what has no such character after ^ or _. */
function script(words: string, { digits, mark }: typeof raised): string {
  if (/^[\d+−-]+$/.test(words))
    return words.replace(/./gu, (c) => [...digits]['0123456789+-'.indexOf(c.replace('−', '-'))]!);
  return [...words].length > 1 && !/^\([^()]*\)$/.test(words) ? `${mark}(${words})` : mark + words;
}

const grouped = (words: string): string => ([...words].length > 1 ? `(${words})` : words);

/** MathML as one line of words. */
function words(node: ElementContent | Root): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element' && node.type !== 'root') return '';
  const parts = node.children.map((child) => words(child as ElementContent));
  const [base = '', second = '', third = ''] = parts;
  switch ((node as Element).tagName) {
    case 'msup':
    case 'mover':
      return base + script(second, raised);
    case 'msub':
    case 'munder':
      return base + script(second, lowered);
    case 'msubsup':
    case 'munderover':
      return base + script(second, lowered) + script(third, raised);
    case 'mfrac':
      return `${grouped(base)}/${grouped(second)}`;
    case 'msqrt':
      return `√${grouped(parts.join(''))}`;
    default:
      return parts.join('');
  }
}

/** TeX in words and Unicode: `\|x\|_2` → ∥x∥₂. Throws KaTeX's error for TeX that it cannot set. */
export function texWords(source: string): string {
  let result = '';
  visit(fromHtml(tex(source), { fragment: true }), 'element', (element) => {
    if (element.tagName === 'math') result = words(element).replace(/[\u2061-\u2064\u200b]/g, '');
  });
  return result;
}

/** A title as HTML. Throws KaTeX's error for TeX that it cannot set. */
export function titleHtml(title: string): string {
  return mapped(title, escaped, tex, (code) => `<code>${escaped(code)}</code>`);
}

/** A title as plain words, for `<title>`, feeds, cards and metadata. Throws as `titleHtml` does. */
export function titleText(title: string): string {
  const same = (text: string) => text;
  return mapped(title, same, texWords, same);
}
