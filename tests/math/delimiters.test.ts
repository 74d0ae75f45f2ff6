/** Which dollars and brackets open a formula, which stay text, and which are reported as unclear. */
import type { Construct, Extension, Tokenizer } from 'micromark-util-types';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { remarkDelimiters } from '../../src/math/index.ts';
import { failure, html, marked } from './pipeline.ts';

/** The text of a post, with inline formulas as ⟨TeX⟩ and displayed ones as ⟪TeX⟫. */
async function read(source: string): Promise<string> {
  const words = (node: { type: string; value?: string; children?: unknown[] }): string => {
    if (node.type === 'math') return `⟪${node.value}⟫`;
    if (node.type === 'inlineMath') return `⟨${node.value}⟩`;
    return node.value ?? (node.children ?? []).map((child) => words(child as typeof node)).join('');
  };
  return words((await marked(source)) as never);
}

describe('dollars', () => {
  test.each([
    ['It costs $5 and $10 in the shop.', 'It costs $5 and $10 in the shop.'],
    ['Set $HOME and $PATH first.', 'Set $HOME and $PATH first.'],
    ['From $20,000 to $30,000 a year.', 'From $20,000 to $30,000 a year.'],
    ['Either 5$ or 10$.', 'Either 5$ or 10$.'],
    ['A price of $5, and $x$ units.', 'A price of $5, and ⟨x⟩ units.'],
    ['Escaped: \\$5 and \\$10.', 'Escaped: $5 and $10.'],
    ['From $5 to \\$6, or 8$ in all.', 'From $5 to $6, or 8$ in all.'],
    ['One $ alone.', 'One $ alone.'],
    ['From $a$ to $b$, the $n$th, ($x$).', 'From ⟨a⟩ to ⟨b⟩, the ⟨n⟩th, (⟨x⟩).'],
    ['$x_{1}$-axis and $5$ units and $10\\%$.', '⟨x_{1}⟩-axis and ⟨5⟩ units and ⟨10\\%⟩.'],
    ['Over two $a +\nb$ lines.', 'Over two ⟨a +\nb⟩ lines.'],
  ])('%s', async (source, expected) => {
    expect(await read(source)).toBe(expected);
    expect(await failure(source)).toContain('no failure');
  });

  test.each([
    ['Pay $5 or ten euros$ now.', '1:5', '\\$'],
    ['The value $\\alpha_1 + 1 is open.', '1:11', '\\$'],
    ['Padded $ x_1 $ here.', '1:8', 'no space'],
    ['From $PATH:$HOME on.', '1:6', '\\$'],
    ['A bound $B = \\$1,000$ a year.', '1:9', '\\('],
    ['Pay $\\$5 + \\$6$.', '1:5', '\\('],
    ['A price $\\text{\\$}x$ a year.', '1:16', '\\('],
    ['Twice $a\\\\\\$b$ here.', '1:11', '\\('],
    ['Between $$p\\$$ two.', '1:12', '\\('],
  ])('unclear: %s', async (source, place, says) => {
    const message = await failure(source);
    expect(message).toContain(`posts/x.mdx:${place}: `);
    expect(message).toContain(says);
  });
});

describe('brackets over several lines', () => {
  test.each([
    ['a\n- b\n+ c\n* d\n1. e\n2) f'],
    ['a\n= b\n===\n---'],
    ['a\n# b\n> c\n| d | e |\n| - | - |\n```\nx'],
    ['a\n    b\n\tc\n<d> {e} [f]: g'],
    ['a \\\\[2pt]\n\\begin{aligned} b \\end{aligned} \\\\\n- c'],
  ])('\\[\n%s\n\\]', async (tex) => {
    expect(await read(`\\[\n${tex}\n\\]`)).toBe(`⟪${tex}⟫`);
    expect(await read(`So\n\\[${tex}\n\\]  \nand on`)).toBe(`So⟪${tex}⟫and on`);
    expect(await read(`- So\n\n  \\[${tex.replaceAll('\n', '\n  ')}\\]\n\n  on`)).toBe(`So⟪${tex}⟫on`);
    expect(await read(`> \\[${tex.replaceAll('\n', '\n> ')}\n> \\]\n> on`)).toBe(`⟪${tex}⟫on`);
  });

  test('blank lines stay within where both brackets stand alone', async () => {
    expect(await read('\\[\na\n\n- b\n\\]\n\non')).toBe('⟪a\n\n- b⟫on');
  });

  test.each([
    ['\\[1] A list\n\n\\[2\\] of two', '[1] A list⟪2⟫of two'],
    ['\\[a\n\nb\\]', '[ab]'],
    ['```\n\\[\n- a\n\\]\n```', '\\[\n- a\n\\]'],
  ])('as before: %s', async (source, expected) => {
    expect(await read(source)).toBe(expected);
  });

  test.each([
    ['So\n\\[\nx = 1\n\nand on.', '2:1'],
    ['- \\[\nx\n\\]\n', '1:3'],
    ['Where \\[a\n- b\\] is.', '1:7'],
    ['Where \\(a\n+ b\\) is.', '1:7'],
    ['Where $$a\n+ b$$ is.', '1:7'],
  ])('never closed: %s', async (source, place) => {
    expect(await failure(source)).toContain(`posts/x.mdx:${place}: `);
  });
});

