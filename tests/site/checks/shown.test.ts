/** Markdown that would show less than an author wrote, or something else, is an error. */
import { expect, test } from 'vitest';
import { errorsOf } from './post.ts';

test.each([
  ['a link without words', 'See [](https://a.example).', '1:5: [](https://a.example): a link without words'],
  ['one with a space for words', 'See [ ](https://a.example).', '1:5: [](https://a.example): a link without words'],
  ['a link without an address', 'See [this]().', '1:5: a link without an address; write [words]('],
  ['a picture without one', '![A plot]()', '1:1: ![A plot](): no address; write ![A plot](./a-picture.png)'],
  ['a heading without words', 'A.\n\n##\n\nB.', '3:1: a heading without words; write them after the signs #'],
  [
    'a second address',
    '[a], [b]\n\n[a]: #eq-x\n[b]: #eq-x\n[A]: #eq-x\n\n$$\ny \\label{x}\n$$',
    '5:1: a second address of [A], after that of line 3',
  ],
  ['a number of a list that is left out', '1. a\n2. b\n4. c', '3:1: 4. would be shown as 3.; number the items'],
  ['one that is twice', '> 3. a\n> 3. b\n> 4. c', '2:3: 3. would be shown as 4.'],
  [
    'a heading without a space',
    'A.\n\n##Words',
    '3:1: ##Words: this would be shown as it stands; a heading has a space',
  ],
  [
    'a seventh level',
    '####### Words',
    '1:1: ####### Words: this would be shown as it stands; a heading has at most six',
  ],
  ['a directive', '::note[Words]', '1:1: ::note[Words]: this would be shown as it stands; write > [!NOTE]'],
  [
    'a table with too few dashes',
    '| a | b |\n|---|\n| c | d |',
    '2:1: this is no table: its header has 2 cells, this line 1; write |---|---|',
  ],
  ['one without outer bars', 'A\n\na | b\n-|-|-\nc | d', '4:1: this is no table: its header has 2 cells, this line 3'],
])('%s is an error', async (_, source, message) => {
  expect(await errorsOf(source)).toEqual([expect.stringContaining(`posts/x.mdx:${message}`)]);
});

test.each([
  ['lists whose items have one number', '1. a\n1. b\n1. c\n\ntext\n\n0) a\n0) b'],
  ['lists from another number', '7. a\n8. b\n   1. c\n   2. d\n9. e'],
  ['an empty link to a formula', 'See [](#eq-x).\n\n$$\nx \\label{x}\n$$'],
  ['marked words as a link', '[*a*](https://a.example) [`b`](https://a.example)'],
  ['a comment', '[//]: # (a comment)\n\nSo.\n\n[later]: https://a.example/'],
  ['a sign before a word', '#tag and C##\n\n\\##Words'],
  ['bars that are no table', '|x| is\n|--|, so | - |'],
])('%s may stand', async (_, source) => {
  expect(await errorsOf(source)).toEqual([]);
});
