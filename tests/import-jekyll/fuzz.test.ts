/** Fuzz test of the Jekyll import: any post is imported, what is written passes the checks of the build, and no word is lost without a note. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Nodes } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { fieldProblems } from '../../src/cli/write-front-matter.ts';
import { importPosts } from '../../src/import-jekyll/import.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { problemsOf } from './convert.ts';

const seed = 20170516;

/** Tokens of Markdown, kramdown, TeX, HTML and Liquid, and characters that are special to the importer. */
// biome-ignore format: a table of tokens
const fragments = [
  'a', 'B c', '1', ' ', '  ', '    ', '\n', '\n\n', '\t', '\r\n', '\\', '\\\\', '|', '-', '> ', '- ', '1. ', '# ',
  '---\n', '***', '$', '$$', '\\$', '\\$$', '\\\\(', '\\\\)', '\\\\[', '\\\\]', '\\(', '\\[', '\\begin{align}', '\\end{align}',
  '\\frac{1}{2}', '\\label{a}', '\\eqref{a}', '\\tag{1}', '&', '%', '^', '_', '{', '}', '`', '```', '~~~', '```js\n',
  '*', '**', '[a](b)', '![a](/c.png "t")', '[a][b]', '[b]: /c', '[^1]', '[^1]: n', '[x @y]', '<', '>', '<br>', '<b>',
  '</b>', '<div>', '</div>', '<div markdown="1">', '<p a={b}>', '<!--', '-->', '<script>', '</script>', '<details>',
  '<summary>', '</details>', '<table>', '<td>', '<a name="n">', '<img src=x>', '<svg>', '<?php', '<![CDATA[', '&lt;',
  '&#x7b;', '{{', '}}', '{{ site.url }}', '{{ x | y }}', '{%', '%}', '{% raw %}', '{% endraw %}',
  '{% highlight js %}', '{% endhighlight %}', '{% include x.html %}', '{% comment %}', '{% endcomment %}',
  '{% post_url x %}', '*/', '/*', '{: .c #d}', '{:toc}', '{#id}', '{::comment}', '{:/}', 'import x',
  'export default', 'https://a.example', 'w@a.example', ': d', '| - | - |\n', '\uE000', '\uE0000\uE001', '\u2028',
  '\uFEFF', '\u00a0', 'é', '日', '😀', '[ ] ', '<https://a.example>', 'javascript:x', '(', ')', '[', ']', '!',
  '{% if x %}', '{% else %}', '{% endif %}', '{% for i in (1..3) %}', '{% endfor %}', '{% cite k %}', '<d-cite key="k">',
  '</d-cite>', '<d-footnote>', '</d-footnote>', '\\newcommand{\\x}{y}', '\\x', ':link:', '==m==', '%%c%%', 'H~2~', '2^n^',
  '[[w]]', '[toc]', '!!! note', '*[A]: b', '\u202e', '\uFFFD', '\u200b', '<picture>', '<figure>', '<figcaption>', '~',
];

const body = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...fragments) }, fc.string({ maxLength: 4 })), {
  maxLength: 25,
});

/** Imports posts, given as bytes, into an empty blog; the new posts by their names, and what was printed. */
async function imported(posts: readonly (string | Uint8Array)[]) {
  const root = temporaryFolder();
  mkdirSync(join(root, 'old/_posts'), { recursive: true });
  writeFileSync(join(root, 'old/_config.yml'), 'url: https://old.example\nbaseurl: /b\n');
  posts.forEach((post, i) => void writeFileSync(join(root, `old/_posts/2017-05-16-x${i}.md`), post));
  const lines: string[] = [];
  await importPosts({ root, from: [join(root, 'old/_posts')], force: false, print: (line) => void lines.push(line) });
  const names = readdirSync(join(root, 'posts'), { withFileTypes: true }).filter((entry) =>
    entry.name.endsWith('.mdx'),
  );
  const written = new Map(names.map(({ name }) => [name, readFileSync(join(root, 'posts', name), 'utf8')]));
  return { written, lines };
}

const post = (text: string): string => `---\ntitle: x\n---\n${text}`;

/** The posts must validate and pass the checks of a build. */
async function expectValid(written: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, mdx] of written) {
    const [, head, text] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(mdx)!;
    expect(fieldProblems(parse(head!) as Parameters<typeof fieldProblems>[0]), name).toEqual([]);
    expect(await problemsOf(text!), `${name}\n${text}`).toEqual([]);
  }
}

test('no mixture of tokens is refused, and what is written passes the checks of the build', async () => {
  const posts = fc.sample(body, { seed, numRuns: 250 }).map((parts) => post(parts.join('')));
  const { written, lines } = await imported(posts);
  expect(lines.filter((line) => line.includes(': not imported: '))).toEqual([]);
  expect(written.size).toBe(posts.length);
  await expectValid(written);
});

