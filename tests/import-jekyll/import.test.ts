/** Import of a whole Jekyll blog: the posts compile, a note names file and line of all that is left out, no file is overwritten. */
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyBlog, fixtures } from './blog.ts';
import { problemsOf } from './convert.ts';

const blog = join(fixtures, 'blog');
const posts = join(blog, '_posts');
const body = (mdx: string) => mdx.slice(mdx.indexOf('\n---\n') + 5);
const head = (mdx: string) => mdx.slice(0, mdx.indexOf('\n---\n'));

describe('the fixture blog', () => {
  test('is imported completely: every post compiles, drafts stay drafts, images are copied beside the posts', async () => {
    const { root, read, import: run } = emptyBlog();
    const { code, lines } = await run([posts, join(blog, '_drafts')]);
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatch(/^5 posts imported, 0 not, \d+ notes\.$/);
    expect(readdirSync(join(root, 'posts')).sort()).toEqual([
      'chain-rule.mdx',
      'html-and-liquid.mdx',
      'idea.mdx',
      'images',
      'toml-head.mdx',
      'undated.mdx',
    ]);
    expect(readdirSync(join(root, 'posts/images/plots')).sort()).toEqual(['slope.svg', 'two-words.svg']);
    for (const name of ['chain-rule', 'html-and-liquid', 'idea', 'toml-head', 'undated']) {
      expect(await problemsOf(body(read(`posts/${name}.mdx`))), name).toEqual([]);
    }
    expect(read('posts/idea.mdx')).toContain('draft: true');
    expect(read('posts/undated.mdx')).toContain('title: "Undated"');
    expect(lines).toContainEqual(expect.stringMatching(/undated\.md:1: neither front matter nor file name has a date/));
    expect(lines).toContainEqual(expect.stringMatching(/idea\.md:3: date 2020-02-30 is no date such as/));
  });

  test('keeps the maths of kramdown and MathJax, inline and displayed', async () => {
    const { read, import: run } = emptyBlog();
    const { lines } = await run([posts]);
    const mdx = body(read('posts/chain-rule.mdx'));
    expect(mdx).toContain(
      "A slope $f'(x)$ and a set $\\{x \\mid x_1 < 2\\}$ stand in one line with $g \\circ f$ and cost \\$5 or \\$6.",
    );
    expect(mdx).toContain('\n$$\ny = g(f(x))\n$$\n');
    expect(mdx).toContain('\n$$\n\\begin{gathered}\nu = f(x), \\\\\ny = g(u)\n\\end{gathered}\\label{first-row}\n$$\n');
    expect(mdx).toContain('By $\\eqref{first-row}$, and by $\\text{(?)}$, rows are numbered.');
    expect(mdx).toMatch(/Some words before\n\n\$\$\n\\begin\{aligned\}.*\n\$\$\n\nand some after\./);
    expect(mdx).toContain('$\\exp{-\\beta x}$, and a wreck, `\\frac{1`.');
    expect(mdx).toContain('$\\vert x\\vert$');
    const said = lines.join('\n');
    expect(said).toContain('chain-rule.md:28: \\eqref{nothing} leads to no equation of this post');
    expect(said).toContain('chain-rule.md:39: TeX knows no \\betax; read as \\beta x');
    expect(said).toContain('chain-rule.md:39: KaTeX cannot set \\frac{1: Unexpected end of input');
    expect(said).toContain('chain-rule.md:47: no image /images/plots/lost.svg in ');
    expect(said).toContain('chain-rule.md:49: the text breaks off here');
    expect(mdx).toContain('{/* missing: ![](./images/lost.svg) */}');
    expect(mdx).toContain('![the slope](./images/plots/slope.svg)');
  });

  test('maps front matter of every kind to the fields of the site', async () => {
    const { read, import: run } = emptyBlog();
    await run([posts]);
    expect(head(read('posts/chain-rule.mdx'))).toBe(
      [
        '---',
        'title: "The chain rule: applied twice"',
        'description: "Where the second factor comes from."',
        'date: 2017-05-16',
        'updated: 2018-02-03',
        'tags:',
        '  - "Calculus"',
        '  - "Back Propagation"',
        'categories:',
        '  - "blog"',
        '  - "maths"',
        'share: true',
        'image:',
        '  src: "./images/plots/slope.svg"',
        '  alt: ""',
        'redirectFrom:',
        '  - "/blog/maths/2017/05/16/chain-rule.html"',
      ].join('\n'),
    );
    expect(head(read('posts/toml-head.mdx'))).toBe(
      [
        '---',
        'title: "A head in TOML"',
        'authors:',
        '  - "Ada Example"',
        '  - "Ben Example"',
        'date: 2018-01-02',
        'tags:',
        '  - "one"',
        '  - "two"',
        'image:',
        '  src: "./images/plots/two-words.svg"',
        '  alt: "Two words in a name"',
        'redirectFrom:',
        '  - "/2018/01/02/toml-head.html"',
      ].join('\n'),
    );
    expect(head(read('posts/html-and-liquid.mdx'))).toBe(
      [
        '---',
        'title: "2019-03-04"',
        'description: "HTML, Liquid & braces"',
        'authors:',
        '  - name: "Cleo Example"',
        '    url: "https://cleo.example"',
        'date: 2019-03-04',
        'tags:',
        '  - "html"',
        '  - "liquid"',
        'categories:',
        '  - "notes"',
        'comments: "https://talk.example/thread/9"',
        'canonical: "https://old.example/notes/html"',
        'share: false',
        'redirectFrom:',
        '  - "/html/"',
        '# image: "https://elsewhere.example/picture.png" was not found',
      ].join('\n'),
    );
  });

  test('converts HTML, Liquid and kramdown to Markdown, and reports by line what it cannot convert', async () => {
    const { read, import: run } = emptyBlog();
    const { lines } = await run([posts]);
    const mdx = body(read('posts/html-and-liquid.mdx'));
    for (const part of [
      '{/* {% include banner.html text="hello" %} */}',
      'A line\\\na second\\\nwith \\{curly}, a \\< b, `{{ kept }}`, <kbd>Ctrl</kbd> and H<sub>2</sub>O.',
      '{/* a remark * / */} 2019-03-04',
      '```python\n{{ template }}\nif a < b: print({1, 2})\n```',
      '```ruby\nputs "#{x}"\n```',
      'In a box: **bold**, $x^2$, \\{brace} and <span id="mark" />an anchor.',
      '<img src="./images/plots/slope.svg" alt="a slope" width="20" />',
      '![slope](./images/plots/slope.svg "A caption in words")',
      '[https://video.example/1](https://video.example/1)',
      'Literally \\{\\{ this }} and \\{% that %}.',
      '&#x69;mport os is how the script begins; \\[me @\u2060work] said so.',
      'click here; term below.',
      'Term\n:   Its meaning, with $x$',
      'An unclosed \\\\( formula, an unclosed \\{\\{ value, an unclosed \\<!-- remark.',
    ]) {
      expect(mdx).toContain(part);
    }
    expect(mdx).not.toContain('alert');
    const said = lines.filter((line) => line.includes('html-and-liquid.markdown:')).map((line) => line.trim());
    const at = (line: number, what: string) =>
      expect(said).toContainEqual(expect.stringMatching(new RegExp(`\\.markdown:${line}: .*${what}`)));
    at(1, 'left out: mystery');
    at(9, 'no image https://elsewhere.example/picture.png');
    at(17, 'banner\\.html.*a comment stands in its place');
    at(19, 'would have filled in \\{\\{ kept \\}\\}');
    at(33, 'class and style of a <div>');
    at(35, '<script> is left out');
    at(44, '<iframe> is left out; a link');
    at(52, 'javascript:alert');
    for (const open of ['\\\\\\\\\\(', '\\{\\{', '<!--']) at(57, `${open} is never closed`);
    expect(said).toHaveLength(11);

    const toml = body(read('posts/toml-head.mdx'));
    expect(toml).toContain('<span id="again" />\n\n## Title again\n\n### Tight');
    expect(toml).toContain('a hard\\\nbreak and [a neighbour](/posts/chain-rule/), [again](/posts/chain-rule/),');
    expect(toml).toContain('[about](/about/).\n<span id="start" />');
    expect(toml).not.toContain('contents');
  });
});

