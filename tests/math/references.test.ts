/** Headings, figures and components of a post know their ids, numbers and places. */
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

test('an empty link to a heading reads as the heading', async () => {
  expect(await html('## One *two*\n\nSee [](#one-two).')).toContain('>One two</a>');
});

test('an empty link to nothing stops the build and says what there is', async () => {
  expect(await failure('## One\n\nSee [](#fig-x).')).toContain(
    'posts/x.mdx:3:5: [](#fig-x): no such figure, equation or heading; there is one',
  );
});

test('components know where they stand, others stay as they are', async () => {
  const [value, kbd] = await elements('One.\n\nThe value <Value of="a.b" /> and <kbd>x</kbd>.');
  expect(attribute(value!, 'at')).toBe('posts/x.mdx:3:11');
  expect(kbd!.attributes).toEqual([]);
});