test('any front matter', async () => {
  // biome-ignore format: a list of names
  const key = fc.constantFrom(
    'title', 'date', 'tags', 'author', 'image', 'share', 'comments', 'modified', 'published', 'categories', 'x',
    'permalink', 'redirect_from', 'slug', 'bibliography',
  );
  // biome-ignore format: a list of values
  const value = fc.oneof(
    fc.constantFrom(
      '', '~', 'yes', '2017-05-16', '2017-99-99', '[a, b]', '{feature: a.png}', '"q"', "'", ': x', '&a', '*a', '|',
      '- a', '!!js x', '/a/:title', '/', '//a', '$x', '$\\x$',
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
  const { written, lines: said } = await imported(fc.sample(fc.oneof(head, toml), { seed, numRuns: 300 }));
  for (const line of said.filter((each) => each.includes(': not imported: ')))
    expect(line).toMatch(/\.md:[1-9]\d*: not imported: /);
  await expectValid(written);
});

test('any bytes', async () => {
  const start = new TextEncoder().encode('---\ntitle: x\n---\n');
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.uint8Array({ maxLength: 60 }).map((rest) => new Uint8Array([...start, ...rest])),
  );
  const { written, lines } = await imported(fc.sample(bytes, { seed, numRuns: 300 }));
  for (const line of lines.filter((each) => each.includes(': not imported: ')))
    expect(line).toMatch(/\.md:[1-9]\d*: not imported: /);
  await expectValid(written);
});

/** Structures around words, as posts have them. `@` is a word of its own in each place. */
// biome-ignore format: a table of structures
const structures = [
  '@ @ @', '*@* **@** `@`', '- @\n- @\n  @\n', '1. @\n\n   @\n2. @', '> @\n> @', '## @', '@\n===', '| @ | @ |\n|---|---|\n| @ | `@` |',
  '[@](https://a.example) @', '[@][r]\n\n[r]: https://a.example', '@[^n]\n\n[^n]: @ @', '```js\n@ @\n```', '    @ @',
  '~~~\n@\n~~~', '$$@^{2}$$', '@ $$x_{@}$$ @', '$$\n\\text{@}\n\n\\text{@}\n$$', '<div>@ <b>@</b></div>', '<p>@</p>\n@',
  '<div markdown="1">\n@ *@*\n</div>', '<ul><li>@</li><li>@ <i>@</i></li></ul>', '<table><tr><td>@</td><td>@</td></tr></table>',
  '<details><summary>@</summary>@</details>', '<figure><img src="/no.png" alt="@"><figcaption>@ @</figcaption></figure>',
  '![@](/no.png "@")', '![@](https://else.example/x.png)', '<blockquote>@</blockquote>', '@<br>@', '<span class="c">@</span> @',
  '{% if true %}@{% else %}no{% endif %}', '{% for i in (1..2) %}@{% endfor %}', '{% raw %}{{ @ }}{% endraw %}', '{% highlight js %}\n@\n{% endhighlight %}',
  '{% capture c %}@{% endcapture %}{{ c }}', '{{ "@" }}', '@\n: @', '*[HTML]: @ @\n\nHTML @', '@ {: .c}', '## @ {#i}', '<d-footnote>@</d-footnote> @',
  '<font color="red">@</font>', '<center>@</center>', '\\$@ and \\$@', '@ $5 and $6 @', '<dl><dt>@</dt><dd>@</dd></dl>', '<h3 id="h">@</h3>',
  '<table><tr><td rowspan="2">@</td><td>@<ul><li>@</li></ul></td></tr><tr><td><pre>@\n@</pre>@</td></tr></table>', '<ol type="a"><li value="4">@</li><li>@</li></ol>',
  '| @<br>@ | <ul><li>@</li><li>@</li></ul> |\n|---|---|\n| <p>@</p><p>@</p> | @ |', '@ <q>@</q> <var>@<sub>@</sub></var> <code>@ <b>@</b></code>', '<menu><li>@</li></menu>',
  '<div lang="de"><p>@</p>@</div>', '<em title="@">@</em> <time datetime="2020-01-02">@</time>', '<form>@</form>', '<svg><text>@</text></svg>', '<figure><figcaption>@<br>@<p>@</p></figcaption></figure>',
  '<a href="/gone/">@</a>', '[@](#nowhere)', '<custom-tag>@</custom-tag>', '@ \\@ \\*@', '<b>@ $$y$$ @</b>', '* @\n{:.c}\n\n@', '@ :link: @', '==@== @', '[[@]]',
];

/** The structures by themselves, in a quotation, and in an item of a list. */
const places = structures.flatMap((each) => [each, each.replace(/^/gm, '> '), `- ${each.replace(/\n(?=.)/g, '\n  ')}`]);

/** The words that a post shows, and those of its code, formulas, addresses and comments. */
function wordsIn(mdx: string): Set<string> {
  const tree = unified().use(remarkParse).use(remarkMdx).use(remarkGfm).use(remarkMath).parse(mdx);
  const texts: string[] = [];
  visit(tree, (node: Nodes) => {
    if ('value' in node) texts.push(node.value);
    if (node.type === 'image') texts.push(node.alt ?? '', node.title ?? '');
    if ('attributes' in node) texts.push(JSON.stringify(node.attributes));
  });
  return new Set(texts.join(' ').match(/word\d+/g) ?? []);
}

test('every word of a post is on its page', async () => {
  let count = 0;
  const pieces = fc.array(fc.constantFrom(...places), { minLength: 1, maxLength: 6 });
  const separator = fc.constantFrom('\n\n', '\n\n', '\n\n', '\n');
  const bodies = fc.sample(fc.tuple(pieces, separator), { seed, numRuns: 250 }).map(([parts, between]) =>
    parts.join(between).replaceAll('@', () => {
      count += 1;
      return `word${count}`;
    }),
  );
  const { written } = await imported(bodies.map(post));
  const lost = bodies.flatMap((source, i) => {
    const mdx = written.get(`x${i}.mdx`) ?? '';
    const found = wordsIn(mdx.replace(/^---\n[\s\S]*?\n---\n/, ''));
    const missing = (source.match(/word\d+/g) ?? []).filter((word) => !found.has(word));
    return missing.length === 0 ? [] : [`${missing.join(' ')}\n${source}\n⇒\n${mdx}`];
  });
  expect(lost).toEqual([]);
  await expectValid(written);
});