describe('a broken file', () => {
  test('does not stop the others, and sets the exit code and an error line', async () => {
    const { root, import: run } = emptyBlog();
    const { code, lines } = await run([join(fixtures, 'broken')]);
    expect(code).toBe(1);
    expect(readdirSync(join(root, 'posts'))).toEqual(['2021-01-11.mdx', 'good-2021.mdx', 'good.mdx']);
    const line = (file: string, what: RegExp) =>
      expect(lines).toContainEqual(
        expect.stringMatching(new RegExp(`^broken/2021-01-${file}: not imported: ${what.source}`)),
      );
    line('01-bad-yaml.md:4', /the front matter is no YAML: .*needs quotes/);
    line('02-bad-toml.md:3', /the front matter is no TOML/);
    line('03-never-closed.md:1', /the front matter is never closed: expected a line ---/);
    line('04-no-head.md:1', /expected front matter between --- lines, found No head at all/);
    line('05-empty.md:1', /expected front matter between --- lines, found an empty file/);
    line('07-list-head.md:2', /expected front matter of fields such as title: …, found .*a list/);
    line('08-latin.md:1', /expected UTF-8 text, found other bytes/);
    line('09-binary.md:1', /expected text, found a zero byte at 25/);
    line('10-other.textile:1', /expected Markdown .* or HTML/);
    expect(lines.at(-1)).toMatch(/^3 posts imported, 9 not, /);
  });

  test('a folder that is missing or contains no post is an error too', async () => {
    const { import: run } = emptyBlog();
    const { code, lines } = await run([join(fixtures, 'nowhere'), join(blog, 'images')]);
    expect(code).toBe(1);
    expect(lines).toEqual([
      'nowhere: not imported: expected a file or a folder of posts, found nothing',
      'blog/images: not imported: expected posts such as 2017-05-16-name.md, found none',
      '0 posts imported, 2 not, 0 notes.',
    ]);
  });
});

