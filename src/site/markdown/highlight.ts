/**
 * Syntax highlighting, deterministic: a block's HTML depends on its text and language alone. So each language has its own
 * highlighter (one that has loaded more languages would colour them where they are embedded), and tokenising has no
 * time limit (after which the rest of a line would stay plain).
 */
import type { ShikiHighlighter } from '@astrojs/markdown-remark/shiki';
import { transformerMetaHighlight } from '@shikijs/transformers';
import type { ShikiTransformer } from '@shikijs/types';
import type { Element, Root } from 'hast';
import { toString as plainText } from 'hast-util-to-string';
import { bundledLanguagesInfo } from 'shiki/langs';
import { visit } from 'unist-util-visit';
import { cached } from '../output/build-cache.ts';
import { codeTitles } from './code-titles.ts';

const noTimeLimit: ShikiTransformer = {
  name: 'no-time-limit',
  preprocess(_, options) {
    options.tokenizeTimeLimit = 0;
  },
};
const transformers = [noTimeLimit, transformerMetaHighlight(), codeTitles()];

/** Languages without a grammar: plain text, formulas, terminal output. */
const specialLanguages = ['text', 'txt', 'plain', 'plaintext', 'math', 'ansi'];

/** The names and aliases of all languages of code blocks. */
export const codeLanguages: ReadonlySet<string> = new Set([
  ...specialLanguages,
  ...bundledLanguagesInfo.flatMap(({ id, aliases = [] }) => [id, ...aliases]),
]);

/** The language in the info string of a code block: ` ```Rust,ignore ` is rust. */
export const languageOf = (info: string): string => info.replace(/,.*$/s, '').toLowerCase();

/** The highlighter for `language` and the languages that its grammar requires. */
async function highlighterOf(language: string): Promise<ShikiHighlighter> {
  const { createShikiHighlighter } = await import('@astrojs/markdown-remark/shiki');
  // Highlighters are cached by theme and aliases: an alias that nobody writes gives each language its own.
  return createShikiHighlighter({ theme: 'css-variables', langAlias: { [`only ${language}`]: language } });
}

/** TypeScript as a `<pre>` in the colours of `code.css`. */
export const highlightTypeScript = (code: string): Promise<string> =>
  cached('code', [code], async () =>
    (await highlighterOf('ts')).codeToHtml(code, 'ts', { transformers: [noTimeLimit] }),
  );

/** Rehype plugin: highlights code blocks, except formulas, which are code until KaTeX sets them. */
export function rehypeCode() {
  return async (tree: Root): Promise<void> => {
    const blocks: { code: Element; siblings: (Root | Element)['children']; pre: Element }[] = [];
    visit(tree, 'element', (pre, _, parent) => {
      const [code, ...rest] = pre.children;
      if (pre.tagName !== 'pre' || rest.length > 0 || code?.type !== 'element' || code.tagName !== 'code') return;
      blocks.push({ code, pre, siblings: parent!.children as Element['children'] });
    });
    for (const { code, pre, siblings } of blocks) {
      const [, info] = /\blanguage-(\S+)/.exec(String(code.properties.className)) ?? [];
      const named = languageOf(info ?? 'plaintext');
      // Unknown languages have been reported.
      const language = codeLanguages.has(named) ? named : 'plaintext';
      if (language === 'math') continue;
      const meta = code.properties.metastring;
      const options = { transformers, ...(typeof meta === 'string' && { meta }) };
      const highlighter = await highlighterOf(language);
      const { children } = await highlighter.codeToHast(plainText(code), language, options);
      siblings.splice(siblings.indexOf(pre), 1, children[0] as Element);
    }
  };
}
