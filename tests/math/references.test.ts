/** Headings and figures get ids and numbers, components their locations, empty links their text. */
import { visit } from 'unist-util-visit';
import { describe, expect, test } from 'vitest';
import { attribute, type JsxElement } from '../../src/math/jsx.ts';
import { failure, html, marked } from './pipeline.ts';

async function elements(source: string): Promise<JsxElement[]> {
  const found: JsxElement[] = [];
  visit(await marked(source), (node) => {
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') found.push(node);
  });
  return found;
}

describe('headings', () => {
  test('have ids from their words and TeX', async () => {
    expect(await html('## The error term $\\delta^{(l)}$')).toContain('<h2 id="the-error-term-deltal">');
  });

  test('have ids of their own when their words are the same', async () => {
    expect(await html('## A\n\n## A')).toContain('id="a-1"');
  });

  test.each([
    ['markup', '## H<sub>2</sub>O and *water* in `code`', 'h2o-and-water-in-code'],
    ['a measured value, which may change', '## Units: <Value of="a.b" /> apart', 'units--apart'],
    ['nothing but a value', '## <Value of="a.b" />', 'section'],
    ['a comment and a constant', "## Sets {'{1, 2}'}{/* why */}", 'sets-1-2'],
    ['a digit first', '## 2 layers', 'section-2-layers'],
    ['a symbol first', '## $\\sqrt n$ rule', 'sqrt-n-rule'],
    ['the words of a name that the page has', '## Theme', 'theme-1'],
  ])('have a valid id with %s', async (_, source, id) => {
    expect(await html(source)).toContain(`<h2 id="${id}">`);
  });

  test.each([
    ['## A\n\n## So <Claim of="a.b" equals={1}>it is</Claim>', 'posts/x.mdx:3:7: <Claim> stands in a heading'],
    ['## So <Value of="a.b" interval={true} />', 'posts/x.mdx:1:7: <Value> in a heading'],
    ['## Two {1 + 1}', 'posts/x.mdx:1:8: {1 + 1} stands in a heading'],
    ['$$\na \\label{a}\n$$\n\n## Eq a', 'posts/x.mdx:5:1: this heading would be #eq-a'],
  ])('stop the build where they cannot be repeated: %j', async (source, message) => {
    expect(await failure(source)).toContain(message);
  });
});

describe('figures', () => {
  const charts =
    '<Chart of="a" show="spread" />\n\n<Value of="a.b" />\n\n<Frames of="a" show="run">Caption.</Frames>\n';

  test('are numbered in order, with ids that references lead to', async () => {
    const [chart, , frames] = await elements(charts);
    expect([attribute(chart!, 'number'), attribute(chart!, 'id')]).toEqual(['1', 'fig-spread']);
    expect([attribute(frames!, 'number'), attribute(frames!, 'id')]).toEqual(['2', 'fig-run']);
  });

  test('are named by empty links', async () => {
    expect(await html(`${charts}\nSee [](#fig-run).`)).toContain('<a href="#fig-run" class="reference">Figure 2</a>');
  });

  test('of one name stop the build; an id tells them apart', async () => {
    const twice = (id: string) => `<Chart of="a" show="x" />\n\n<Chart of="b" show="x" ${id} />`;
    expect(await failure(twice(''))).toContain('posts/x.mdx:3:1: a second figure called fig-x, after posts/x.mdx:1:1');
    const [, second] = await elements(twice('id="other"'));
    expect(attribute(second!, 'id')).toBe('fig-other');
  });

  test('are also images with a title, alone in their paragraph', async () => {
    const page = await html('![A dot.](pictures/dot.png "Its caption")\n\n![Not one.](x.png)');
    expect(page).toContain(
      '<figure id="fig-dot"><img src="pictures/dot.png" alt="A dot."><figcaption><b>Figure 1.</b> Its caption</figcaption></figure>',
    );
    expect(page).toContain('<p><img src="x.png" alt="Not one."></p>');
  });
});

describe('an empty link to a heading reads as the heading', () => {
  test.each([
    ['with its emphasis', '## One *two*\n\nSee [](#one-two).', '<a href="#one-two">One <em>two</em></a>'],
    ['without its links', '## A [b](/c)\n\nSee [](#a-b).', '<a href="#a-b">A b</a>'],
    ['with its formulas', '## The $n$ rule\n\nSee [](#the-n-rule).', /<a href="#the-n-rule">The <span class="katex">/],
  ])('%s', async (_, source, link) => {
    expect(await html(source)).toMatch(link);
  });

  test('with its markup and bare values', async () => {
    const [, , sub, value] = await elements('## H<sub id="x">2</sub> <Value of="a.b" />\n\nSee [](#h2).');
    expect(sub).toMatchObject({ name: 'sub', attributes: [] });
    expect([attribute(value!, 'bare'), attribute(value!, 'at')]).toEqual(['true', 'posts/x.mdx:1:25']);
  });
});

test('an empty link to nothing stops the build and says what there is', async () => {
  expect(await failure('## One\n\nSee [](#fig-x).')).toContain(
    'posts/x.mdx:3:5: [](#fig-x): no such figure, equation, theorem or heading; there is one',
  );
});

test('components know where they stand, others stay as they are', async () => {
  const [value, kbd] = await elements('One.\n\nThe value <Value of="a.b" /> and <kbd>x</kbd>.');
  expect(attribute(value!, 'at')).toBe('posts/x.mdx:3:11');
  expect(kbd!.attributes).toEqual([]);
});
