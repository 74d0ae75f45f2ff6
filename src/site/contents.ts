/** The contents list of a post, and the anchors that let a reader link to a section. */
import type { Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { toString as plainText } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';

/** One heading: its level (2 is a section), its id, and its words as HTML, formulas included. */
export type ContentsEntry = { depth: number; id: string; html: string };

/** Rehype plugin: fills the post's `contents` and appends a `#` link to each heading from h2 to h4. */
export function rehypeContents() {
  return (tree: Root, file: VFile): void => {
    const contents: ContentsEntry[] = [];
    visit(tree, 'element', (heading) => {
      const depth = Number(/^h([2-4])$/.exec(heading.tagName)?.[1]);
      const { id } = heading.properties;
      if (!depth || typeof id !== 'string') return;
      contents.push({ depth, id, html: toHtml(heading.children) });
      const label = `Link to the section “${plainText(heading)}”`;
      const properties = { className: ['anchor'], href: `#${id}`, ariaLabel: label };
      heading.children.push({ type: 'element', tagName: 'a', properties, children: [] });
    });
    const frontmatter = file.data.astro?.frontmatter;
    if (frontmatter) frontmatter.contents = contents;
  };
}
