/** Expressions in braces: what no author means as JavaScript is an error that says how to write braces. */
import { evaluate } from '@mdx-js/mdx';
import { describe, expect, test } from 'vitest';
import { remarkExpressions } from '../../../src/site/checks/expressions.ts';
import { errorsOf, html } from './post.ts';

describe('braces that no author means as JavaScript', () => {
  test.each([
    ['a set', 'Labels are in {0, 1} here.', '1:15', '\\{0, 1\\}', '$\\{0, 1\\}$'],
    ['nothing', 'The empty set {} is empty.', '1:15', 'vanish'],
    ['a string alone', 'Also {"a"} here.', '1:6', '\\{"a"\\}'],
    ['a number alone', 'The set {7}.', '1:9', '\\{7\\}'],
    ['a negative number', 'The set {-1}.', '1:9', '\\{-1\\}'],
    ['letters', 'Take the set {a, b} of letters.', '1:14', '\\{a, b\\}'],
    ['a name that nothing declares', 'The set {n} has', '1:9', 'exports n'],
    ['a name of JavaScript itself', 'The class {URL}', '1:11', 'URL'],
    ['a set by a rule', 'Take {x | x > 0}.', '1:6', '\\{x | x > 0\\}'],
    ['a rule with a colon', 'Take {x : x > 0}.', '1:8', '\\{x : x > 0\\}'],
    ['a range', 'Take {1, ..., n}.', '1:', '\\{1, ..., n\\}'],
    ['an object', 'JSON like {{a: 1}}.', '1:11', '\\{{a: 1}\\}'],
    ['a list', 'The list {[1, 2]}.', '1:10', '\\{[1, 2]\\}'],
    ['an assignment', 'With {i = 1} first.', '1:6', '\\{i = 1\\}'],
    ['braces alone in a paragraph', 'Text.\n\n{1, 2}', '3:1', '\\{1, 2\\}'],
    ['braces in bold in a list', '- one **{0, 1}**', '1:9', '\\{0, 1\\}'],
    ['a word too many in an attribute', '<Value of={lockstep} />', '1:1', 'lockstep'],
  ])('%s', async (_, source, place, ...says) => {
    const errors = await errorsOf(source);
    expect(errors).toHaveLength(1);
    for (const words of [`posts/x.mdx:${place}`, ...says]) expect(errors[0]).toContain(words);
  });

  test('each place has its own error', async () => {
    expect(await errorsOf('Either {0, 1} or {1, 2},\nor {}.')).toEqual([
      expect.stringContaining('x.mdx:1:8: '),
      expect.stringContaining('x.mdx:1:18: '),
      expect.stringContaining('x.mdx:2:4: '),
    ]);
  });
});

describe('TeX outside of formulas', () => {
  test.each([
    ['an environment', '\\begin{align}\na &= b\n\\end{align}', '1:7', 'between lines of $$'],
    ['an environment that is no JavaScript', '\\begin{align*}\na\n\\end{align*}', '1:', 'between lines of $$'],
    ['a command', 'So \\textbf{x} is.', '1:11', '$\\textbf{x}$'],
    ['a command whose argument is no JavaScript', 'So \\frac{a+}{b} is.', '1:', '$\\frac{a+}$'],
    ['an index', 'The unit x_{ij} is.', '1:12', '$x_{ij}$'],
  ])('%s', async (_, source, place, says) => {
    const errors = await errorsOf(source);
    expect(errors.map((error) => error.slice(0, `posts/x.mdx:${place}`.length))).toEqual([`posts/x.mdx:${place}`]);
    expect(errors[0]).toContain(says);
  });
});

test.each([
  ['a comment', 'Text {/* why */} here.'],
  ['a name that the post exports', 'export const n = 3;\n\nIt is {n}.'],
  ['a name that the post imports', "import { n } from './n.ts'\n\nIt is {n}, twice {2 * n}."],
  ['names that the post takes apart', 'export const { a, b: [c] } = { a: 1, b: [2] };\n\nIt is {a} and {c}.'],
  ['a computation', 'It is {1 + 1} and {Math.max(2, 3)}.'],
  ['front matter', 'Written by {frontmatter.author}.'],
  ['functions of its own', "It is {[1, 2].map((x) => x * 2).join(', ')}."],
  ['elements', '<ul>{[1, 2].map((x) => <li key={x}>{x}</li>)}</ul>'],
  ['spaces and braces as text', "One{' '}brace {'{'} and {'{a, b}'} and {`$`}."],
  ['escaped braces', 'The set \\{a, b\\} and $\\{a, b\\}$ and `{a, b}`.'],
  ['a reference in text', '$$\na \\label{x}\n$$\n\nBy \\eqref{x}.'],
  ['values of attributes', '<Claim of="a.b" within={[0, 1]} near={{ of: 2, relative: 0.1 }}>So.</Claim>'],
])('%s may stand in braces', async (_, source) => {
  expect(await errorsOf(source)).toEqual([]);
});

test('escaped braces arrive', async () => {
  expect(await html('The set \\{a, b\\}.')).toBe('<p>The set {a, b}.</p>');
});

describe('a value that cannot be shown stops the page at its place', () => {
  const page = async (source: string): Promise<unknown> => {
    const jsx = (type: unknown, props: unknown) => ({ 'astro:jsx': true, type, props });
    const plugins = { remarkPlugins: [() => remarkExpressions()], Fragment: 'fragment', jsx, jsxs: jsx };
    const { default: content } = await evaluate({ value: source, path: 'posts/x.mdx', cwd: '' }, plugins as never);
    return content({});
  };
  const data = 'export const data = { a: 1, none: null, list: [{ b: 2 }] };\n\n';

  test.each([
    ['a misspelt member', 'So {data.aa}.', 'posts/x.mdx:3:4: {data.aa} is undefined, and would vanish; write'],
    ['a function without a value', 'So {[1].forEach(() => {})}.', ':3:4: {[1].forEach(() => {})} is undefined'],
    [
      'an object',
      '{data}',
      ':3:1: {data} is an object, which cannot be shown; write one of its members, a, none, list',
    ],
    ['one of a list', 'So {data.list[0]}.', ':3:4: {data.list[0]} is an object'],
    ['a member of nothing', 'So {data.x.y}.', 'posts/x.mdx:3:4: TypeError'],
  ])('%s', async (_, source, message) => {
    await expect(page(data + source)).rejects.toThrow(message);
  });

  test.each([
    '{data.a}',
    '{data.none}',
    '{data.aa ?? ""}',
    '{data.a > 2 ? "many" : undefined}',
    '{data.list.map(() => <b />)}',
  ])('%s may stand', async (source) => {
    await expect(page(data + source)).resolves.toBeDefined();
  });
});
