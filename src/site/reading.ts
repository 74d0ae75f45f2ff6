/** How long a post takes to read, and its first paragraph of words for those who only glance. */
import { fromHtml } from 'hast-util-from-html';
import { toString as htmlText } from 'hast-util-to-string';
import katex from 'katex';
import type { Nodes, Root } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { katexSettings } from '../math/index.ts';
import { site } from './config.ts';

const wordsPerMinute = 220;
/** A letter of a script without spaces, with the punctuation at it. Such are read at some 500 a minute. */
const unspaced =
  /\p{P}*[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{P}*/gu;
const wordsPerLetter = wordsPerMinute / 500;
/** A displayed formula or a figure takes as long as this many words. */
const wordsPerFormula = 20;

function words(tree: Root): number {
  let count = 0;
  visit(tree, (node) => {
    if (node.type === 'text') {
      const letters = node.value.match(unspaced)?.length ?? 0;
      count += node.value.replace(unspaced, ' ').split(/\s+/).filter(Boolean).length + letters * wordsPerLetter;
    }
    if (node.type === 'math' || node.type === 'mdxJsxFlowElement') count += wordsPerFormula;
  });
  return count;
}

/** A formula as the characters of its MathML: `$\delta^{(l)}$` is δ(l). TeX that cannot be set, as it is. */
function formula(tex: string): string {
  try {
    const html = katex.renderToString(tex, { ...katexSettings({ macros: site.macros }), output: 'mathml' });
    const tree = fromHtml(html, { fragment: true });
    visit(tree, 'element', (element, index, parent) => {
      if (element.tagName !== 'annotation') return undefined;
      parent!.children.splice(index!, 1);
      return [SKIP, index!];
    });
    return htmlText(tree);
  } catch {
    return tex;
  }
}

/** What `node` reads in a line of words; undefined for what is only known when the page is made: components, values. */
function said(node: Nodes): string | undefined {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'inlineMath') return formula(node.value);
  if (node.type === 'break') return ' ';
  if (node.type === 'footnoteReference') return '';
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? '';
  if (node.type === 'mdxJsxTextElement' && /^[A-Z]/.test(node.name ?? '')) return undefined;
  if (!('children' in node)) return undefined;
  const parts = node.children.map(said);
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** The begun word at the end of a cut text, in scripts that set words apart by spaces. */
const begun =
  /(?<=.)\s+[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]*$/u;

/** The first paragraph of the post itself (of no list, callout or note) that is words, cut to at most 200 characters. */
function summary(tree: Root): string | undefined {
  for (const node of tree.children) {
    if (node.type !== 'paragraph' || node.data?.hName !== undefined) continue;
    if (node.children.every((child) => ['image', 'imageReference', 'inlineMath'].includes(child.type))) continue;
    const text = said(node)?.replace(/\s+/g, ' ').trim();
    if (!text || !/[\p{L}\p{N}]/u.test(text)) continue;
    const characters = [...text];
    if (characters.length <= 200) return text;
    return `${characters.slice(0, 200).join('').replace(begun, '')}…`;
  }
  return undefined;
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
