/** Invisible characters in the text and in the front matter are errors with their location. */
import { describe, expect, test } from 'vitest';
import { readFrontmatter } from '../../../src/site/posts/read-frontmatter.ts';
import { errorsOf } from './post.ts';

describe('in the text', () => {
  test.each([
    ['One\n\ntwo \u0001 three', '3:5', 'U+0001 is no character of a text; delete it'],
    ['a \u0000', '1:3', 'U+0000'],
    ['a `\u001b[0m`', '1:4', 'U+001B'],
    ['```sh\na\u000c\n```', '2:2', 'U+000C'],
    ['| a |\n| - |\n| \u0085 |', '3:3', 'U+0085'],
    ['a \ufffe', '1:3', 'U+FFFE'],
    ['a \u{1ffff}', '1:3', 'U+1FFFF'],
    ['a \ufdd0 b', '1:3', 'U+FDD0'],
    ['a \ud800 b', '1:3', 'U+D800'],
    ['caf\ufffd', '1:4', 'save the file as UTF-8'],
    ['a &#x1; b', '1:3', '&#x1; is no character of a text; delete it, or write \\&#x1;'],
    ['a\n\n> &#0; b', '3:3', '&#0;'],
    ['[a](https://a.example/&#x7f;)', '1:23', '&#x7f;'],
    ['a \u202eb\u202c c', '1:3', 'write <bdo dir="rtl">…</bdo>'],
    ['a \u2067b', '1:3', 'U+2067 is an invisible mark that changes the order of what is shown, and is never closed'],
    ['a \u2069b', '1:3', 'closes nothing'],
    ['a `\u2066b`', '1:4', 'write it as an escape'],
    ['```js\n// \u202a\n```', '2:4', 'write it as an escape'],
  ])('%j', async (source, place, says) => {
    const errors = await errorsOf(source);
    expect(errors).toEqual([expect.stringContaining(`posts/x.mdx:${place}: `)]);
    expect(errors[0]).toContain(says);
  });

  test.each([
    '\ufeffText\twith a tab.',
    'a \u200f b \u200d c \u00ad d \u2028 e',
    'a \u2067b\u2069 c \u202bd\u202c',
    'a &#8212; &#xFFFD; &amp; &#x1F600; \\&#x1; `&#x1;`',
  ])('%j is none', async (source) => expect(await errorsOf(source)).toEqual([]));
});

describe('in the front matter', () => {
  test.each([
    ['title: a\u0007b', '2:9', 'U+0007'],
    ['title: a\ufffe', '2:9', 'U+FFFE'],
    ['title: "a\\x01"', '2:8', 'U+0001'],
    ['title: a\ndescription: "b \u202e c"', '3:17', 'U+202E'],
    ['title: a\ntags: [a, "b\u007f"]', '3:13', 'U+007F'],
  ])('%j', (fields, place, says) => {
    const { problems } = readFrontmatter(`---\n${fields}\ndate: 2026-11-22\n---\n`, 'posts/x.mdx');
    expect(problems).toEqual([expect.stringContaining(`posts/x.mdx:${place}: ${says}`)]);
  });

  test('after a byte order mark it is read', () => {
    const { post, problems } = readFrontmatter('\ufeff---\r\ntitle: a\r\ndate: 2026-11-22\r\n---\r\n', 'posts/x.mdx');
    expect(problems).toEqual([]);
    expect(post?.title).toBe('a');
  });
});
