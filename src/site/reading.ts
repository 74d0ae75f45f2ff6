/** How long a post takes to read, and its first plain sentence for those who only glance. */
import type { Nodes, Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { EXIT, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';

const wordsPerMinute = 220;
/** A displayed formula or a figure takes as long as this many words. */
const wordsPerFormula = 20;

function words(tree: Root): number {
  let count = 0;
  visit(tree, (node) => {
    if (node.type === 'text') count += node.value.split(/\s+/).filter(Boolean).length;
    if (node.type === 'math' || node.type === 'mdxJsxFlowElement') count += wordsPerFormula;
  });
  return count;
}

const isProse = (node: Nodes): boolean =>
  node.type === 'text' || ['emphasis', 'strong', 'link', 'inlineCode'].includes(node.type);

/** The first paragraph that is only words, cut at a word to at most 200 characters. */
function summary(tree: Root): string | undefined {
  let found: string | undefined;
  visit(tree, 'paragraph', (paragraph) => {
    if (!paragraph.children.every(isProse)) return undefined;
    found = plainText(paragraph).replace(/\s+/g, ' ');
    return EXIT;
  });
  return found && found.length > 200 ? `${found.slice(0, 200).replace(/\s+\S*$/, '')}…` : found;
}

/** Remark plugin: gives the post `minutes` and, if it has such a paragraph, `summary`. */
export function remarkReading() {
  return (tree: Root, file: VFile): void => {
    const frontmatter = file.data.astro?.frontmatter;
    if (!frontmatter) return;
    frontmatter.minutes = Math.max(1, Math.round(words(tree) / wordsPerMinute));
    frontmatter.summary = summary(tree);
  };
}
