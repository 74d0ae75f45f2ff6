/** Syntax highlighting depends on a block's text and language only, not on the clock or on other blocks. */
import type { Element, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { afterEach, expect, test, vi } from 'vitest';
import { highlightTypeScript, rehypeCode } from '../../src/site/markdown/highlight.ts';

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

test('a clock that jumps has no effect', async () => {
  const code = `const a = [${'"x", 1, '.repeat(50)}];`;
  const still = [...(await coloured(['js', code])), await highlightTypeScript(code)];
  let now = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 1000));
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
  expect([...(await coloured(['js', code])), await highlightTypeScript(code)]).toEqual(still);
});

test('a language loaded by other blocks has no effect', async () => {
  const embedding: [string, string] = ['md', '```python\ndef f(x): return x\n```\n'];
  const [alone] = await coloured(embedding);
  const [, after] = await coloured(['python', 'x = 1'], embedding);
  expect(after).toBe(alone);
});

test('formulas are left to KaTeX, and text without a language is still a code block', async () => {
  const [formula, text] = await coloured(['math', 'x'], ['', '<x>']);
  expect(formula).toBe('<pre class=""><code class="language-math">x</code></pre>');
  expect(text).toContain('&#x3C;x>');
});
