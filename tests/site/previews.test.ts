/** Previews of what links within a page lead to: one for each target, a copy without what belongs to the original alone. */
import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { toString as plainText } from 'hast-util-to-string';
import { describe, expect, test } from 'vitest';
import { previewRules } from '../../src/site/markdown/previews.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { html, page } from './checks/post.ts';
import { elements } from './pages/files.ts';

type Found = { previews: Element[]; links: Element[] };

async function previewsOf(source: string): Promise<Found> {
  const tree = fromHtml(await html(source, temporaryFolder({ 'posts/x.png': '' })), { fragment: true });
  return {
    previews: elements(tree, 'div').filter(({ properties }) => properties.popover === 'hint'),
    links: elements(tree, 'a').filter(({ properties }) => properties.interestfor !== undefined),
  };
}

const equation = '$$\nx^2 \\label{a}\n$$\n\n';
const note = '\n\n[^1]: A note with *words*, $y$ and a [link](/about/).\n';

describe('a preview', () => {
  test.each([
    ['an equation', `${equation}By $\\eqref{a}$ and [](#eq-a).`, 'preview-eq-a', 2],
    [
      'a line of an equation',
      '$$\n\\begin{align}\na \\label{a} \\\\\nb \\label{b}\n\\end{align}\n$$\n\nBy $\\eqref{b}$.',
      'preview-eq-a',
      1,
    ],
    ['a note with letters of any script', 'Eins.[^ü]\n\n[^ü]: Zwei.', 'preview-user-content-fn-%C3%BC', 1],
    [
      'a theorem with letters of any script',
      '<Lemma id="größe">Eins.</Lemma>\n\n[](#thm-größe)',
      'preview-thm-größe',
      1,
    ],
    ['a figure in HTML', '<figure id="fig-own">Words.</figure>\n\n[see](#fig-own)', 'preview-fig-own', 1],
    ['a note', `One.[^1] Two.[^1]${note}`, 'preview-user-content-fn-1', 2],
    ['an equation within a theorem', `<Lemma>\n\n${equation}</Lemma>\n\nBy [](#eq-a).`, 'preview-eq-a', 1],
    ['a theorem', '<Lemma id="l">It *holds*.</Lemma>\n\nBy [](#thm-l) and [that](#thm-l).', 'preview-thm-l', 2],
    ['a picture', '![A dot](./x.png "Its caption")\n\nSee [](#fig-x).', 'preview-fig-x', 1],
  ])('of %s stands once, however many links lead there', async (_, source, id, count) => {
    const { previews, links } = await previewsOf(source);
    expect(previews.map(({ properties }) => properties.id)).toEqual([id]);
    expect(links.map(({ properties }) => properties.interestfor)).toEqual(Array(count).fill(id));
  });

  test('is hidden from screen readers, and holds no id, link or MathML', async () => {
    const { previews } = await previewsOf(
      `One.[^1]\n\n${equation}![A](./x.png "B")\n\nBy $\\eqref{a}$ and [](#fig-x).${note}`,
    );
    for (const preview of previews) {
      expect(preview.properties.ariaHidden).toBe('true');
      const inside = toHtml(preview.children);
      expect(inside).not.toMatch(/ id=|<a |<math|tabindex|<figcaption|↩/);
    }
    expect(previews.map((preview) => plainText(preview).trim().replace(/\s+/g, ' '))).toContain(
      'A note with words, y and a link.',
    );
  });

  test('repeats values without their links, and claims as sentences', async () => {
    const { previews } = await previewsOf(
      'One.[^1]\n\n[^1]: So <Value of="a.b" /> and <Claim of="a.b" equals={1}>it is</Claim>.',
    );
    const inside = toHtml(previews[0]!.children);
    expect(inside).toContain('<value of="a.b"');
    expect(inside).toContain('bare="true"');
    expect(inside).toContain('and it is.');
  });

  test.each([
    ['nothing leads to', `${equation}Text.`],
    ['only a link within leads to', '<Lemma id="l">By [](#thm-l).</Lemma>'],
    ['holds a chart and nothing else', 'One.[^1]\n\n[^1]: <Chart of="a" show="b" />'],
    ['is a heading', '## One\n\nSee [](#one).'],
  ])('is not made of what %s', async (_, source) => {
    expect(await previewsOf(source)).toEqual({ previews: [], links: [] });
  });

  test('of a chart is drawn by the chart itself', async () => {
    const found = await html('<Chart of="a" show="b">C.</Chart>\n\nSee [](#fig-b).');
    expect(found).toContain('preview="preview-fig-b"');
    expect(found).toContain('interestfor="preview-fig-b"');
  });
});

test('a target leads back to each link that led there, except a note, which does so anyway', async () => {
  const found = await html(`${equation}By $\\eqref{a}$ and [](#eq-a).[^1]${note}`);
  expect(found).toContain('<a href="#eq-a" class="reference" interestfor="preview-eq-a" id="from-eq-a-2">');
  expect(found).toContain(
    '<div class="back-links"><a href="#from-eq-a-1" aria-label="Back to reference 1">↩</a> <a href="#from-eq-a-2" aria-label="Back to reference 2">↩2</a></div>',
  );
  expect(found.match(/back-links/g)).toHaveLength(1);
});

test('browsers without interestfor get a rule for each preview of the page', async () => {
  const { frontmatter } = await page(`${equation}By $\\eqref{a}$.[^1]${note}`);
  const rules = previewRules(frontmatter.previews as string[]);
  // The first condition is the same for all, and fails while no link is pointed at.
  for (const id of ['preview-eq-a', 'preview-user-content-fn-1'])
    expect(rules).toContain(
      `:has([interestfor]:is(:hover,:focus-visible)):has([interestfor="${id}"]:is(:hover,:focus-visible)) [id="${id}"]`,
    );
  expect(previewRules([])).toBe('');
  expect(previewRules(['a"</style>'])).toContain('[id="a\\22 \\3c /style>"]');
});
