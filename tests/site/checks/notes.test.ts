/** Footnotes are shown, or an error says why they would not be. */
import { expect, test } from 'vitest';
import { errorsOf } from './post.ts';

test.each([
  [
    'a note that nothing refers to',
    'Text.\n\n[^a]: Note.',
    'posts/x.mdx:3:1: nothing refers to this note; write [^a] where it belongs',
  ],
  ['a note that only itself refers to', '[^a]: Note [^a].', 'posts/x.mdx:1:1: nothing refers to this note'],
  [
    'a second note of the same name',
    'Text[^a].\n\n[^a]: One.\n\n[^A]: Two.',
    'posts/x.mdx:5:1: a second note [^A], after that of line 3',
  ],
])('%s is an error', async (_, source, expected) => {
  expect(await errorsOf(source)).toEqual([expect.stringContaining(expected)]);
});

test.each([
  ['one that is referred to, twice', 'A[^a] b[^a].\n\n[^a]: Note.'],
  ['one that another note refers to', 'A[^a].\n\n[^a]: Note[^b].\n\n[^b]: Other.'],
  ['one in a quote', '> A[^a].\n>\n> [^a]: Note.'],
])('%s is none', async (_, source) => {
  expect(await errorsOf(source)).toEqual([]);
});
