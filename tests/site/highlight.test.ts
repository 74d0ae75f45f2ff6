/** The colours of code follow from its text and language alone: not from the machine's speed, nor from other blocks. */
import type { Element, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { afterEach, expect, test, vi } from 'vitest';
import { highlighted, rehypeCode } from '../../src/site/highlight.ts';

async function coloured(...blocks: [language: string, code: string][]): Promise<string[]> {
  const element = (tagName: string, className: string[], child: Element['children'][number]): Element => ({
    type: 'element',
    tagName,
    properties: { className },
    children: [child],
  });
  const children = blocks.map(([language, value]) =>
    element('pre', [], element('code', [`language-${language}`], { type: 'text', value })),
  );
  const tree: Root = { type: 'root', children };
  await rehypeCode()(tree);
  return tree.children.map((child) => toHtml(child));
}

afterEach(() => void vi.restoreAllMocks());

test('a clock that leaps', async () => {
  const code = `const a = [${'"x", 1, '.repeat(50)}];`;
  const still = [...(await coloured(['js', code])), await highlighted(code)];
  let now = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 1000));
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
  expect([...(await coloured(['js', code])), await highlighted(code)]).toEqual(still);
});

test('a language that other blocks brought along', async () => {
  const embedding: [string, string] = ['md', '```python\ndef f(x): return x\n```\n'];
  const [alone] = await coloured(embedding);
  const [, after] = await coloured(['python', 'x = 1'], embedding);
  expect(after).toBe(alone);
});

test('formulas are left to KaTeX, and text in no language is a block all the same', async () => {
  const [formula, text] = await coloured(['math', 'x'], ['', '<x>']);
  expect(formula).toBe('<pre class=""><code class="language-math">x</code></pre>');
  expect(text).toContain('&#x3C;x>');
});
