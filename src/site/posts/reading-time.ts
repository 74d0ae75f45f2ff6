/** Computes a post's reading time and its summary, the first paragraph as plain text. */
import type { Nodes, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { textAttributes } from './table-of-contents.ts';
import { texWords } from './title.ts';

const wordsPerMinute = 220;
/** A letter of a script without spaces between words, with adjacent punctuation. Readers take some 500 such a minute. */
const unspaced =
  /\p{P}*[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{P}*/gu;
const wordsPerLetter = wordsPerMinute / 500;
/** The number of words that a displayed formula or a figure counts as. */
const wordsPerFormula = 20;

function countWords(tree: Root): number {
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

/** A formula as Unicode text: `$\\delta^{(l)}$` is δ^(l). Invalid TeX stays as it is. */
function formulaText(tex: string): string {
  try {
    return texWords(tex);
  } catch {
    return tex;
  }
}

/** Noncharacters, which no text holds: placeholder of a value filled in later; marks around the alt text of an image. */
export const valuePlaceholder = '\ufdd2';
const image = { starts: '\ufdd0', ends: '\ufdd1' };
const imagesAtEnds = /^(?:\s*\ufdd0[^\ufdd1]*\ufdd1)+|(?:\ufdd0[^\ufdd1]*\ufdd1\s*)+$/g;

/** The attributes of a `<Value>`. */
export type SummaryValue = Readonly<Record<string, string>>;

/** A node's plain text, with placeholders for values; undefined if it holds other components. */
function nodeText(node: Nodes, values: SummaryValue[]): string | undefined {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'inlineMath') return formulaText(node.value);
  if (node.type === 'break') return ' ';
  if (node.type === 'html') return /^<br/i.test(node.value) ? ' ' : '';
  if (node.type === 'footnoteReference') return '';
  if (node.type === 'mdxTextExpression') return /^(?:\s|\/\*[\s\S]*?\*\/)*$/.test(node.value) ? '' : undefined;
  if (node.type === 'image' || node.type === 'imageReference') return image.starts + (node.alt ?? '') + image.ends;
  if (node.type === 'mdxJsxTextElement') {
    if (node.name === 'br') return ' ';
    if (node.name === 'Value') {
      values.push(textAttributes(node));
      return valuePlaceholder;
    }
    if (node.name !== 'Claim' && /^[A-Z]/.test(node.name ?? '')) return undefined;
  }
  if (!('children' in node)) return undefined;
  const parts = node.children.map((child) => nodeText(child, values));
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** A displayed formula as text, `…` if it has several lines; undefined for other nodes. */
function displayText(node: Nodes | undefined): string | undefined {
  const math = node?.type === 'equation' ? node.children.at(-1) : node;
  if (math?.type !== 'math') return undefined;
  if (/\\\\|\\begin/.test(math.value)) return '…';
  return formulaText(math.value.replace(/\\(?:tag|label)\*?\s*\{[^{}]*\}/g, '').trim());
}

const endsSentence = /[.!?…。！？][\p{Pe}\p{Pf}\p{Pi}"']*$/u;

/** A paragraph's text, with the displayed formulas and following paragraphs that belong to its last sentence. */
function sentences(tree: Root, at: number, values: SummaryValue[]): string | undefined {
  const nodes = tree.children;
  const isPlainParagraph = (node: Nodes | undefined) => node?.type === 'paragraph' && node.data?.hName === undefined;
  const read = (node: Nodes) => nodeText(node, values)?.replace(imagesAtEnds, '').replace(/\s+/g, ' ').trim();
  let text = read(nodes[at]!);
  const before = displayText(nodes[at - 1]);
  if (text && before && /^\p{Ll}/u.test(text)) text = `${before} ${text}`;
  for (let next = at + 1; text && !endsSentence.test(text); next += 2) {
    const [display, more] = [displayText(nodes[next]), nodes[next + 1]];
    if (display === undefined) break;
    text = `${text} ${display}`;
    if (!more || !isPlainParagraph(more)) break;
    const rest = read(more);
    if (!rest || /^\p{Lu}/u.test(rest)) break;
    text = `${text} ${rest}`;
  }
  return text;
}

/** An incomplete word at the end of a truncated text, in scripts with spaces between words. */
const incompleteWord =
  /(?<=.)\s+[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]*$/u;

/** The first paragraph with words (not of a list, callout or note), truncated to 200 characters. */
function summary(tree: Root): { text: string; values: SummaryValue[] } | undefined {
  for (const [at, node] of tree.children.entries()) {
    if (node.type !== 'paragraph' || node.data?.hName !== undefined) continue;
    if (node.children.every((child) => ['image', 'imageReference', 'inlineMath'].includes(child.type))) continue;
    const values: SummaryValue[] = [];
    const text = sentences(tree, at, values)?.replace(/[\ufdd0\ufdd1]/g, '');
    if (!text || !/[\p{L}\p{N}]/u.test(text)) continue;
    const characters = [...text];
    if (characters.length <= 200) return { text, values };
    return { text: `${characters.slice(0, 200).join('').replace(incompleteWord, '')}…`, values };
  }
  return undefined;
}

/** Remark plugin: adds `minutes`, `summary` and `summaryValues` (for its placeholders) to the front matter. */
export function remarkReadingTime() {
  return (tree: Root, file: VFile): void => {
    const frontmatter = file.data.astro?.frontmatter;
    if (!frontmatter) return;
    const found = summary(tree);
    frontmatter.minutes = Math.max(1, Math.round(countWords(tree) / wordsPerMinute));
    frontmatter.summary = found?.text;
    frontmatter.summaryValues = found?.values ?? [];
  };
}
