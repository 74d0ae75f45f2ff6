/** Markdown is rendered as other tools render it, or is an error with its location. */
import { describe, expect, test } from 'vitest';
import { errorsOf, html } from './post.ts';

const plain = (page: string): string =>
  page
    .replace(/<span class="katex-html".*?<\/math>/gs, '')
    .replace(/<[^>]+>/g, '')
    .trim();

describe('tables lose no cell', () => {
  const table = (row: string) => `| a | b |\n| - | - |\n| 1 | 2 |\n${row}\n`;
  test.each([
    ['a row longer than the header', table('| 1 | 2 | 3 lost |'), '4:9', 'its header 2'],
    ['two cells too many', table('| 1 | 2 | 3 | 4 |'), '4:9', '4 cells'],
    ['a bar within a formula', table('| $|x|$ | absolute |'), '4:1', '\\|'],
    ['a bar within a formula that leaves as many cells', table('| $p(a|b)$ |'), '4:1', '\\|'],
  ])('%s', async (_, source, place, says) => {
    const errors = await errorsOf(source);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`posts/x.mdx:${place}: `);
    expect(errors[0]).toContain(says);
  });

  test('an escaped bar is one bar in a formula, as in code', async () => {
    const page = await html(table('| $\\|y\\|$ and $p(a \\| b)$ | `c\\|d` |'));
    expect(page).not.toContain('∥');
    expect(page).toContain('∣');
    expect(page).toContain('<code>c|d</code>');
    expect(await html('Outside $\\|y\\|$.')).toContain('∥');
  });

  test('a shorter row and dollars as prices are no error', async () => {
    expect(await errorsOf(table('| only |'))).toEqual([]);
    expect(await errorsOf(table('| $5 | `$x` |'))).toEqual([]);
  });
});

test.each([
  ['It takes 3~5 minutes and 7~9 seconds.', 'It takes 3~5 minutes and 7~9 seconds.'],
  ['In ~/foo and ~/bar, about ~100.', 'In ~/foo and ~/bar, about ~100.'],
  ['Not ~~this~~ that.', 'Not <del>this</del> that.'],
])('a single tilde is text: %s', async (source, expected) => {
  expect(await html(source)).toBe(`<p>${expected}</p>`);
});

test.each([
  ['**重要。**下一句', '<strong>重要。</strong>下一句'],
  ['これは**「強調」**です', 'これは<strong>「強調」</strong>です'],
  ['中文*（斜体）*后面', '中文<em>（斜体）</em>后面'],
])('emphasis beside punctuation without spaces: %s', async (source, expected) => {
  expect(await html(source)).toBe(`<p>${expected}</p>`);
});

describe('quotation marks beside what is no text', () => {
  test.each([
    ['He said "$x$" then.', /He said .*“.*x.*”.* then\./s],
    ['So "$a$ and $b$" are.', /“.*a.* and .*b.*”/s],
    ["Now $x$'s value.", /x.*’s.* value/s],
    ["The '$y$' here.", /‘.*y.*’/s],
    ['As "`code`" is.', /As “<code>code<\/code>” is/],
  ])('%s', async (source, expected) => {
    const page = await html(source);
    expect(page).toMatch(expected);
    expect(page.replace(/<[^>]*>/g, '')).not.toMatch(/["']|”.*“/);
  });
});

test.each([
  ['# Title', '1:1'],
  ['Text.\n\n# Another', '3:1'],
  ['Underlined\n===', '1:1'],
])('a second heading of the first level is an error: %j', async (source, place) => {
  expect(await errorsOf(source)).toEqual([expect.stringContaining(`posts/x.mdx:${place}: `)]);
});

test('a block of code in the language math is a displayed formula that takes a number', async () => {
  const page = await html('```math\na + b \\label{sum}\n```\n\nBy $\\eqref{sum}$.');
  expect(page).toContain('<div class="equation" id="eq-sum"');
  expect(plain(page)).toContain('By (1).');
  expect(await errorsOf('Text.\n\n```math\na\n+ \\nope\n```')).toEqual([expect.stringContaining('posts/x.mdx:5:3: ')]);
});

test.each(['> [!NOTE]\n> $$x$$\n>\n> Text.', '> [!TIP]\n>\n> $$\n> x\n> $$', '> [!NOTE]\n> \\[x\\]'])(
  'a callout that begins with a formula has no empty paragraph: %j',
  async (source) => {
    const page = await html(source);
    expect(page).toContain('class="equation"');
    expect(page).not.toMatch(/<p>\s*<\/p>/);
    expect(page).toContain('markdown-alert');
  },
);

test.each([
  ['![a](<./my plot.png> "Caption")', 'fig-my-plot'],
  ['![a](./my%20plot.v2.png "Caption")', 'fig-my-plot-v2'],
  ['![a](./plot.png "Caption")', 'fig-plot'],
])('a figure is named after its file by a valid id: %s', async (source, id) => {
  const page = await html(`${source}\n`).catch((error: Error) => error.message);
  expect(page).toMatch(new RegExp(`id="${id}"|no such file|not there`));
});

test('a definition of two paragraphs keeps them apart', async () => {
  expect(await html('Term\n: First.\n\n    Second.\n\nEnd.')).toMatch(
    /<dd>\s*<p>First.<\/p>\s*<p>Second.<\/p>\s*<\/dd>/,
  );
  expect(await html('Term\n: Only.\n\nEnd.')).toMatch(/<dd>Only.\s*<\/dd>/);
});

test('a sign before an equals sign has advice', async () => {
  expect(await errorsOf('If a <= b.')).toEqual([
    expect.stringMatching(/1:7: Unexpected character `=`.*; for the sign itself write \\<$/),
  ]);
  expect(await errorsOf('I <3 it.')).toEqual([expect.stringMatching(/1:4: .*; for the sign itself write \\<$/)]);
});
