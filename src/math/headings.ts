/** Ids for headings, from their words and their TeX: taken before KaTeX sets each formula twice over. */
import Slugger from 'github-slugger';
import type { Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type {} from 'remark-rehype'; // types of data.hProperties and data.hChildren
import { visit } from 'unist-util-visit';

/** Remark plugin: `## The error term $\delta^{(l)}$` gets the id `the-error-term-deltal`. */
export function remarkHeadingIds() {
  return (tree: Root): void => {
    const slugger = new Slugger();
    visit(tree, 'heading', (heading) => {
      const id = slugger.slug(plainText(heading).trim());
      heading.data = { ...heading.data, hProperties: { ...heading.data?.hProperties, id } };
    });
  };
}
