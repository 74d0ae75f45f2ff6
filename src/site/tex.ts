/** TeX as HTML outside posts, with the same KaTeX settings and macros as in them. */
import { type MathOptions, texToHtml } from '../math/index.ts';
import { site } from './config.ts';
import { escapeHtml } from './escape-html.ts';

/** TeX as HTML, which `read` sees before it is simplified. Throws KaTeX's error for TeX it cannot set. */
export function tex(source: string, read?: MathOptions['read']): string {
  return texToHtml(source, { macros: site.macros, ...(read && { read }) });
}

/** Plain text with formulas between dollar signs, as HTML. */
export function withTex(text: string): string {
  return text
    .split('$')
    .map((part, index) => (index % 2 === 1 ? tex(part) : escapeHtml(part)))
    .join('');
}
