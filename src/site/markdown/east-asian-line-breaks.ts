/** Removes line breaks between Chinese or Japanese letters, where HTML would show a space. */
import type { Paragraph, Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';

const letter = '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\u3000-\\u303f\\uff00-\\uffef]';
const endsWithLetter = new RegExp(`${letter}$`, 'u');
const startsWithLetter = new RegExp(`^${letter}`, 'u');
const breakBetweenLetters = new RegExp(`(?<=${letter})\\n(?=${letter})`, 'gu');

function joinLines({ children }: Paragraph): void {
  for (const [i, child] of children.entries()) {
    if (child.type !== 'text') continue;
    const before = i > 0 && endsWithLetter.test(plainText(children[i - 1]!));
    const after = i + 1 < children.length && startsWithLetter.test(plainText(children[i + 1]!));
    let value = child.value.replace(breakBetweenLetters, '');
    if (before && startsWithLetter.test(value.slice(1))) value = value.replace(/^\n/, '');
    if (after && endsWithLetter.test(value.slice(0, -1))) value = value.replace(/\n$/, '');
    child.value = value;
  }
}

/** Remark plugin: joins lines between East Asian letters. */
export function remarkEastAsianLines() {
  return (tree: Root): void => visit(tree, 'paragraph', joinLines);
}