describe('brackets', () => {
  test.each([
    ['The value \\(x^2\\) is here.', 'The value ⟨x^2⟩ is here.'],
    ['A set \\(\\{a, b\\}\\) of two.', 'A set ⟨\\{a, b\\}⟩ of two.'],
    ['Then \\[y = x\\] follows.', 'Then⟪y = x⟫follows.'],
    ['\\[\na \\\\[2pt] b\n\\]', '⟪a \\\\[2pt] b⟫'],
    ['An array a\\[1] and f\\(x).', 'An array a[1] and f(x).'],
    ['In `\\(code\\)` it stays.', 'In \\(code\\) it stays.'],
  ])('%s', async (source, expected) => {
    expect(await read(source)).toBe(expected);
  });

  test('around words are unclear', async () => {
    expect(await failure('As \\[see the note\\] says.')).toContain('posts/x.mdx:1:4: ');
  });
});

describe('a formula on lines of its own in a paragraph is displayed', () => {
  test.each([
    ['Consider the sum\n$$x + y = z$$\nwhich is nice.', 'Consider the sum⟪x + y = z⟫which is nice.'],
    ['First\n$$a$$\n$$b$$\nlast.', 'First⟪a⟫⟪b⟫last.'],
    ['- item\n  $$a$$\n- other', 'item⟪a⟫other'],
    ['Not $$a$$ here.', 'Not ⟨a⟩ here.'],
  ])('%s', async (source, expected) => {
    expect(await read(source)).toBe(expected);
  });

  test('in a box of its own between two paragraphs', async () => {
    const page = await html('Consider\n$$x \\label{sum}$$\nwhich is $\\eqref{sum}$.');
    expect(page).toMatch(
      /^<p>Consider<\/p>\s*<div class="equation" id="eq-sum".*<\/div>\s*<p>which is <a href="#eq-sum"/s,
    );
  });
});

/** The number of characters that the tokenizer of `\(…\)` and `\[…\]` reads. */
function charactersRead(source: string): number {
  const data: { micromarkExtensions?: Extension[] } = {};
  remarkDelimiters.call({ data: () => data } as unknown as Processor);
  const bracketed = data.micromarkExtensions![0]!.text![92] as Construct;
  let read = 0;
  const tokenize: Tokenizer = function (effects, ok, nok) {
    const consume: typeof effects.consume = (code) => {
      read += 1;
      effects.consume(code);
    };
    return bracketed.tokenize.call(this, { ...effects, consume }, ok, nok);
  };
  const processor = unified().use(remarkParse);
  processor.data('micromarkExtensions', [{ text: { 92: { ...bracketed, tokenize } } }]);
  processor.parse(source);
  return read;
}

describe('brackets that nothing closes', () => {
  test.each(['\\[', '\\(', '\\[@a]', '\\(\\['])('%s, many times, are looked at a few times each', (opening) => {
    const [some, more] = [charactersRead(opening.repeat(500)), charactersRead(opening.repeat(2000))];
    expect(some).toBeGreaterThan(0);
    expect(more).toBeLessThan(8 * some);
  });

  test.each([
    ['One \\[ and \\(x\\), \\[ and \\(y\\).', 'One [ and ⟨x⟩, [ and ⟨y⟩.'],
    ['\\( in one\n\nand \\(x\\) in another', '( in oneand ⟨x⟩ in another'],
    ['\\(a\\) and \\( and \\[b\\]', '⟨a⟩ and ( and⟪b⟫'],
  ])('keep none of another kind or place from being read: %s', async (source, expected) => {
    expect(await read(source)).toBe(expected);
  });
});
