/** Posts in `.md` are CommonMark and GFM: MDX's syntax is text, HTML is HTML, and the plugins and checks are the same. */
import { afterAll, describe, expect, test } from 'vitest';
import { addressesInText } from '../../../src/site/checks/links.ts';
import { targetOf } from '../../../src/site/links/link-targets.ts';
import { anchorsInFile } from '../../../src/site/links/post-anchors.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { errorsOf, html } from './post.ts';

const head = '---\ntitle: x\ndate: 2026-11-22\n---\n';
const root = temporaryFolder(
  {
    'posts/x.md': head,
    'posts/other.md': `${head}\n## Here\n\nA <a id="own">{place}</a>.\n\n<p id="p">x</p>\n`,
    'posts/plot.svg': '<svg/>',
    'posts/references.bib': '@article{knuth1984, title={Literate Programming}, author={Knuth, D. E.}, year={1984}}\n',
  },
  afterAll,
);
const plain = (source: string) => html(source, root, 'x.md');
const problems = (source: string) => errorsOf(source, root, 'x.md');

describe('is text as it stands', () => {
  test.each([
    ['a brace', 'a {b} and { c', '<p>a {b} and { c</p>'],
    ['less than', 'a < b, a <3', '<p>a &#x3C; b, a &#x3C;3</p>'],
    ['an import', "import x from 'y';", '<p>import x from ‘y’;</p>'],
    ['an export', 'export const x = 1;', '<p>export const x = 1;</p>'],
    ['a comment of MDX', '{/* x */}', '<p>{/* x */}</p>'],
  ])('%s', async (_, source, shown) => expect(await plain(source)).toBe(shown));
});

describe('is what CommonMark says', () => {
  test.each([
    ['a comment', 'a<!-- b --> c\n\n<!-- {d\n\ne -->\n', '<p>a c</p>\n'],
    ['an element', 'a <kbd class="x y">*b*</kbd>', '<p>a <kbd class="x y"><em>b</em></kbd></p>'],
    ['a block', '<div>\n\n*a*\n\n</div>', '<div>\n<p><em>a</em></p>\n</div>'],
    ['an end that is omitted', '<ul><li>a<li>b</ul>', '<ul><li>a</li><li>b</li></ul>'],
    ['an address', '<https://x.example/>', '<p><a href="https://x.example/">https://x.example/</a></p>'],
    [
      'a drawing',
      '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
      '<p><svg viewBox="0 0 1 1"><path d="M0 0"></path></svg></p>',
    ],
    ['a line break', 'a<br>b<BR/>c', '<p>a<br>b<br>c</p>'],
  ])('%s', async (_, source, shown) => expect(await plain(source)).toBe(shown));

  test('indented code', async () => expect(await plain('    a {b}\n')).toContain('a {b}'));
});

test('mathematics, citations, notes, callouts and code are those of MDX', async () => {
  const source = [
    'By [@knuth1984], $x^2$[^n] by $\\eqref{e}$.',
    '$$\nx \\label{e}\n$$',
    '> [!NOTE]\n> A *note*.',
    '```ts\nconst x = 1;\n```',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '[^n]: A note.',
  ].join('\n\n');
  expect(await plain(source)).toBe(await html(source, root));
});

describe('an address in HTML', () => {
  test.each([
    ['<a href="/claims/">x</a>', 'href="/claims/"'],
    ['<a href="./other.md#here">x</a>', 'href="/posts/other/#here"'],
    ['<a href="other#own">x</a>', 'href="/posts/other/#own"'],
    ['<img src="./plot.svg" alt="x">', 'src="file:posts/plot.svg"'],
    ['<video poster="./plot.svg" muted></video>', 'poster="file:posts/plot.svg"'],
  ])('%s leads where it says', async (source, shown) => expect(await plain(source)).toContain(shown));

  test('that leads nowhere is told at its place', async () => {
    expect(
      await problems('a\n\nb <a href="./othr.md">x</a>\n\n<p>\n<img src="./plt.svg">\n</p>\n\n<a href="#y">y</a>'),
    ).toEqual([
      'posts/x.md:3:3: ./othr.md: there is no such file beside the post; did you mean ./other.md?',
      'posts/x.md:6:1: ./plt.svg: there is no such file beside the post; did you mean ./plot.svg?',
      expect.stringContaining('posts/x.md:9:1: #y: the post has no such place'),
    ]);
  });

  test('is found in the text of another post', () => {
    expect(addressesInText('{ <a href="/x/">x</a>', 'x.md').map(({ address }) => address)).toEqual(['/x/']);
    expect(addressesInText('{ <a href="/x/">x</a>', 'x.mdx')).toEqual([]);
    const inDefinition = 'a\n:   <div>\n      [b](/b/)\n    </div>\n\nc[^d]\n\n[^d]: <div>\n      [e](/e/)\n    </div>';
    expect(addressesInText(inDefinition, 'x.mdx').map(({ address }) => address)).toEqual(['/b/', '/e/']);
  });
});

test('other posts lead to it, and to its places', () => {
  const from = { file: `${root}/posts/x.mdx`, root };
  for (const address of ['./other.md#own', './other', '/posts/other/'])
    expect(targetOf(address, from)).toMatchObject({ kind: 'post', path: '/posts/other/' });
  expect(anchorsInFile(`${root}/posts/other.md`)).toEqual(['here', 'own', 'p']);
});

describe('is an error at its place', () => {
  test.each([
    [
      'a component',
      'a\n\n- b <Value of="x.y" />',
      '3:5',
      '<Value>: components are for .mdx: rename the file to posts/x.mdx',
    ],
    ['a component on a line', '<Chart of="x" show="y">\nc\n</Chart>', '1:1', '<Chart>: components are for .mdx'],
    ['an unknown element', 'a vector<int> b', '1:9', '<int>: HTML has no such element, and it would vanish'],
    ['a misspelt element', '<sumary>x</sumary>', '1:1', 'did you mean <summary>?'],
    ['an element that nothing closes', 'a <b>c', '1:3', '<b>: nothing closes it; write </b> at its end'],
    ['an end that nothing opens', 'a</b> c', '1:2', '</b>: nothing opens it'],
    ['an element closed as in XML', '<div/>\n\na', '1:1', 'write <div></div>'],
    ['a part of the page', '<body>\n\na', '1:1', '<body>: the page has its own'],
    ['an instruction', 'a <?php x ?>', '1:3', '<?php x ?>: this would vanish'],
    ['a script', 'a\n\n<script>alert(1)</script>', '3:1', '<script>: pages run no script'],
    ['a handler', 'a\n\nb <b onclick="x()">c</b>', '3:3', '<b onclick>: pages run no script'],
    [
      'a foreign frame',
      '<p>\n<iframe src="https://x.example/"></iframe></p>',
      '2:1',
      'pages show no frames of this host',
    ],
    ['a foreign image', 'a <img src="https://x.example/a.png" alt="">', '1:3', 'pages load no images of this host'],
    [
      'a tag of Liquid',
      'a {% include x %} b',
      '1:3',
      '{% include x %}: this would be shown as it stands; this is a tag of Liquid',
    ],
    ['a variable', 'a {{ page.title }}', '1:3', 'this is a variable of a template'],
    ['TeX outside of a formula', '\\begin{align}\nx\n\\end{align}', '1:1', 'put the environment between lines of $$'],
    ['a wrong formula', 'a $\\frac{$', '1:10', 'Unexpected end of input'],
  ])('%s', async (_, source, place, says) => {
    const found = await problems(source);
    expect(found[0]).toContain(`posts/x.md:${place}: `);
    expect(found[0]).toContain(says);
  });
});
