/** All errors of a post are reported together, each once, in the order of the text. */
import { expect, test } from 'vitest';
import { errorsOf } from './post.ts';

test('errors of every kind stand in one list, in the order of the text', async () => {
  const source =
    'See [](#gone) and $\\nope$.\n\n<Chrat />\n\n## A {1 + x} heading\n\n$$\nb \\ref{none}\n$$\n\n[](#gone)';
  const errors = await errorsOf(source);
  expect(errors.map((error) => error.split(': ')[0])).toEqual([
    'posts/x.mdx:1:5',
    'posts/x.mdx:1:20',
    'posts/x.mdx:3:1',
    'posts/x.mdx:5:6',
    'posts/x.mdx:8:3',
    'posts/x.mdx:11:1',
  ]);
});

test('an error that two checks find is listed once', async () => {
  expect(await errorsOf('By $\\eqref{none} + \\eqref{none}$.')).toHaveLength(2);
  expect(await errorsOf('$$\na \\label{1 2}\n$$')).toHaveLength(1);
});

test('text that does not parse is the only error, since nothing else can be known', async () => {
  expect(await errorsOf('$\\nope$\n\n<b>Text</i>')).toEqual([expect.stringContaining('posts/x.mdx:3:8: ')]);
});
