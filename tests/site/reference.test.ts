/** The reference in posts: read from sources, complete, and an unknown name or attribute is an error at its place. */
import { join } from 'node:path';
import type { Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { postError } from '../../src/math/report-errors.ts';
import { remarkComponents } from '../../src/site/checks/components.ts';
import { componentReference, moduleReference } from '../../src/site/reference/read-reference.ts';
import { references, remarkReference } from '../../src/site/reference/remark-reference.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

async function processed(mdx: string): Promise<{ tree: Root; error: string | undefined }> {
  const processor = unified().use(remarkParse).use(remarkMdx).use(remarkReference).use(remarkComponents);
  const { VFile } = await import('vfile');
  const file = new VFile({ value: mdx, path: 'posts/x.mdx', cwd: '.' });
  const tree = (await processor.run(processor.parse(file), file)) as Root;
  return { tree, error: postError(file)?.message };
}

describe('of a module', () => {
  const read = () => {
    const root = temporaryFolder({
      'index.ts':
        "export { add, type Pair } from './add.ts';\nexport type { Passed } from './between.ts';\nexport { limit } from './add.ts';\n",
      'between.ts': "export type { Passed } from './add.ts';\n",
      'add.ts': `/** First sentence of the file. */

/** The sum of \`a\` and \`b\`. */
export function add(a: number, b: number): number {
  return a + b;
}

/** Two numbers. */
export type Pair = {
  /** The left one. */
  left: number;
  right: number;
};

export type Passed = string;

/** The most. */
export const limit = (pair: Pair): number => Math.max(pair.left, pair.right);
`,
    });
    return moduleReference(join(root, 'index.ts'));
  };

  test('names stand in the order of the exports, with signatures and comments', () => {
    expect(read().map(({ name, code, comment }) => [name, code.split('\n')[0], comment])).toEqual([
      ['add', 'function add(a: number, b: number): number', 'The sum of `a` and `b`.'],
      ['Pair', 'type Pair = {', 'Two numbers.'],
      ['Passed', 'type Passed = string;', ''],
      ['limit', 'const limit = (pair: Pair): number', 'The most.'],
    ]);
  });

  test('fields without a word are found', () => {
    expect(read().find(({ name }) => name === 'Pair')!.unexplained).toEqual(['right']);
  });
});

test('of a component: attributes of its own and of types that it imports, without those that the build adds', () => {
  const root = temporaryFolder({
    'bounds.ts': 'export type Bounds = {\n  /** Not more. */\n  atMost?: number;\n};\n',
    'X.astro': `---
import type { Bounds } from './bounds.ts';
type Props = Bounds & {
  /** The measure. */
  of: string;
  /** Added by the build: where it stands. */
  at?: string;
};
---
<p />
`,
  });
  const { entries, added, open } = componentReference(join(root, 'X.astro'));
  expect(entries.map(({ name, code, comment }) => [name, code, comment])).toEqual([
    ['atMost', 'atMost?: number', 'Not more.'],
    ['of', 'of: string', 'The measure.'],
  ]);
  expect([added, open]).toEqual([['at'], false]);
});

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
  [
    'an attribute that a component does not have',
    'A <Value of="x.y" digits={2} />.',
    'posts/x.mdx:1:19: <Value>: no attribute digits; there are of, format',
  ],
  [
    'one that is misspelt',
    '<Chart of="x" shwo="y">\n\nWords.\n\n</Chart>',
    'posts/x.mdx:1:15: <Chart>: no attribute shwo; did you mean show?',
  ],
  [
    'an assertion that there is not',
    '<Claim of="x.y" atMots={3}>Words.</Claim>',
    '<Claim>: no attribute atMots; did you mean atMost?',
  ],
])('%s is an error at its place', async (_, mdx, message) => {
  expect((await processed(mdx)).error).toContain(message);
});
