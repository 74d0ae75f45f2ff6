/** Mathematics outside posts: the same KaTeX settings, for tables and pages written in code. */
import { texToHtml } from '../math/index.ts';
import { site } from './config.ts';

/** TeX as HTML. Throws KaTeX's error for TeX it cannot set. */
export function tex(source: string): string {
  return texToHtml(source, { macros: site.macros });
}

/** Plain words with formulas between dollar signs, as HTML; the words are escaped. */
export function withTex(text: string): string {
  const escaped = (words: string) => words.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return text
    .split('$')
    .map((part, index) => (index % 2 === 1 ? tex(part) : escaped(part)))
    .join('');
}
