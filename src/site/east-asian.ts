/** Chinese and Japanese set no spaces: a line that ends in the source does not put one between two of their letters. */
import type { Paragraph, Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';

const letter = '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\u3000-\\u303f\\uff00-\\uffef]';
const endsSo = new RegExp(`${letter}$`, 'u');
const startsSo = new RegExp(`^${letter}`, 'u');
const between = new RegExp(`(?<=${letter})\\n(?=${letter})`, 'gu');

function join({ children }: Paragraph): void {
  for (const [i, child] of children.entries()) {
    if (child.type !== 'text') continue;
    const before = i > 0 && endsSo.test(plainText(children[i - 1]!));
    const after = i + 1 < children.length && startsSo.test(plainText(children[i + 1]!));
    let value = child.value.replace(between, '');
    if (before && startsSo.test(value.slice(1))) value = value.replace(/^\n/, '');
    if (after && endsSo.test(value.slice(0, -1))) value = value.replace(/\n$/, '');
    child.value = value;
  }
}

/** Remark plugin: joins lines between East Asian letters. */
export function remarkEastAsianLines() {
  return (tree: Root): void => visit(tree, 'paragraph', join);
}
