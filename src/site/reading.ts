/** How long a post takes to read, and its first paragraph of words for those who only glance. */
import type { Nodes, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { textAttributes } from './contents.ts';
import { texWords } from './title.ts';

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

/** A formula in words and Unicode: `$\\delta^{(l)}$` is δ^(l). TeX that cannot be set, as it is. */
function formula(tex: string): string {
  try {
    return texWords(tex);
  } catch {
    return tex;
  }
}

/** Characters that no text holds: a value that only the page knows; around the words of an image. */
export const valueGap = '\ufdd2';
const image = { starts: '\ufdd0', ends: '\ufdd1' };
const imagesAtEnds = /^(?:\s*\ufdd0[^\ufdd1]*\ufdd1)+|(?:\ufdd0[^\ufdd1]*\ufdd1\s*)+$/g;

/** What a `<Value>` says it shows. */
export type SummaryValue = Readonly<Record<string, string>>;

/** What `node` reads in a line of words, its values as gaps; undefined for what only the page makes: other components. */
function said(node: Nodes, values: SummaryValue[]): string | undefined {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'inlineMath') return formula(node.value);
  if (node.type === 'break') return ' ';
  if (node.type === 'footnoteReference') return '';
  if (node.type === 'mdxTextExpression') return /^(?:\s|\/\*[\s\S]*?\*\/)*$/.test(node.value) ? '' : undefined;
  if (node.type === 'image' || node.type === 'imageReference') return image.starts + (node.alt ?? '') + image.ends;
  if (node.type === 'mdxJsxTextElement') {
    if (node.name === 'br') return ' ';
    if (node.name === 'Value') {
      values.push(textAttributes(node));
      return valueGap;
    }
    if (node.name !== 'Claim' && /^[A-Z]/.test(node.name ?? '')) return undefined;
  }
  if (!('children' in node)) return undefined;
  const parts = node.children.map((child) => said(child, values));
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** A displayed formula in a line of words, … if it has several lines; undefined for what is none. */
function displayed(node: Nodes | undefined): string | undefined {
  const math = node?.type === 'equation' ? node.children.at(-1) : node;
  if (math?.type !== 'math') return undefined;
  if (/\\\\|\\begin/.test(math.value)) return '…';
  return formula(math.value.replace(/\\(?:tag|label)\*?\s*\{[^{}]*\}/g, '').trim());
}

const isEnded = /[.!?…。！？][\p{Pe}\p{Pf}\p{Pi}"']*$/u;

/** A paragraph with the displayed formulas that stand in its sentences, and what follows them there. */
function sentences(tree: Root, at: number, values: SummaryValue[]): string | undefined {
  const nodes = tree.children;
  const isOwn = (node: Nodes | undefined) => node?.type === 'paragraph' && node.data?.hName === undefined;
  const read = (node: Nodes) => said(node, values)?.replace(imagesAtEnds, '').replace(/\s+/g, ' ').trim();
  let text = read(nodes[at]!);
  const before = displayed(nodes[at - 1]);
  if (text && before && /^\p{Ll}/u.test(text)) text = `${before} ${text}`;
  for (let next = at + 1; text && !isEnded.test(text); next += 2) {
    const [display, more] = [displayed(nodes[next]), nodes[next + 1]];
    if (display === undefined) break;
    text = `${text} ${display}`;
    if (!more || !isOwn(more)) break;
    const rest = read(more);
    if (!rest || /^\p{Lu}/u.test(rest)) break;
    text = `${text} ${rest}`;
  }
  return text;
}

/** The begun word at the end of a cut text, in scripts that set words apart by spaces. */
const begun =
  /(?<=.)\s+[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]*$/u;

/** The first paragraph of the post itself (of no list, callout or note) that is words, cut to at most 200 characters. */
function summary(tree: Root): { text: string; values: SummaryValue[] } | undefined {
  for (const [at, node] of tree.children.entries()) {
    if (node.type !== 'paragraph' || node.data?.hName !== undefined) continue;
    if (node.children.every((child) => ['image', 'imageReference', 'inlineMath'].includes(child.type))) continue;
    const values: SummaryValue[] = [];
    const text = sentences(tree, at, values)?.replace(/[\ufdd0\ufdd1]/g, '');
    if (!text || !/[\p{L}\p{N}]/u.test(text)) continue;
    const characters = [...text];
    if (characters.length <= 200) return { text, values };
    return { text: `${characters.slice(0, 200).join('').replace(begun, '')}…`, values };
  }
  return undefined;
}

/** Remark plugin: gives the post `minutes` and, if it has such a paragraph, `summary` and the values in its gaps. */
export function remarkReading() {
  return (tree: Root, file: VFile): void => {
    const frontmatter = file.data.astro?.frontmatter;
    if (!frontmatter) return;
    const found = summary(tree);
    frontmatter.minutes = Math.max(1, Math.round(words(tree) / wordsPerMinute));
    frontmatter.summary = found?.text;
    frontmatter.summaryValues = found?.values ?? [];
  };
}
