/** Theorems, their like and proofs: numbers, heads, references, end marks, and what stops the build. */
import { toHtml } from 'hast-util-to-html';
import type { Root } from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import { visit } from 'unist-util-visit';
import { describe, expect, test } from 'vitest';
import { attribute, isJsxElement } from '../../src/math/jsx.ts';
import { failure, marked } from './pipeline.ts';

/** The HTML of the elements' content, which the site's components wrap; each stands in a `div` of its name and id. */
async function page(source: string): Promise<string> {
  const tree = (await marked(source)) as Root;
  visit(tree, (node) => {
    if (!isJsxElement(node)) return;
    const id = attribute(node, 'id');
    Object.assign(node, {
      type: 'blockquote',
      data: { hName: node.name!.toLowerCase(), hProperties: { ...(id && { id }) } },
    });
  });
  return toHtml(toHast(tree)).replaceAll('\n', '');
}

const theorem = '<Theorem id="mirror" title="of $x$ and *more*">\nIt holds.\n</Theorem>\n\n';

describe('a statement', () => {
  test('begins with its kind, its number and its title', async () => {
    const found = await page(theorem);
    expect(found).toContain(
      '<theorem id="thm-mirror"><p><b>Theorem 1</b> (of <code class="language-math math-inline">x</code> and <em>more</em>). It holds.</p></theorem>',
    );
  });

  test('is numbered with those of every other kind', async () => {
    const found = await page(
      `${theorem}<Lemma>\nTwo.\n</Lemma>\n\n> <Corollary id="c">\n> Three.\n> </Corollary>\n\nSee [](#thm-c).`,
    );
    expect(found).toContain('<b>Lemma 2.</b> Two.');
    expect(found).toContain('<b>Corollary 3.</b> Three.');
    expect(found).toContain('<a href="#thm-c" class="reference">Corollary 3</a>');
  });

  test.each([
    ['before it', 'See [](#thm-mirror).\n\n', ''],
    ['after it', '', '\n\nSee [](#thm-mirror).'],
    ['in a title', '', '\n\n<Proof title="Proof of [](#thm-mirror)">\nSo.\n</Proof>'],
  ])('is referred to by its id, %s', async (_, before, after) => {
    expect(await page(before + theorem + after)).toContain('<a href="#thm-mirror" class="reference">Theorem 1</a>');
  });

  test('keeps a prefix that its author wrote', async () => {
    expect(await page('<Lemma id="thm-a">\nA.\n</Lemma>\n\n[](#thm-a)')).toContain('>Lemma 1</a>');
  });

  test.each([
    ['a formula', '$$\nx\n$$', '<p><b>Theorem 1.</b></p><div'],
    ['a formula between dollars on its line', '$$x$$', '<p><b>Theorem 1.</b></p><div'],
    ['an image with a caption', '![A](a.png "B")', '<p><b>Theorem 1.</b></p><figure'],
    ['a list', '- One.', '<p><b>Theorem 1.</b></p><ul>'],
    ['a claim', '<Claim of="a.b" equals={1}>So.</Claim>', '<p><b>Theorem 1.</b> <claim>So.</claim></p>'],
    ['words on the line of its tags', undefined, '<p><b>Theorem 1.</b> Words.</p>'],
  ])('may begin with %s', async (_, body, expected) => {
    const source = body === undefined ? '<Theorem>Words.</Theorem>' : `<Theorem>\n\n${body}\n\n</Theorem>`;
    expect(await page(source)).toContain(expected);
  });

  test('has a title that looks like a block as it is written', async () => {
    expect(await page('<Lemma title="# 1. <b>">\nA.\n</Lemma>')).toContain('<b>Lemma 1</b> (# 1. &#x3C;b>). A.');
  });
});

describe('a proof', () => {
  const end = '<span class="end-of-proof" role="img" aria-label="end of proof">■</span>';

  test('begins with its word or its title, and ends with a mark in its last paragraph', async () => {
    expect(await page('<Proof>\nOne.\n\nTwo.\n</Proof>')).toBe(
      `<proof><p><b>Proof.</b> One.</p><p>Two. ${end}</p></proof>`,
    );
    expect(await page('<Proof title="Why?">\nSo.\n</Proof>')).toBe(`<proof><p><b>Why?</b> So. ${end}</p></proof>`);
  });

  test.each([
    ['a derivation', '<Derivation of="a" />'],
    ['a formula', '$$\nx\n$$'],
    ['a list', '- One.'],
  ])('has the mark by itself after %s', async (_, body) => {
    expect(await page(`<Proof>\nA.\n\n${body}\n</Proof>`)).toMatch(new RegExp(`</\\w+><p>${end}</p></proof>$`));
  });

  test('that is folded has its title as its summary', async () => {
    expect(await page('<Proof folded title="Proof of $x$">\nSo.\n</Proof>')).toBe(
      `<proof><summary>Proof of <code class="language-math math-inline">x</code></summary><p>So. ${end}</p></proof>`,
    );
  });
});

test.each([
  [
    'a second of one id',
    `${theorem}<Lemma id="mirror">\nA.\n</Lemma>`,
    'posts/x.mdx:5:1: a second statement called thm-mirror, after posts/x.mdx:1:1',
  ],
  ['an id of several words', '<Lemma id="a b">\nA.\n</Lemma>', 'posts/x.mdx:1:1: id="a b" is no name'],
  ['a computed title', '<Lemma title={x}>\nA.\n</Lemma>', 'posts/x.mdx:1:1: <Lemma>: write title as text'],
  ['a label', '<Lemma label="a">\nA.\n</Lemma>', 'posts/x.mdx:1:1: <Lemma>: no attribute label; did you mean id?'],
  ['an empty title', '<Proof title="">\nA.\n</Proof>', 'posts/x.mdx:1:1: <Proof>: write title as text'],
  ['a value of folded', '<Proof folded={false}>\nA.\n</Proof>', 'posts/x.mdx:1:1: <Proof>: folded takes no value'],
  ['one without a text', '<Proof />', 'posts/x.mdx:1:1: <Proof> has no text'],
  ['one within a line', 'As <Lemma>A.</Lemma> says.', 'posts/x.mdx:1:4: <Lemma> stands within a line'],
  ['TeX that KaTeX cannot read', 'A.\n\n<Lemma title="of $\\frac$">\nA.\n</Lemma>', 'posts/x.mdx:3:'],
  ['a heading of the same id', `## Thm mirror\n\n${theorem}`, 'posts/x.mdx:1:1: this heading would be #thm-mirror'],
  [
    'a reference to none',
    `${theorem}See [](#thm-miror).`,
    'posts/x.mdx:5:5: [](#thm-miror): no such figure, equation, theorem or heading; there is thm-mirror; did you mean [](#thm-mirror)?',
  ],
])('%s stops the build', async (_, source, message) => {
  expect(await failure(source)).toContain(message);
});
