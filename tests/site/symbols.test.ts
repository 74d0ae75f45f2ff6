/** The meanings of the symbols in displayed formulas, and the note of those that nothing introduces. */
import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toString as plainText } from 'hast-util-to-string';
import { beforeAll, describe, expect, test } from 'vitest';
import { site } from '../../src/site/config.ts';
import { feedHtml } from '../../src/site/feeds/feed-html.ts';
import { symbolRules } from '../../src/site/notation/post-symbols.ts';
import { parseOptions } from '../../src/site/option-problems.ts';
import { readFrontmatter } from '../../src/site/posts/read-frontmatter.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { page } from './checks/post.ts';
import { elements } from './pages/files.ts';

beforeAll(() => {
  site.notation = [
    {
      title: 'All',
      symbols: [
        { tex: '\\Theta^{(l)}', meaning: 'weights of layer $l$', shape: 'a row for each unit' },
        { tex: '\\delta', meaning: 'error terms' },
      ],
    },
  ];
});

const post = (source: string, notation?: unknown, cwd?: string) =>
  page(source, cwd, 'x.mdx', notation === undefined ? {} : { notation });
const classes = ({ properties: { className } }: Element): string[] => [className ?? []].flat().map(String);

/** The meanings at the end of a page, by the class of their symbols, and the letters of formulas that have a class. */
function marked(html: string): { meanings: [string, string][]; letters: string[] } {
  const tree = fromHtml(html, { fragment: true });
  const rows = elements(tree, 'dd').map((dd) => plainText(dd).replace(/\s+/g, ' '));
  const names = elements(tree, 'div').flatMap((div) => classes(div).filter((name) => /^yo?\d+$/.test(name)));
  const letters = elements(tree, 'span')
    .filter((span) => classes(span).some((name) => /^yo?\d+$/.test(name)) && !classes(span).includes('msupsub'))
    .map(plainText);
  return { meanings: names.map((name, i) => [name, rows[i]!]), letters };
}

const formula = '$$\n\\delta = (\\Theta^{(2)})^{\\mathsf T} \\delta + \\kappa\n$$\n';

describe('a displayed formula', () => {
  test('has its symbols marked, and each meaning stands once, at the end of the post', async () => {
    const { html } = await post(`${formula}\nText with $\\kappa$ and $\\delta$.\n\n${formula}\nEnd.`);
    const { meanings, letters } = marked(html);
    expect(meanings.map(([name]) => name)).toEqual(['y2', 'y1']);
    expect(meanings[0]![1]).toBe('error terms');
    expect(meanings[1]![1]).toMatch(/^weights of layer .* a row for each unit$/);
    expect(letters).toEqual(['δ', 'Θ', 'δ', 'δ', 'Θ', 'δ']);
    expect(html.lastIndexOf('class="symbols"')).toBeGreaterThan(html.indexOf('End.'));
    expect(html.match(/<section class="symbols"/g)).toHaveLength(1);
  });

  test('may hold symbols of the post, which come before those of all posts', async () => {
    const { html, frontmatter } = await post(formula, [
      { tex: '\\kappa', meaning: 'a curvature' },
      { tex: '\\delta', meaning: 'a difference' },
    ]);
    expect(marked(html).meanings.map(([name]) => name)).toEqual(['yo2', 'y1', 'yo1']);
    expect(html).not.toContain('error terms');
    expect(frontmatter.unknownSymbols).toEqual([]);
  });

  test('has a rule of style for each of its symbols', async () => {
    const { frontmatter } = await post(formula);
    const rules = symbolRules(frontmatter.explained as string[]);
    expect(rules).toContain(
      '.post-body>:is(:hover,:focus-within):is(:has(.y1:hover,:focus-visible .y1),:focus-visible:has(.y1))~.symbols .y1',
    );
    expect(symbolRules([])).toBe('');
  });

  test('is the same in feeds as without a notation', async () => {
    const { html } = await post(formula);
    const feed = feedHtml(html, 'https://x.example/', () => '');
    expect(feed).not.toMatch(/error terms|symbols|y1/);
    expect(feed).toContain('<math');
  });
});

