/** Fuzz test of the Jekyll import: for any input, the result compiles and validates, or an error names a line of the file. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { fieldProblems } from '../../src/cli/write-front-matter.ts';
import { compileProblem } from '../../src/import-jekyll/check-post.ts';
import { ImportError } from '../../src/import-jekyll/import-notes.ts';
import { convertPost } from '../../src/import-jekyll/post.ts';

const seed = 20170516;
const site = {
  url: 'https://old.example',
  baseurl: '/b',
  postAddress: (name: string) => `/posts/${name}/`,
  slugs: new Set(['x']),
};

/** Tokens of Markdown, kramdown, TeX, HTML and Liquid, and characters that are special to the importer. */
// biome-ignore format: a table of tokens
const fragments = [
  'a', 'B c', '1', ' ', '  ', '    ', '\n', '\n\n', '\t', '\r\n', '\\', '\\\\', '|', '-', '> ', '- ', '1. ', '# ',
  '---\n', '***', '$', '$$', '\\$', '\\\\(', '\\\\)', '\\\\[', '\\\\]', '\\(', '\\begin{align}', '\\end{align}',
  '\\frac{1}{2}', '\\label{a}', '\\eqref{a}', '\\tag{1}', '&', '%', '^', '_', '{', '}', '`', '```', '~~~', '```js\n',
  '*', '**', '[a](b)', '![a](/c.png "t")', '[a][b]', '[b]: /c', '[^1]', '[^1]: n', '[x @y]', '<', '>', '<br>', '<b>',
  '</b>', '<div>', '</div>', '<div markdown="1">', '<p a={b}>', '<!--', '-->', '<script>', '</script>', '<details>',
  '<summary>', '</details>', '<table>', '<td>', '<a name="n">', '<img src=x>', '<svg>', '<?php', '<![CDATA[', '&lt;',
  '&#x7b;', '{{', '}}', '{{ site.url }}', '{{ x | y }}', '{%', '%}', '{% raw %}', '{% endraw %}',
  '{% highlight js %}', '{% endhighlight %}', '{% include x.html %}', '{% comment %}', '{% endcomment %}',
  '{% post_url x %}', '*/', '/*', '{: .c #d}', '{:toc}', '{#id}', '{::comment}', '{:/}', 'import x',
  'export default', 'https://a.example', 'w@a.example', ': d', '| - | - |\n', '\uE000', '\uE0000\uE001', '\u2028',
  '\uFEFF', '\u00a0', 'é', '日', '😀', '[ ] ', '<https://a.example>', 'javascript:x', '(', ')', '[', ']', '!',
];

const body = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...fragments) }, fc.string({ maxLength: 4 })), {
  maxLength: 25,
});

const encoder = new TextEncoder();

/** Converts a post. The result must validate and compile, or the error must name a line of the file. */
async function checkConversion(bytes: Uint8Array): Promise<void> {
  const file = { path: 'old/2017-05-16-x.md', bytes, changed: '2017-05-17', draft: false };
  const find = async (url: string) =>
    url.endsWith('/c.png')
      ? ({ kind: 'copy', copy: { from: 'c.png', to: './images/c.png' } } as const)
      : ({ kind: 'missing', why: 'in old' } as const);
  let mdx: string;
  try {
    mdx = (await convertPost(file, site, find)).mdx;
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    expect(error.line).toBeGreaterThan(0);
    return;
  }
  const [, head, text] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(mdx)!;
  expect(fieldProblems(parse(head!) as Parameters<typeof fieldProblems>[0])).toEqual([]);
  expect(await compileProblem(text!)).toBeUndefined();
}

test('any mixture of tokens', async () => {
  const post = body.map((parts) => encoder.encode(`---\ntitle: x\n---\n${parts.join('')}`));
  await fc.assert(fc.asyncProperty(post, checkConversion), { seed, numRuns: 200 });
});

test('no mixture of tokens is refused', async () => {
  const outcomes = fc.sample(body, { seed, numRuns: 150 }).map(async (parts) => {
    const bytes = encoder.encode(`---\ntitle: x\n---\n${parts.join('')}`);
    const file = { path: 'x.md', bytes, changed: '2017-05-17', draft: false };
    return convertPost(file, site, async () => ({ kind: 'remote' })).then(
      () => '',
      (error: Error) => `${error.message}\n${parts.join('')}`,
    );
  });
  expect((await Promise.all(outcomes)).filter(Boolean)).toEqual([]);
});

test('any front matter', async () => {
  // biome-ignore format: a list of names
  const key = fc.constantFrom(
    'title', 'date', 'tags', 'author', 'image', 'share', 'comments', 'modified', 'published', 'categories', 'x',
  );
  // biome-ignore format: a list of values
  const value = fc.oneof(
    fc.constantFrom(
      '', '~', 'yes', '2017-05-16', '2017-99-99', '[a, b]', '{feature: a.png}', '"q"', "'", ': x', '&a', '*a', '|',
      '- a', '!!js x',
    ),
    fc.constantFrom(
      'https://a.example', '0x10', '1e3', '[[a]]', '{a: {b: c}}', '{{ x }}', '<b>', '# c', '\u0007', '"\\u0000"',
    ),
    fc.string({ maxLength: 8 }),
  );
  const lines = fc
    .array(fc.tuple(key, value), { maxLength: 8 })
    .map((pairs) => pairs.map((pair) => pair.join(': ')).join('\n'));
  const head = fc.oneof(lines, fc.string({ maxLength: 30 })).map((text) => `---\n${text}\n---\nbody`);
  const toml = lines.map((text) => `+++\n${text.replaceAll(': ', ' = ')}\n+++\nbody`);
  const post = fc.oneof(head, toml).map((text) => encoder.encode(text));
  await fc.assert(fc.asyncProperty(post, checkConversion), { seed, numRuns: 300 });
});

test('any bytes', async () => {
  const start = encoder.encode('---\ntitle: x\n---\n');
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.uint8Array({ maxLength: 60 }).map((rest) => new Uint8Array([...start, ...rest])),
  );
  await fc.assert(fc.asyncProperty(bytes, checkConversion), { seed, numRuns: 300 });
});
