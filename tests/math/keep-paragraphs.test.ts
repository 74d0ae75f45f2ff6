/** `<Claim>` and `<Value>` alone in a paragraph keep it; figures get none. */
import type { Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { remarkKeepParagraphs } from '../../src/math/keep-paragraphs.ts';

/** Parses MDX, takes components out of paragraphs that contain nothing else, as MDX does, and runs the plugin. */
function parsed(text: string): Root {
  const tree = unified().use(remarkParse).use(remarkMdx).parse(text) as Root;
  tree.children = tree.children.flatMap((node) =>
    node.type === 'paragraph' &&
    node.children.every((child) => child.type === 'mdxJsxTextElement' || !textOf(child).trim())
      ? node.children
          .filter((child) => child.type === 'mdxJsxTextElement')
          .map((child) => ({ ...child, type: 'mdxJsxFlowElement' }) as unknown as Root['children'][number])
      : [node],
  );
  remarkKeepParagraphs()(tree);
  return tree;
}

test('a claim alone in its paragraph stands in a paragraph', () => {
  for (const text of [
    '<Claim of="a" equals={0}>They are equal.</Claim>',
    '<Claim of="a" equals={0}>\n  They are equal.\n</Claim>',
  ]) {
    const [paragraph, ...others] = parsed(text).children;
    expect([paragraph?.type, others.length, textOf(paragraph)]).toEqual(['paragraph', 0, 'They are equal.']);
  }
});

test('claims on neighbouring lines share a paragraph, others do not', () => {
  const first = '<Claim of="a">One.</Claim>';
  expect(parsed(`${first}\n<Claim of="b">Two.</Claim>`).children.map((node) => textOf(node))).toEqual(['One.\nTwo.']);
  expect(parsed(`${first}\n\n<Claim of="b">Two.</Claim>`).children.map((node) => textOf(node))).toEqual([
    'One.',
    'Two.',
  ]);
});

test('figures stay as they are', () => {
  expect(parsed('<Chart of="a">A caption.</Chart>').children.map((node) => node.type)).toEqual(['mdxJsxFlowElement']);
});