test('a file that is nested too deeply does not stop the others', async () => {
  const { root, import: run } = emptyBlog();
  writeFileSync(join(root, 'deep.md'), `---\ntitle: x\n---\n${'> '.repeat(4000)}\n`);
  writeFileSync(join(root, 'mixed.md'), `---\ntitle: x\n---\n${'- > '.repeat(4000)}\n`);
  writeFileSync(join(root, 'flat.md'), '---\ntitle: x\n---\ntext\n');
  const { code, lines } = await run([root]);
  expect(code).toBe(1);
  expect(lines).toContainEqual(expect.stringMatching(/deep\.md:1: not imported: its quotes.* too deeply/));
  expect(lines.at(-1)).toMatch(/^1 post imported, 2 not, /);
});

describe('an existing file', () => {
  test('is never overwritten without --force, post or image', async () => {
    const { root, read, import: run } = emptyBlog();
    mkdirSync(join(root, 'posts/images/plots'), { recursive: true });
    writeFileSync(join(root, 'posts/chain-rule.mdx'), 'mine');
    writeFileSync(join(root, 'posts/images/plots/two-words.svg'), 'mine too');
    const { code, lines } = await run([posts]);
    expect(code).toBe(1);
    expect(read('posts/chain-rule.mdx')).toBe('mine');
    expect(read('posts/images/plots/two-words.svg')).toBe('mine too');
    expect(lines).toContainEqual(
      expect.stringMatching(/chain-rule\.md:1: not imported: .* exists; --force replaces it/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/two-words\.svg exists with other content and is kept/));

    expect((await run([posts], true)).code).toBe(0);
    expect(read('posts/chain-rule.mdx')).toMatch(/^---\ntitle/);
    expect(read('posts/images/plots/two-words.svg')).toContain('<svg');
  });

  test('a second import of the same blog gives the same bytes', async () => {
    const { read, import: run } = emptyBlog();
    await run([posts]);
    const first = read('posts/html-and-liquid.mdx');
    await run([posts], true);
    expect(read('posts/html-and-liquid.mdx')).toBe(first);
  });
});

test('an image whose size cannot be read is left out', async () => {
  const { root, read, import: run } = emptyBlog();
  mkdirSync(join(root, 'old/_posts'), { recursive: true });
  writeFileSync(join(root, 'old/half.png'), '\u0089PNG');
  writeFileSync(join(root, 'old/_posts/2020-01-01-x.md'), '---\ntitle: x\nimage: half.png\n---\n![](/half.png)\n');
  const { code, lines } = await run([join(root, 'old/_posts')]);
  expect(code).toBe(0);
  expect(lines.filter((line) => /:[35]: no image .*half\.png is damaged/.test(line))).toHaveLength(2);
  expect(read('posts/x.mdx')).toContain('{/* missing: ![](./images/half.png) */}');
});

test('a drawing whose XML is cut off is left out, and a link to it leads to the old blog: the build stops at both', async () => {
  const { root, read, import: run } = emptyBlog();
  mkdirSync(join(root, 'old/_posts'), { recursive: true });
  writeFileSync(join(root, 'old/_config.yml'), 'url: https://old.example\n');
  writeFileSync(join(root, 'old/cut.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g>');
  writeFileSync(
    join(root, 'old/_posts/2020-01-01-x.md'),
    '---\ntitle: x\n---\n![](/cut.svg)\n\n[The plot](/cut.svg).\n',
  );
  const { code, lines } = await run([join(root, 'old/_posts')]);
  expect(code).toBe(0);
  expect(lines).toContainEqual(expect.stringMatching(/x\.md:4: no image .*cut\.svg is damaged/));
  expect(lines).toContainEqual(expect.stringMatching(/x\.md:6: \/cut\.svg: .*leads to the old blog/));
  expect(read('posts/x.mdx')).toContain('{/* missing: ![](./images/cut.svg) */}');
  expect(read('posts/x.mdx')).toContain('[The plot](https://old.example/cut.svg)');
  expect(existsSync(join(root, 'public/cut.svg'))).toBe(false);
});

test('no image is taken from outside the old blog', async () => {
  const { root, import: run } = emptyBlog();
  const old = join(root, 'old');
  mkdirSync(join(old, '_posts'), { recursive: true });
  mkdirSync(join(old, 'images'));
  writeFileSync(join(root, 'secret.png'), 'secret');
  symlinkSync(join(root, 'secret.png'), join(old, 'images/linked.png'));
  const text =
    '---\ntitle: x\n---\n![](../../secret.png) ![](/../secret.png) ![](linked.png) ![](%2e%2e/%2e%2e/secret.png)\n';
  writeFileSync(join(old, '_posts/2020-01-01-x.md'), text);
  const { code, lines } = await run([join(old, '_posts')]);
  expect(code).toBe(0);
  expect(lines.filter((line) => line.includes('no image'))).toHaveLength(4);
  expect(existsSync(join(root, 'posts/images'))).toBe(false);
});
