/** Posts in plain Markdown, `.md`: CommonMark and GFM with HTML, in which the syntax of MDX is text. */
import type { Root as HastRoot } from 'hast';
import type { Root } from 'mdast';
import remarkParse from 'remark-parse';
import { type Parser, type Processor, unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';

/** Whether a post is plain Markdown, by the name of its file. */
export const isPlain = ({ path }: Pick<VFile, 'path'>): boolean => /\.md$/.test(path ?? '');

/**
 * Remark plugin, to run before all others: parses `.md` without the extensions that are there already, which are those
 * of MDX.
 */
export function remarkPlainMarkdown(this: Processor): void {
  const extensions = () => ({
    micromarkExtensions: this.data().micromarkExtensions ?? [],
    fromMarkdownExtensions: this.data().fromMarkdownExtensions ?? [],
  });
  const { micromarkExtensions, fromMarkdownExtensions } = extensions();
  const mdx = new Set<unknown>([...micromarkExtensions, ...fromMarkdownExtensions]);
  const parse = this.parser as Parser<Root>;
  let parser: Processor<Root> | undefined;
  this.parser = (document, file) => {
    if (!isPlain(file)) return parse(document, file);
    const all = extensions();
    parser ??= unified()
      .data({
        micromarkExtensions: all.micromarkExtensions.filter((each) => !mdx.has(each)),
        fromMarkdownExtensions: all.fromMarkdownExtensions.filter((each) => !mdx.has(each)),
      })
      .use(remarkParse);
    return parser.parse(file);
  };
}

/** Rehype plugin: removes the comments of HTML, which the page would carry. */
export function rehypeComments() {
  return (tree: HastRoot): void => {
    visit(tree, 'comment', (_, index, parent) => {
      parent!.children.splice(index!, 1);
      return index;
    });
  };
}