test.each([
  ['only in running text', 'By $\\delta$ and $\\Theta$.'],
  ['under an accent, in another font, with another subscript', '$$\n\\hat\\delta + \\mathbf\\Theta + \\delta_w\n$$'],
])('a symbol %s has no mark', async (_, source) => {
  const { html } = await post(source);
  expect(html).not.toContain('class="symbols"');
});

test.each([
  ['nowhere', `\n\n${formula}`, ['κ (line 3)']],
  ['alone in a formula of the text', `With the curvature $\\kappa$:\n\n${formula}`, []],
  ['in a list of symbols', `Numbers $u, \\kappa$.\n\n${formula}`, []],
  ['left of a relation', `${formula}\nfor $\\kappa = 3$.`, []],
  ['in a displayed formula, left of a relation', `${formula}\n$$\n\\kappa = 3\n$$`, []],
  ['within a longer formula', `Then $2\\kappa + 1$.\n\n${formula}`, ['κ (line 3)']],
])('a letter that is introduced %s is noted accordingly', async (_, source, expected) => {
  expect((await post(source)).frontmatter.unknownSymbols).toEqual(expected);
});

describe('notation in front matter', () => {
  const problems = (notation: string) =>
    readFrontmatter(`---\ntitle: X\ndate: 2026-11-22\nnotation:\n${notation}\n---\n`, 'posts/x.mdx').problems;

  test('is a list of symbols with meanings, and perhaps shapes', () => {
    expect(
      problems('  - { tex: \\kappa, meaning: a curvature, shape: one number }\n  - { tex: "u,\\\\ v", meaning: $x$ }'),
    ).toEqual([]);
  });

  test.each([
    ['  - { tex: \\kappa }', 'posts/x.mdx:5:5: notation.meaning is missing'],
    ['  - { tex: \\kapa, meaning: x }', 'posts/x.mdx:5:12: notation.tex: Undefined control sequence: \\kapa'],
    ['  - { tex: a + b, meaning: x }', 'posts/x.mdx:5:12: notation.tex: “a + b” is no single symbol'],
    ['  - { tex: a, meaning: of $l }', 'posts/x.mdx:5:24: notation.meaning: a dollar sign without its other'],
    ['  - { tex: a, meaning: "$\\\\x$" }', 'posts/x.mdx:5:24: notation.meaning: Undefined control sequence: \\x'],
    ['  - { tex: a, meaning: x, shap: y }', 'posts/x.mdx:5:27: unknown field "notation.shap"; did you mean "shape"?'],
  ])('stops the build where it is wrong: %s', (notation, expected) => {
    const found = problems(notation);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  test('stops the build at a symbol that no displayed formula holds', async () => {
    const text = `---\ntitle: X\ndate: 2026-11-22\nnotation:\n  - { tex: \\kappa, meaning: x }\n  - { tex: v, meaning: y }\n---\n\n${formula}`;
    const notation = [
      { tex: '\\kappa', meaning: 'x' },
      { tex: 'v', meaning: 'y' },
    ];
    await expect(post(formula, notation, temporaryFolder({ 'posts/x.mdx': text }))).rejects.toThrow(
      'posts/x.mdx:6:12: notation: no displayed formula of the post holds “v”',
    );
  });
});

test.each([
  [{ tex: '\\kapa', meaning: 'x' }, 'notation[0].symbols[0].tex is “\\kapa”: Undefined control sequence: \\kapa'],
  [
    { tex: 'x', meaning: 'a $y' },
    'notation[0].symbols[0].meaning is “a $y”: a dollar sign without its other: write $x$',
  ],
])('the notation of all posts is checked with the options: %o', (symbol, expected) => {
  const parsed = parseOptions({ title: 'A', description: 'B', notation: [{ title: 'C', symbols: [symbol] }] });
  expect('problems' in parsed && parsed.problems.map(({ text }) => text)).toEqual([expected]);
});
