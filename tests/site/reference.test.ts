/** The reference of a module and of a component, read from sources; an unknown attribute is an error at its place. */
import { join } from 'node:path';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { VFile } from 'vfile';
import { describe, expect, test } from 'vitest';
import { postError } from '../../src/math/report-errors.ts';
import { remarkComponents } from '../../src/site/checks/components.ts';
import { componentReference, moduleReference } from '../../src/site/reference/read-reference.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

async function errorOf(mdx: string): Promise<string | undefined> {
  const processor = unified().use(remarkParse).use(remarkMdx).use(remarkComponents);
  const file = new VFile({ value: mdx, path: 'posts/x.mdx', cwd: '.' });
  await processor.run(processor.parse(file), file);
  return postError(file)?.message;
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

test.each([
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
  expect(await errorOf(mdx)).toContain(message);
});
