/** Citations: `[@glorot2010]` reads "(Glorot & Bengio, 2010)" and leads to the list of references after the text. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Element, Root } from 'hast';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from '../math/index.ts';
import { words } from './words.ts';

/** The bibliography's file, beside the posts that cite from it. */
export const bibliography = 'references.bib';
const bracketed = /\[[^[\]]*@([\p{L}\d_][\w:.-]*)[^[\]]*\]/u;

function citesIn(tree: Root): { key: string; node: { position?: Root['position'] } }[] {
  const found: { key: string; node: { position?: Root['position'] } }[] = [];
  visit(tree, (node) => {
    if (node.type === 'element' && ['code', 'pre'].includes(node.tagName)) return SKIP;
    const key = node.type === 'text' ? bracketed.exec(node.value)?.[1] : undefined;
    if (key !== undefined) found.push({ key, node });
    return undefined;
  });
  return found;
}

/** Makes the addresses in the list links, and drops the empty class that citations come with. */
function polish(tree: Root): void {
  visit(tree, (node, index, parent) => {
    if (node.type === 'element' && String(node.properties.id).startsWith('citation-')) delete node.properties.className;
    if (node.type !== 'text' || parent?.type !== 'element' || index === undefined) return undefined;
    if (!String(parent.properties.className).includes('csl-entry')) return undefined;
    const [, before, url, after] = /^(.*?)(https?:\/\/\S+?)(\.?\s*)$/s.exec(node.value) ?? [];
    if (url === undefined) return undefined;
    const link: Element = {
      type: 'element',
      tagName: 'a',
      properties: { href: url },
      children: [{ type: 'text', value: url }],
    };
    parent.children.splice(index, 1, { type: 'text', value: before! }, link, { type: 'text', value: after! });
    return [SKIP, index + 3];
  });
}

/**
 * Rehype plugin: Pandoc's citation syntax, from `references.bib` beside the post, in APA style; the list gets a heading.
 * Reports a `[@key]` that the bibliography lacks.
 */
export function rehypeCitations() {
  return async (tree: Root, file: VFile): Promise<void> => {
    if (citesIn(tree).length === 0) return;
    const path = dirname(file.path);
    if (existsSync(join(path, bibliography))) {
      const { default: rehypeCitation } = await import('rehype-citation');
      const citing = unified().use(rehypeCitation, { path, bibliography, csl: 'apa', linkCitations: true });
      await citing.run(tree, file);
      polish(tree);
    }
    for (const unknown of citesIn(tree))
      report(file, unknown.node.position?.start, `[@${unknown.key}]: no such entry in ${join(path, bibliography)}`);

    const list = tree.children.findIndex((node) => node.type === 'element' && node.properties.id === 'refs');
    const heading: Element = {
      type: 'element',
      tagName: 'h2',
      properties: { id: 'references' },
      children: [{ type: 'text', value: words.text.references }],
    };
    if (list >= 0) tree.children.splice(list, 0, heading);
  };
}
