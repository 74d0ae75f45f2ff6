/** TeX that cannot be set is an error with line and column; a display formula scrolls. */
import { describe, expect, test, vi } from 'vitest';
import { texToHtml } from '../../src/math/index.ts';
import { failure, html } from './pipeline.ts';

describe('bad TeX stops the build', () => {
  test.each([
    ['in a line', 'First.\n\nSee $a + \\nope$ there.', 'posts/x.mdx:3:10: Undefined control sequence: \\nope'],
    ['in a block', '$$\na\n+ \\nope\n$$', 'posts/x.mdx:3:3: Undefined control sequence'],
    ['in a list', '- one\n\n  $$\n  a + \\nope\n  $$', 'posts/x.mdx:4:7: Undefined control sequence'],
    ['in a quote', '> $$\n> a + \\nope\n> $$', 'posts/x.mdx:2:7: Undefined control sequence'],
    ['after a label on the same line', '$$\na \\label{x} + \\nope\n$$', 'posts/x.mdx:2:15: Undefined control sequence'],
    [
      'after a reference',
      '$$\na \\label{x}\n$$\n\nBy $\\eqref{x} + \\nope$.',
      'posts/x.mdx:5:17: Undefined control sequence',
    ],
    ['in a heading', '## On $\\nope$', 'posts/x.mdx:1:8: Undefined control sequence'],
    ['with an open brace', '$$\n\\frac{a\n$$', 'posts/x.mdx:2:8: Unexpected end of input'],
  ])('%s', async (_, source, message) => {
    expect(await failure(source)).toContain(message);
  });

  test.each([
    ['$\\nope$', 'Undefined control sequence: \\nope; define it in the option macros of astro.config.mjs'],
    ['$\\newcommand{\\mine}{x} \\mine$ and $\\mine$', '\\mine; a definition holds in its own formula: write \\gdef'],
    ['$\\ce{H2O}$', '\\ce; write \\mathrm{H_2O}'],
    ['$\\SI{3}{m}$', '\\SI; write 3\\,\\mathrm{m}'],
    ['$$\n\\begin{multline} a \\end{multline}\n$$', 'No such environment: multline; write gather'],
    ['$\\href{https://a.example}{x}$', '\\href is not allowed in a formula; write [$x$](address)'],
    ['$a′$', "no font of KaTeX has “′”; write '"],
    ['$½ x$', 'no font of KaTeX has “½”; write \\tfrac12'],
  ])('with advice: %s', async (source, message) => {
    expect(await failure(source)).toContain(message);
  });

  test('all at once', async () => {
    const message = await failure('$\\nope$ and $\\nopeTwo$');
    expect(message).toContain('posts/x.mdx:1:2: ');
    expect(message).toContain('posts/x.mdx:1:14: ');
  });

  test('a letter that the fonts lack', async () => {
    expect(await failure('$\u4e2d$')).toContain('posts/x.mdx:1:2');
  });

  test.each([
    ['A $\\textit{a < b}$.', "posts/x.mdx:1:14: KaTeX's font Main-Italic has no “<”"],
    ['$$\na\n+ \\operatorname{α}\n$$', "posts/x.mdx:3:17: KaTeX's font Main-Regular has no “α”"],
    ['A $\\text{😀}$.', 'posts/x.mdx:1:10: no font of KaTeX has “😀”; write it outside of the formula'],
    ['A $é$.', 'posts/x.mdx:1:4: “é” is no symbol of mathematics; write \\text{é}'],
  ])('what KaTeX only warns of: %s', async (source, message) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(await failure(source)).toContain(message);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
    expect(() => texToHtml('\\textit{<}')).toThrow('has no “<”');
  });
});

test('a formula in a caption is set', async () => {
  const caption = await html('![A plate](x.png "The plate, $x^2$ and `code`")');
  expect(caption).toMatch(/<figcaption><b>.*<\/b> The plate, <span class="katex">/);
  expect(caption).toContain('<code>code</code>');
  expect(await failure('![A plate](x.png "The plate, $\\nope$")')).toContain('posts/x.mdx:1:1: Undefined control');
});

describe('fences', () => {
  test('that are never closed stop the build where they open', async () => {
    expect(await failure('Text.\n\n$$\na = b\n\nMore text.')).toContain('posts/x.mdx:3:1: this $$ is never closed');
  });

  test('that hide words on their first line stop the build', async () => {
    expect(await failure('$$ a = b\n+ c\n$$')).toContain('posts/x.mdx:1:1: "a = b" after $$ would be dropped');
  });

  test('on one line, alone in their paragraph, are displayed', async () => {
    expect(await html('$$a = b \\label{x}$$')).toContain('<div class="equation" id="eq-x"');
    expect(await html('Not $$a$$ here.')).not.toContain('class="equation"');
  });
});

test('a display scrolls by keyboard', async () => {
  expect(await html('$$\na\n$$')).toContain('<div class="equation" tabindex="0" role="group" aria-label="Equation"');
});

test('macros are known to every post, and those of one post to no other', async () => {
  const macros = { '\\E': '\\operatorname{E}' };
  expect(await html('$\\E x$', { macros })).toContain('E');
  await html('$\\gdef\\mine{x} \\mine$', { macros });
  expect(await failure('$\\mine$', { macros })).toContain('Undefined control sequence: \\mine');
});

test('a formula cannot link or load anything', async () => {
  expect(await failure('$\\href{https://elsewhere.example}{a}$')).toContain('posts/x.mdx:1:1: \\href is not allowed');
});

test('MathML stands beside the boxes', async () => {
  expect(await html('$x$')).toContain('<math xmlns="http://www.w3.org/1998/Math/MathML">');
});

test('a formula outside posts is set as in one', async () => {
  const tex = '\\frac{x_i^2}{2}';
  const [inPost] = /<span class="katex">.*<\/span>/.exec(await html(`$${tex}$`)) ?? [];
  expect(texToHtml(tex)).toBe(inPost);
});
