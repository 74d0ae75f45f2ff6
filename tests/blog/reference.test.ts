/** The reference in the guide: complete, and an unknown name is an error at its place. */
import type { Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { VFile } from 'vfile';
import { expect, test } from 'vitest';
import { references, remarkReference } from '../../src/blog/remark-reference.ts';
import { postError } from '../../src/math/report-errors.ts';

async function processed(mdx: string): Promise<{ tree: Root; error: string | undefined }> {
  const processor = unified().use(remarkParse).use(remarkMdx).use(remarkReference);
  const file = new VFile({ value: mdx, path: 'posts/x.mdx', cwd: '.' });
  const tree = (await processor.run(processor.parse(file), file)) as Root;
  return { tree, error: postError(file)?.message };
}

test.each(Object.entries(references))('everything of %s is documented', (_, entries) => {
  const missing = entries().flatMap(({ name, comment, unexplained }) => [
    ...(comment === '' ? [name] : []),
    ...unexplained.map((field) => `${name}.${field}`),
  ]);
  expect(missing).toEqual([]);
});

test('in a post it is a list of headings, code and sentences', async () => {
  const { tree, error } = await processed('Before.\n\n<Reference of="derivation" />\n\nAfter.\n');
  expect(error).toBeUndefined();
  const text = tree.children.map((node) => `${node.type}: ${plainText(node).split('\n')[0]}`);
  expect(text[0]).toBe('paragraph: Before.');
  expect(text).toContain('heading: Derivation');
  expect(text.at(-1)).toBe('paragraph: After.');
});

test.each([
  [
    'a part that is not there',
    '<Reference of="engin" />',
    'posts/x.mdx:1:1: there is no reference of “engin”; did you mean engine?',
  ],
  [
    'a name that every object has',
    '<Reference of="constructor" />',
    'posts/x.mdx:1:1: there is no reference of “constructor”',
  ],
  [
    'a list within a line',
    'See <Reference of="engine" />.',
    'posts/x.mdx:1:5: <Reference> is a list: write it on a line of its own',
  ],
])('%s is an error at its place', async (_, mdx, message) => {
  expect((await processed(mdx)).error).toContain(message);
});
