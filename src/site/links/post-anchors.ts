/** Finds the anchors (ids) of a post's page from its source, without rendering it, to check links from other posts. */
import { readFileSync } from 'node:fs';
import type { RemarkPlugins } from '@astrojs/markdown-remark';
import type { Root } from 'mdast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkDefinitionList from 'remark-definition-list';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkSmartypants from 'remark-smartypants';
import { type PluggableList, unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { normalizeLineEndings } from '../../lab/data-files/line-endings.ts';
import { remarkFootnotesNearby, remarkMathematics } from '../../math/index.ts';
import { isJsxElement } from '../../math/jsx.ts';
import { htmlElements } from '../markdown/html-elements.ts';
import { remarkPlainMarkdown } from '../markdown/plain-markdown.ts';
import { remarkQuotes, smartypants } from '../markdown/smart-quotes.ts';

/** The ids in a post's tree: headings, equations, figures, and HTML elements with `id` or `name`. */
export function anchorsInTree(tree: Root): string[] {
  const ids: string[] = [];
  visit(tree, (node) => {
    const { hProperties } = (node.data ?? {}) as { hProperties?: { id?: unknown } };
    if (typeof hProperties?.id === 'string') ids.push(hProperties.id);
    if (node.type === 'html')
      for (const { name, attributes } of htmlElements(node))
        for (const id of [attributes.id, name === 'a' ? attributes.name : undefined]) if (id) ids.push(id);
    if (!isJsxElement(node)) return;
    for (const each of node.attributes) {
      if (each.type !== 'mdxJsxAttribute' || typeof each.value !== 'string') continue;
      if (each.name === 'id' || (each.name === 'name' && node.name === 'a')) ids.push(each.value);
    }
  });
  return ids;
}

/** The Markdown syntax extensions of posts, which run before the site's own plugins. */
export const markdownSyntax: RemarkPlugins = [
  [remarkGfm, { singleTilde: false }],
  remarkFootnotesNearby,
  remarkCjkFriendly,
  remarkDefinitionList,
];

const processor = unified()
  .use([remarkParse, remarkMdx, remarkPlainMarkdown])
  .use(markdownSyntax as PluggableList)
  .use(remarkSmartypants, smartypants)
  .use([remarkQuotes, ...remarkMathematics]);

/** The text of a post's file; its front matter is replaced by empty lines, so that line numbers stay. */
export const postText = (file: string): string =>
  normalizeLineEndings(readFileSync(file, 'utf8')).replace(/^\ufeff?\s*---\n[\s\S]*?\n---/, (matter) =>
    matter.replace(/[^\n]/g, ''),
  );

let last: { file: string; text: string; ids: string[] | undefined } | undefined;

/** The ids on the page of a post's file; undefined if it cannot be parsed. The last result is cached. */
export function anchorsInFile(file: string): readonly string[] | undefined {
  const text = postText(file);
  if (last?.text === text && last.file === file) return last.ids;
  const source = new VFile({ path: file, value: text });
  let ids: string[] | undefined;
  try {
    ids = anchorsInTree(processor.runSync(processor.parse(source), source) as Root);
  } catch {
    // Its errors are reported when the post is compiled.
  }
  last = { file, text, ids };
  return ids;
}
