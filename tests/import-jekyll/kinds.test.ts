/** Import of a blog with posts of many kinds: formulas, macros, figures, citations, addresses; each as the old blog read it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importPosts } from '../../src/import-jekyll/import.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { emptyBlog, fixtures } from './blog.ts';
import { problemsOf, translate } from './convert.ts';

const kinds = join(fixtures, 'kinds');
const body = (mdx: string) => mdx.slice(mdx.indexOf('\n---\n') + 5).trim();

/** Imports a blog of these files; the bodies of its posts by name, all files, and what was printed. */
async function imported(files: Readonly<Record<string, string>>, dryRun = false, from = '_posts') {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, 'old', path)), { recursive: true });
    writeFileSync(join(root, 'old', path), text);
  }
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const code = await importPosts({ root, from: [join(root, 'old', from)], force: false, dryRun, print });
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  return { root, code, lines, read, post: (name: string) => body(read(`posts/${name}.mdx`)) };
}

const post = (text: string, head = '') => `---\ntitle: x\n${head}---\n${text}\n`;

describe('the blog of many kinds', () => {
  test('is imported whole, and each post passes the checks of the build', async () => {
    const { root, read, import: run } = emptyBlog();
    const { code, lines } = await run([kinds]);
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatch(/^24 posts imported, 0 not, /);
    const macros = { '\\half': '\\tfrac12', '\\rank': '\\operatorname{rank}' };
    for (const name of readdirSync(join(root, 'posts')).filter((each) => each.endsWith('.mdx')))
      expect(
        (await problemsOf(body(read(`posts/${name}`)), macros)).filter((each) => !/no such entry/.test(each)),
        name,
      ).toEqual([]);
  });

  test('keeps formulas, citations, notes, figures, captions, addresses and names', async () => {
    const { read, import: run } = emptyBlog();
    const { lines } = await run([kinds]);
    const text = (name: string) => body(read(`posts/${name}.mdx`));
    expect(text('label-in-unset-formula')).toContain('By $\\text{(?)}$ all is fine.');
    expect(text('macros-defined-in-post')).toBe('Then $\\half x \\in \\R$ and $\\rank A = 2$.');
    expect(lines.join('\n')).toContain("'\\\\half': '\\\\tfrac12',");
    expect(text('escaped-double-dollar')).toContain(
      '1. $a = b_1$ at the start of an item\n2. Then $c_2$ and $d_3$ as well.',
    );
    expect(text('include-figure')).toContain('![The first picture](./images/a.png "The first picture")');
    expect(text('include-figure')).toContain('![third](./images/deep/c.png)');
    expect(text('cite')).toContain('It was shown [@doe2001] and again [@doe2001].');
    expect(text('cite')).toContain('[^d-1]: With a $x_1$ formula.');
    expect(read('posts/references.bib')).toContain('@article{doe2001,');
    expect(text('relative-images')).toBe(
      '![c](./images/deep/c.png)\n\n![own](./images/a.png)\n\n![raw](./images/b.png)',
    );
    expect(read('posts/permalink.mdx')).toContain('redirectFrom:\n  - "/notes/mine/"\n  - "/old-one/"\n');
    expect(read('posts/twin.mdx')).toContain('- "/blog/2020/twin/"');
    expect(read('posts/twin-2021.mdx')).toContain('- "/blog/2021/twin/"');
    expect(text('page')).toContain('Some _text_ with $x^2$.');
    expect(read('posts/2020-02-07.mdx')).toContain('- "/blog/2020/日本語/"');
    expect(text('blank-line-in-display')).toContain('Prose after it with $x$ inside.');
    expect(text('align-in-paragraph')).toContain('where all is known.');
    expect(text('align-in-paragraph')).toContain("A prime: $z'$. Entity: $T(x | y)$.");
    expect(text('dollar-in-html')).toContain('<figcaption>The region $R_1$ and the point $x$.</figcaption>');
    expect(text('dollar-in-html')).toContain('and $cos(x)$ and $epsilon$ and $IoU$.');
    for (const caption of ['All that the caption says.', 'All that the second caption says.', 'Third caption'])
      expect(text('figure-with-remote-image')).toContain(`_${caption}_`);
    expect(text('links-with-capitals').match(/\/posts\/links-with-capitals\//g)).toHaveLength(4);
    expect(text('links-with-capitals')).toContain('[big picture](/images/a.png)');
    expect(read('posts/author-html.mdx')).toContain('- name: "Jane Doe"\n    url: "https://doe.example"');
    expect(text('svg-that-is-none')).toBe('{/* missing: ![x](./images/fake.svg) */}');
    expect(text('dollar-in-attribute')).toContain('here, and prose goes on until $y$ comes.');
  });
});

test('a block of code keeps its title and marked lines; other settings are noted', async () => {
  const { post: read, lines } = await imported({
    '_posts/2020-01-01-a.md': post(
      '```js hl_lines="1 2" title="a b.js"\na\nb\n```\n\n~~~ruby {1} linenos=true\nc\n~~~',
    ),
  });
  expect(read('a')).toBe('```js title="a b.js" {1,2}\na\nb\n```\n\n```ruby {1}\nc\n```');
  expect(lines.join('\n')).toContain('the settings linenos=true of a block of code are left out');
});

describe('formulas', () => {
  test.each([
    ['$$\na = 1\n\n+ b\n$$\n\nProse with $$x$$.', '$$\na = 1\n+ b\n$$\n\nProse with $x$.'],
    [
      'Text\n$$\n\\begin{aligned}\na\n\nb\n\\end{aligned}\n$$\nmore $$c$$',
      'Text\n\n$$\n\\begin{aligned}\na\nb\n\\end{aligned}\n$$\n\nmore $c$',
    ],
    ['- \\$$a$$ b\n- c', '- $a$ b\n- c'],
    ['> \\$$ x_1 $$ y', '> $x_1$ y'],
    ['so \\[ a_1 = \\alpha \\] it is', 'so\n\n$$\na_1 = \\alpha\n$$\n\nit is'],
    ['so \\(a_1\\) it is', 'so $a_1$ it is'],
    ['$$a &lt; b&#x27;$$ x', "$a < b'$ x"],
    ['x $$\\begin{gather*}a\\end{gather*}$$ y', 'x\n\n$$\n\\begin{gather*}a\\end{gather*}\n$$\n\ny'],
    ['$$\\begin{eqnarray}a &=& b\\end{eqnarray}$$', '$$\n\\begin{align}a &= b\\end{align}\n$$'],
    ['$$T_\\vec u$$ x', '$T_{\\vec u}$ x'],
    ['$$\\mbox{a_b}$$ x', '$\\text{a\\_b}$ x'],
    ['{% katex %}a_1{% endkatex %} x', '$a_1$ x'],
    ['    $$x$$ {{ y }}\n\nz', '```\n$$x$$ {{ y }}\n```\n\nz'],
  ])('%j', (old, now) => {
    expect(translate(old).mdx).toBe(now);
  });

  test('single dollars are read where the scripts of the blog say so', async () => {
    const layout =
      "<script>MathJax = { tex: { inlineMath: [['$', '$']], macros: { Rn: '\\\\mathbb{R}^n' } } }</script>";
    const text = 'The $IoU$ is $0.5$, and $sin(x+y) \\in \\Rn$.\n\n<p>In HTML $x$, it costs $5 or $6.</p>';
    const { post: read, lines } = await imported({
      '_includes/head.html': layout,
      '_posts/2020-01-01-a.md': post(text),
      '_config.yml': '',
    });
    expect(read('a')).toContain('The $IoU$ is $0.5$, and $sin(x+y) \\in \\Rn$.');
    expect(read('a')).toContain('In HTML $x$, it costs \\$5 or \\$6.');
    expect(lines.join('\n')).toContain("'\\\\Rn': '\\\\mathbb{R}^n',");
  });

  test('a macro that two posts define otherwise stays in each post', async () => {
    const { post: read } = await imported({
      '_posts/2020-01-01-a.md': post('$$\\def\\foo{a}$$\n\nNow $$\\foo$$.'),
      '_posts/2020-01-02-b.md': post('$$\\newcommand{\\foo}[1]{b_{#1}}$$\n\nNow $$\\foo{c}$$.'),
    });
    expect(read('a')).toBe('Now $\\gdef\\foo{a}\\foo$.');
    expect(read('b')).toBe('Now $\\gdef\\foo#1{b_{#1}}\\foo{c}$.');
  });
});

describe('Liquid', () => {
  const blog = {
    '_config.yml': 'url: https://old.example\nbaseurl: /b\ngreeting: Hello\n',
    '_data/people.yml': '- name: Ada\n- name: Ben\n',
    '_includes/note.html': '<p class="note">{{ include.text }} from {{ site.greeting }}</p>',
    '_includes/aside.html': '<div class="aside">{{ include.text | markdownify }}</div>',
  };

  test.each([
    ['{% if page.x == "1" %}A{% else %}B{% endif %}', 'B'],
    ['{% if page.title == "x" %}*A*{% else %}B{% endif %}', '_A_'],
    ['{% for p in site.data.people %}- {{ p.name }}\n{% endfor %}', '- Ada\n- Ben'],
    ['{% assign w = "word" %}{{ w | upcase }}', 'WORD'],
    ['{% include note.html text="News" %}', 'News from Hello'],
    ['{% include aside.html text="So *a* $$b < c$$." %}', 'So _a_ $b < c$.'],
    ['{% capture d %}$$b_1$${% endcapture %}{% include aside.html text=d %}', '$$\nb_1\n$$'],
    ['{% unless true %}A{% endunless %}{% capture c %}B{% endcapture %}{{ c }}', 'B'],
  ])('%j is filled in', async (text, shown) => {
    expect((await imported({ ...blog, '_posts/2020-01-01-a.md': post(text) })).post('a')).toBe(shown);
  });

  test('what only Jekyll knows becomes a comment, with a note', async () => {
    const { post: read, lines } = await imported({
      ...blog,
      '_posts/2020-01-01-a.md': post('a {% for p in site.posts %}b{% endfor %}\n\n{{ site.nothing }}'),
    });
    expect(read('a')).toMatch(/^a \{\/\* .*site\.posts.*\n\n\{\/\* \{\{ site\.nothing \}\} \*\/\}$/);
    expect(lines.filter((line) => /a\.md:[46]: .*a comment stands in its place/.test(line))).toHaveLength(2);
  });
});

describe('addresses', () => {
  test.each([
    ['pretty', '/maths/2020/03/04/a/'],
    ['date', '/maths/2020/03/04/a.html'],
    ['none', '/maths/a.html'],
    ['ordinal', '/maths/2020/064/a.html'],
    ['/:short_year/:i_month/:slug', '/20/3/a.html'],
  ])('the permalink %s gives %s', async (permalink, address) => {
    const files = {
      '_config.yml': `permalink: ${permalink}\n`,
      '_posts/2020-03-04-a.md': post('a', 'categories: maths\n'),
    };
    expect((await imported(files)).read('posts/a.mdx')).toContain(`redirectFrom:\n  - "${address}"\n`);
  });

  test('links lead to posts, places, files and other sites, and a dead one leaves its text and a note', async () => {
    const {
      post: read,
      lines,
      root,
    } = await imported({
      '_config.yml': 'url: https://old.example\nbaseurl: /b\npermalink: /:year/:title/\n',
      'files/a.pdf': 'pdf',
      '_posts/2020-01-01-a.md': post(
        '[1](/b/2020/other/#the-end) [2](https://old.example/b/2020/other) [3](/b/files/a.pdf) [4](#nowhere) [5](/b/gone/) [6](//x.example/)',
      ),
      '_posts/2020-01-02-other.md': post('## The end!'),
    });
    expect(read('a')).toBe(
      '[1](/posts/other/#the-end) [2](/posts/other/) [3](/files/a.pdf) 4 [5](https://old.example/b/gone/) [6](https://x.example/)',
    );
    expect(existsSync(join(root, 'public/files/a.pdf'))).toBe(true);
    expect(lines.filter((line) => /a\.md:4: .*(#nowhere|\/b\/gone\/)/.test(line))).toHaveLength(2);
  });
});

test('a formula with a character that no page can hold leaves the text around it as it is', async () => {
  const { post: read } = await imported({ '_posts/2020-01-01-a.md': post('A $$b &#0;$$ c.\n\nText *d*.') });
  expect(read('a')).toBe('A `b ` c.\n\nText _d_.');
});

test('Markdown in blocks of HTML is read where the blog says so', async () => {
  const files = { '_posts/2020-01-01-a.md': post('<div>\n*a* <span>*b*</span>\n</div>') };
  expect((await imported({ ...files, '_config.yml': 'kramdown:\n  parse_block_html: true\n' })).post('a')).toBe(
    '_a_ _b_',
  );
  expect((await imported({ ...files, '_config.yml': '' })).post('a')).toBe('\\*a\\* \\*b\\*');
});

test('images keep their sizes, and kramdown’s attributes give them', () => {
  expect(translate('![a](/b.png){: width="30%"}').mdx).toBe('<img src="/b.png" alt="a" style="width:30%" />');
  expect(translate('![a](/b.png)\n{: height="20px" .c}').mdx).toBe('<img src="/b.png" alt="a" height="20" />');
  expect(translate('![a](/b.png "c"){: width="2"}').mdx).toBe('<img src="/b.png" alt="a" title="c" width="2" />');
  expect(translate('![a][d]{: width="2"}\n\n[d]: /b.png').mdx).toBe(
    '<img src="/b.png" alt="a" width="2" />\n\n[d]: /b.png',
  );
  expect(translate('<img src="/b.png" style="max-width: 12em">').mdx).toBe(
    '<img src="/b.png" alt="" style="width:12em" />',
  );
});

test('an element that HTML does not have gives a note, and its text stays', () => {
  const { mdx, notes } = translate('a <my-box>b</my-box>');
  expect(mdx).toBe('a b');
  expect(notes).toEqual(['1: <my-box> is no element of HTML; its text stays']);
});

test('a word with tildes stays as it is', () => {
  expect(translate('from 3~5 to 6~7').mdx).toBe('from 3\\~5 to 6\\~7');
});

test.each([
  ['![a](/img/a b.png)', '![a](/img/a%20b.png)'],
  ["[![a](i j.png 'T')]( /k l.html )", '[![a](i%20j.png "T")](/k%20l.html)'],
  ['[a](/x y/z (1).pdf) b', '[a](/x%20y/z%20\\(1\\).pdf) b'],
  ['![a]({{ site.baseurl }}/img/a b.png)', '![a](/img/a%20b.png)'],
  ['![a][r]\n\n[r]: /img/a b.png "T"', '![a][r]\n\n[r]: /img/a%20b.png "T"'],
  ['see [1](as the text says)', 'see \\[1]\\(as the text says)'],
  ['`[a](/b c.png)`', '`[a](/b c.png)`'],
])('an address with a space is one: %j', (old, now) => {
  expect(translate(old).mdx).toBe(now);
});

test('posts lie in _posts of any folder; other pages are named', async () => {
  const files = {
    '_config.yml': 'title: x\n',
    '_posts/2020-01-01-a.md': post('a'),
    'maths/_posts/2020-01-02-b.md': post('b'),
    'maths/_drafts/c.md': post('c'),
    'about.md': post('d'),
    '_notes/e.md': post('e'),
    'README.md': 'No page.',
    'node_modules/f/_posts/2020-01-03-f.md': post('f'),
    '_site/g.md': post('g'),
  };
  const { root, lines } = await imported(files, false, '.');
  expect(readdirSync(join(root, 'posts')).sort()).toEqual(['a.mdx', 'b.mdx', 'c.mdx']);
  const others = ['_notes/e.md', 'about.md'].map((page) => `old/${page}`);
  expect(lines).toContain(`Not imported, since they are no posts: ${others.join(', ')}.`);
});

test.each(['media_subpath', 'img_path'])('images lie in the folder that %s names', async (field) => {
  const { post: read, lines } = await imported({
    '_posts/2020-01-01-a.md': post('![a](b.svg){: w="30" h="20" }', `${field}: /pictures/of-a/\nimage: b.svg\n`),
    'pictures/of-a/b.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>',
  });
  expect(read('a')).toMatch(/^<img src="\.\/images\/\S*b\.svg" alt="a" width="30" height="20" \/>$/);
  expect(lines.filter((line) => /a\.md:\d+:/.test(line))).toEqual([]);
});

test('the file of an address with a space is copied', async () => {
  const { root, lines } = await imported({
    '_posts/2020-01-01-a.md': post('![a](/img/a b.svg) and [b](/files/b c.pdf)'),
    'img/a b.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>',
    'files/b c.pdf': 'x',
  });
  const [image] = /!\[a\]\(\S+\)/.exec(readFileSync(join(root, 'posts/a.mdx'), 'utf8')) ?? [];
  expect(image).toMatch(/^!\[a\]\(\.\/images\/.*\.svg\)$/);
  expect(lines.filter((line) => line.includes('b.svg') || line.includes('c.pdf'))).toEqual([]);
  expect(existsSync(join(root, 'public/files/b-c.pdf'))).toBe(true);
});

test.each([
  [
    '*[HTML]: Markup\n*[W3C]: A *Web* {x}\n\n**HTML**, W3C; XHTML `HTML`.',
    '**<abbr title="Markup">HTML</abbr>**, <abbr title="A *Web* {x}">W3C</abbr>; XHTML `HTML`.',
  ],
  ['## HTML\n\n[HTML](/a)\n\n*[HTML]: Markup', '## HTML\n\n[<abbr title="Markup">HTML</abbr>](/a)'],
  [
    '- an a.b is\n\n*[a.b]: c\n\nand a.b, axb',
    '- an <abbr title="c">a.b</abbr> is\n\nand <abbr title="c">a.b</abbr>, axb',
  ],
  ['2 *[a]: b', '2 \\*\\[a]: b'],
])('an abbreviation stands where the word does: %j', async (old, now) => {
  const { mdx } = translate(old);
  expect(mdx).toBe(now);
  expect(await problemsOf(mdx)).toEqual([]);
});

test('a dry run writes nothing, and says what is kept and how long the rest takes', async () => {
  const files = {
    '_posts/2020-01-01-a.md': post('$$\\nosuch$$ and ![a](/gone.png)'),
    '_posts/2020-01-02-b.md': post('B.'),
  };
  const { root, lines, code } = await imported(files, true);
  expect(code).toBe(0);
  expect(readdirSync(root)).toEqual(['.measured', 'old']);
  expect(lines).toContainEqual(
    'A try: nothing was written. 2 posts, of which 1 need no hands; kept: 0 images, 0 linked files, 2 old addresses that lead to the new ones.',
  );
  expect(lines).toContainEqual('By hand: 2 notes on content in 1 post; about 5 minutes.');
});

test('notes stand by their kinds, those on content before those on appearance', async () => {
  const text = 'a {: .b}\n\n$$\\nosuch$$ x\n\n<div class="c">D.</div>';
  const { lines } = await imported({ '_posts/2020-01-01-a.md': post(text) });
  const headings = lines.filter((line) => /^[A-Z].*\(\d+\)$/.test(line));
  expect(headings).toEqual([
    'Formulas that cannot be set, kept as code (1)',
    'Appearance only: what belonged to the old theme (2)',
  ]);
});

test.each([
  ['a row of 3000 cells', `|${'a|'.repeat(3000)}\n|${'-|'.repeat(3000)}`, 'more than 2000 parts in one block'],
  ['a paragraph of 10,000 marks', 'a == '.repeat(5000), 'more than 2000 parts in one block'],
  ['words with 4000 stars', 'a*b'.repeat(4000), 'the text stands as code'],
])('%s becomes code, with a note', async (_, text, said) => {
  const { mdx, notes } = translate(text);
  expect(mdx).toMatch(/^```/);
  expect(notes.join('\n')).toContain(said);
  expect(await problemsOf(mdx)).toEqual([]);
});

test('a formula of more than 20,000 characters stands as code, with a note', async () => {
  const { mdx, notes } = translate(`$$${'x+'.repeat(10_000)}x$$`);
  expect(mdx).toMatch(/^```/);
  expect(notes.join('\n')).toContain('more than 20000 characters');
  expect(await problemsOf(mdx)).toEqual([]);
});

test('of very many places of an abbreviation the first are marked, with a note', () => {
  const { mdx, notes } = translate(`*[A]: b\n\n${'A c\n\n'.repeat(1100)}`);
  expect(mdx.split('<abbr')).toHaveLength(1001);
  expect(notes).toEqual(['2003: more than 1000 places of abbreviations; from here on they are not marked']);
});

test('a title and a summary have the characters that their entities name', async () => {
  const { read } = await imported({
    '_posts/2020-01-01-a.md': '---\ntitle: Rank&#58; one &amp; two\nsummary: a &ndash; b\n---\nText.\n',
  });
  expect(read('posts/a.mdx')).toContain('title: "Rank: one & two"\ndescription: "a – b"\n');
});
