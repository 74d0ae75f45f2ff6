/** Equations with a label are numbered in order, and every reference shows the number and links to its equation. */
import { describe, expect, test } from 'vitest';
import { failure, html } from './pipeline.ts';

/** The numbers as printed, in order. */
const printed = (page: string) => [...page.matchAll(/<span class="mord text">\((\d+)\)<\/span>/g)].map(([, n]) => n);

const block = (tex: string) => `$$\n${tex}\n$$\n`;

describe('numbers', () => {
  test('go to labelled equations only, in order', async () => {
    const page = await html([block('a \\label{first}'), block('b'), block('c \\label{second}')].join('\n'));
    expect(page).toContain('id="eq-first"');
    expect(page).toContain('aria-label="Equation 1"');
    expect(page).toContain('aria-label="Equation 2"');
    expect(printed(page)).toEqual(['1', '2']);
  });

  test('count the lines of align apart, and only those with a label', async () => {
    const page = await html(block('\\begin{align}\na &= b \\label{p} \\\\\n&= c \\\\\n&= d \\label{q}\n\\end{align}'));
    expect(printed(page)).toEqual(['1', '2']);
    expect(page).toContain('id="eq-p"');
    expect(page).toContain('<span id="eq-q"></span>');
    expect(page).not.toContain('class="eqn-num"');
  });

  test('of the lines of align are in the MathML too', async () => {
    const page = await html(
      block('\\begin{align}\na &= b \\label{p} \\\\\n&= c \\\\\n&= d \\tag*{$\\ast$} \\label{q}\n\\end{align}'),
    );
    const rows = [...page.matchAll(/<mtr>(.*?)<\/mtr>/g)].map(([, row]) => row!.split('</mtd>').slice(0, -1));
    expect(rows.map((cells) => cells.length)).toEqual([3, 2, 3]);
    expect(rows[0]![2]).toContain('<mtext>(1)</mtext>');
    expect(rows[2]![2]).toContain('<mo>∗</mo>');
    expect(page).not.toContain('mml-eqn-num');
  });

  test('give way to a tag of the author', async () => {
    const page = await html(
      `${block('a \\tag{$\\ast$} \\label{star}')}\n${block('b \\label{next}')}\nBy $\\ref{next}$.`,
    );
    expect(page).toContain('<a href="#eq-next" class="reference">1</a>');
  });

  test('ignore a label in a comment, and a new line before the word label', async () => {
    const page = await html(block('a % \\label{no}\n\\\\label'));
    expect(page).not.toContain('id="eq-');
  });
});

describe('references', () => {
  const equation = block('a \\label{delta}');

  test.each([
    ['as a formula of their own', 'By $\\eqref{delta}$.', '<a href="#eq-delta" class="reference">(1)</a>'],
    ['without brackets', 'By $\\ref{delta}$.', '<a href="#eq-delta" class="reference">1</a>'],
    ['in plain text', 'By \\eqref{delta}.', 'By <a href="#eq-delta" class="reference">(1)</a>.'],
    ['as an empty link', 'By [](#eq-delta).', 'By <a href="#eq-delta" class="reference">(1)</a>.'],
    ['inside a formula', 'By $a \\stackrel{\\eqref{delta}}{=} b$.', '<mtext>(1)</mtext>'],
  ])('work %s', async (_, source, expected) => {
    expect(await html(`${equation}\n${source}`)).toContain(expected);
  });

  test.each([
    ['eq:delta', 'eq-delta'],
    ['sec.2:delta', 'eq-sec-2-delta'],
    ['delta_L', 'eq-delta_L'],
  ])('lead to a valid id, whatever LaTeX takes as a label: %s', async (label, id) => {
    const page = await html(`${block(`a \\label{${label}}`)}\nBy $\\eqref{${label}}$, $\\ref{${label}}$, [](#${id}).`);
    expect(page).toContain(`id="${id}"`);
    expect(page.match(new RegExp(`<a href="#${id}" class="reference">`, 'g'))).toHaveLength(3);
  });

  test('may stand before their equation', async () => {
    expect(await html(`By $\\eqref{delta}$.\n\n${equation}`)).toContain('>(1)</a>');
  });
});

describe('what stops the build, with its place', () => {
  test.each([
    [
      'a doubled label',
      `${block('a \\label{x}')}\n${block('b \\label{x}')}`,
      'posts/x.mdx:6:3: \\label{x} is already taken at posts/x.mdx:2:3',
    ],
    [
      'an unknown reference',
      `${block('a \\label{x}')}\nSee $\\eqref{y}$.`,
      'posts/x.mdx:5:6: \\eqref{y}: no such equation; this post labels x',
    ],
    [
      'an unknown reference in text',
      'See \\ref{y}.',
      'posts/x.mdx:1:9: \\ref{y}: no such equation; this post labels no equation',
    ],
    ['an unknown reference in a block', block('a\n+ \\ref{y}'), 'posts/x.mdx:3:3: \\ref{y}: no such equation'],
    ['a label in a line of text', 'See $a \\label{x}$.', 'posts/x.mdx:1:8: \\label{x} stands in a line of text'],
    ['a label that is no name', block('a \\label{two words}'), 'posts/x.mdx:2:3: \\label{two words} is no name'],
    [
      'labels that would have one id',
      `${block('a \\label{eq-a}')}\n${block('b \\label{eq:a}')}`,
      'posts/x.mdx:6:3: \\label{eq:a} and \\label{eq-a} at posts/x.mdx:2:3 would both be #eq-a; rename one',
    ],
    [
      'two labels of one equation',
      block('a \\label{x} \\label{y}'),
      '\\label{x} is followed by \\label{y} of the same equation',
    ],
  ])('%s', async (_, source, message) => {
    expect(await failure(source)).toContain(message);
  });
});

describe('a tag of its own', () => {
  test.each([
    ['a formula', '$\\ast$', '∗'],
    ['nested braces', '\\textbf{A{1}}', 'A1'],
    ['words and a formula', 'rule $x^{2}$', 'rule'],
  ])('with %s is set where it is referred to, and takes no number', async (_, tag, shown) => {
    const page = await html(
      `$$\na = b \\tag{${tag}} \\label{own}\n$$\n\n$$\nc \\label{next}\n$$\n\n$\\eqref{own}$ [](#eq-own) $\\eqref{next}$`,
    );
    const links = [...page.matchAll(/<a href="#eq-(?:own|next)".*?<\/a>/gs)].map(([link]) => link);
    expect(links).toHaveLength(3);
    expect(links[0]).toContain('class="katex"');
    expect(links[0]).toContain(shown);
    expect(links[0]).not.toContain('$');
    expect(links[1]).toContain(shown);
    expect(links[2]).toContain('>(1)<');
  });
});
