/** The places on a post's page that a link may lead to, for other posts: found in its text, without making the page. */
import { readFileSync } from 'node:fs';
import type { RemarkPlugins } from '@astrojs/markdown-remark';
import type { Root } from 'mdast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkSmartypants from 'remark-smartypants';
import { type PluggableList, unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { withLineFeeds } from '../lab/line-ends.ts';
import { remarkFootnotesNearby, remarkMathematics } from '../math/index.ts';
import { remarkQuotes, smartypants } from './quotes.ts';

/** The ids in a post's tree: headings, equations, figures, and what an author names in HTML. */
export function idsOf(tree: Root): string[] {
  const ids: string[] = [];
  visit(tree, (node) => {
    const { hProperties } = (node.data ?? {}) as { hProperties?: { id?: unknown } };
    if (typeof hProperties?.id === 'string') ids.push(hProperties.id);
    if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return;
    for (const each of node.attributes) {
      if (each.type !== 'mdxJsxAttribute' || typeof each.value !== 'string') continue;
      if (each.name === 'id' || (each.name === 'name' && node.name === 'a')) ids.push(each.value);
    }
  });
  return ids;
}

/** Markdown as posts have it, before the plugins of this site. */
export const syntaxes: RemarkPlugins = [[remarkGfm, { singleTilde: false }], remarkFootnotesNearby, remarkCjkFriendly];

const reader = unified()
  .use([remarkParse, remarkMdx])
  .use(syntaxes as PluggableList)
  .use(remarkSmartypants, smartypants)
  .use([remarkQuotes, ...remarkMathematics]);

/** The text of a post's file, with empty lines for its front matter. */
export const textIn = (file: string): string =>
  withLineFeeds(readFileSync(file, 'utf8')).replace(/^\ufeff?\s*---\n[\s\S]*?\n---/, (matter) =>
    matter.replace(/[^\n]/g, ''),
  );

let last: { text: string; ids: string[] | undefined } | undefined;

/** The ids that a post's file gives to places on its page; undefined if it cannot be read as a post. */
export function idsIn(file: string): readonly string[] | undefined {
  const text = textIn(file);
  if (last?.text === text) return last.ids;
  const source = new VFile({ path: file, value: text });
  let ids: string[] | undefined;
  try {
    ids = idsOf(reader.runSync(reader.parse(source), source) as Root);
  } catch {
    // What is wrong with it is told where it is.
  }
  last = { text, ids };
  return ids;
}
