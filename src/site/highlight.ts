/**
 * Code as coloured HTML. The colours of a block follow from its text and its language alone: a highlighter of its own for
 * each language, since one that knows more colours them where a block embeds them; and no limit of time, after which
 * the rest of a line would stay plain.
 */
import type { ShikiHighlighter } from '@astrojs/markdown-remark/shiki';
import { transformerMetaHighlight } from '@shikijs/transformers';
import type { ShikiTransformer } from '@shikijs/types';
import type { Element, Root } from 'hast';
import { toString as plainText } from 'hast-util-to-string';
import { bundledLanguagesInfo } from 'shiki/langs';
import { visit } from 'unist-util-visit';
import { codeTitles } from './code-titles.ts';
import { made } from './made.ts';

const unhurried: ShikiTransformer = {
  name: 'unhurried',
  preprocess(_, options) {
    options.tokenizeTimeLimit = 0;
  },
};
const transformers = [unhurried, transformerMetaHighlight(), codeTitles()];

/** Code without colours, formulas, what a terminal shows. */
const special = ['text', 'txt', 'plain', 'plaintext', 'math', 'ansi'];

/** The names of the languages that code may be in. */
export const languages: ReadonlySet<string> = new Set([
  ...special,
  ...bundledLanguagesInfo.flatMap(({ id, aliases = [] }) => [id, ...aliases]),
]);

/** The language in the info string of a block of code: ` ```Rust,ignore ` is rust. */
export const languageOf = (info: string): string => info.replace(/,.*$/s, '').toLowerCase();

/** The highlighter for `language`, and for what its grammar cannot do without. */
async function highlighterOf(language: string): Promise<ShikiHighlighter> {
  const { createShikiHighlighter } = await import('@astrojs/markdown-remark/shiki');
  // Highlighters are told apart by theme and aliases: one that nobody writes makes this the language's own.
  return createShikiHighlighter({ theme: 'css-variables', langAlias: { [`only ${language}`]: language } });
}

/** TypeScript as a `<pre>` in the colours of `code.css`. */
export const highlighted = (code: string): Promise<string> =>
  made('code', [code], async () => (await highlighterOf('ts')).codeToHtml(code, 'ts', { transformers: [unhurried] }));

/** Rehype plugin: colours the blocks of code. Formulas, which are code until KaTeX sets them, are left alone. */
export function rehypeCode() {
  return async (tree: Root): Promise<void> => {
    const blocks: { code: Element; place: (Root | Element)['children']; pre: Element }[] = [];
    visit(tree, 'element', (pre, _, parent) => {
      const [code, ...rest] = pre.children;
      if (pre.tagName !== 'pre' || rest.length > 0 || code?.type !== 'element' || code.tagName !== 'code') return;
      blocks.push({ code, pre, place: parent!.children as Element['children'] });
    });
    for (const { code, pre, place } of blocks) {
      const [, info] = /\blanguage-(\S+)/.exec(String(code.properties.className)) ?? [];
      const named = languageOf(info ?? 'plaintext');
      // One that is not known has been reported.
      const language = languages.has(named) ? named : 'plaintext';
      if (language === 'math') continue;
      const meta = code.properties.metastring;
      const options = { transformers, ...(typeof meta === 'string' && { meta }) };
      const highlighter = await highlighterOf(language);
      const { children } = await highlighter.codeToHast(plainText(code), language, options);
      place.splice(place.indexOf(pre), 1, children[0] as Element);
    }
  };
}
