/** A code block in a known language is highlighted; an unknown language is an error with its location. */
import { describe, expect, test } from 'vitest';
import { errorsOf, html } from './post.ts';

const block = (info: string): string => `Text.\n\n\`\`\`${info}\nlet x = 1;\n\`\`\`\n`;

describe('a language that is not known is an error', () => {
  test.each([
    ['foobar', 'foobar: no such language of code; '],
    ['some-language', 'write ```text for code without colours'],
    ['pyhton', 'pyhton: no such language of code; did you mean python?'],
    ['javascirpt title="x"', 'did you mean javascript?'],
    ['js{1,3}', 'write ```js {1,3}'],
    ['{python}', 'blocks of code are shown, not run; write ```python'],
    ['{.haskell}', 'write ```haskell'],
  ])('%s', async (info, says) => {
    const errors = await errorsOf(block(info));
    expect(errors).toEqual([expect.stringContaining('posts/x.mdx:3:1: ')]);
    expect(errors[0]).toContain(says);
  });

  test('also in a list', async () => {
    expect(await errorsOf('- x\n\n  ~~~nope\n  a\n  ~~~')).toEqual([expect.stringContaining('posts/x.mdx:3:3: nope')]);
  });
});

describe('what is written after the language', () => {
  test.each([
    ['js showLineNumbers', 'showLineNumbers: '],
    ['js {1} title=x.js', 'title=x.js: '],
    ['py {linenos=table}', '{linenos=table}: '],
    ['ts title="a" wrap=false', 'wrap=false: '],
  ])('would be lost: %s', async (info, says) => {
    const errors = await errorsOf(block(info), '/blog', 'x.md');
    expect(errors).toEqual([expect.stringMatching(/title="…".*\{2,4-6\}/)]);
    expect(errors[0]).toContain(`3:1: ${says}`);
  });

  test.each(['js title="a b" {1,3-4}', 'js title="a\u2028b"', "js {1} title='x'", 'rust,ignore {1}', 'math'])(
    'arrives: %s',
    async (info) => expect(await errorsOf(block(info))).toEqual([]),
  );
});

test('a diagram is not drawn', async () => {
  expect(await errorsOf(block('mermaid'))).toEqual([expect.stringMatching(/3:1: mermaid: .*not drawn.*```text/)]);
});

test.each(['', 'text', 'plain', 'txt', 'plaintext', 'ansi', 'c++', 'C#', 'sh', 'objective-c', 'rust,ignore'])(
  '“%s” is none',
  async (info) => expect(await errorsOf(block(info))).toEqual([]),
);

test('capitals do not matter', async () => {
  expect(await html(block('JavaScript'))).toBe((await html(block('javascript'))).replace('JavaScript', 'javascript'));
});
