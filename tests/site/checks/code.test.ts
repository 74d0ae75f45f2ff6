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

test.each(['', 'text', 'plain', 'txt', 'plaintext', 'ansi', 'c++', 'C#', 'sh', 'objective-c', 'rust,ignore'])(
  '“%s” is none',
  async (info) => expect(await errorsOf(block(info))).toEqual([]),
);

test('capitals do not matter', async () => {
  expect(await html(block('JavaScript'))).toBe((await html(block('javascript'))).replace('JavaScript', 'javascript'));
});
