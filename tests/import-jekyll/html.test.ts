/** Conversion of raw HTML, one element or attribute per row: what means something stays, as Markdown or as JSX; every result must compile. */
import { evaluate } from '@mdx-js/mdx';
import remarkGfm from 'remark-gfm';
import { expect, test } from 'vitest';
import { html } from '../site/checks/post.ts';
import { problemsOf, translate } from './convert.ts';

const cases: readonly [old: string, now: string][] = [
  // Lists.
  ['<ol start="4"><li>a</li><li>b</li></ol>', '4. a\n5. b'],
  ['<ol type="a" start="3" reversed><li>a</li></ol>', '<ol type="a" start="3" reversed>\n  <li>a</li>\n</ol>'],
  ['<ol><li>a</li><li value="7">b <i>c</i> $$d$$</li></ol>', '<ol>\n  <li>a</li><li value="7">b _c_ $d$</li>\n</ol>'],
  ['<ol type="i"><li>a<ul><li>b</li></ul></li></ol>', '<ol type="i">\n  <li>\n    a\n\n    - b\n  </li>\n</ol>'],
  ['<menu><li>a</li></menu>', '- a'],
  // Tables.
  [
    '<table><tr><th colspan="2">a</th></tr><tr><td>b $$x|y$$</td><td rowspan="1" align="right">c<br>d</td></tr></table>',
    '<table>\n  <tbody>\n    <tr>\n      <th colspan="2">a</th>\n    </tr>\n\n    <tr>\n      <td>b $x|y$</td><td style="text-align:right">c\\\n      d</td>\n    </tr>\n  </tbody>\n</table>',
  ],
  [
    '<table><tr><td><pre>a\n b</pre></td><td><p>c</p></td></tr></table>',
    '<table>\n  <tbody>\n    <tr>\n      <td>\n        ```\n        a\n         b\n        ```\n      </td>\n\n      <td>c</td>\n    </tr>\n  </tbody>\n</table>',
  ],
  [
    '<table><tr><td><ul><li>a</li><li>b</li></ul></td></tr></table>',
    '<table>\n  <tbody>\n    <tr>\n      <td>\n        - a\n        - b\n      </td>\n    </tr>\n  </tbody>\n</table>',
  ],
  [
    '<table><thead><tr><th>a</th><th style="text-align: right">b</th></tr></thead><tr><th>c</th><td><p>d</p><p>e</p></td></tr></table>',
    '| a     |        b |\n| ----- | -------: |\n| **c** | d<br />e |',
  ],
  ['<table><tr><th>a</th><td>b</td></tr></table>', '|       |   |\n| ----- | - |\n| **a** | b |'],
  [
    '| a<br>b | c |\n|---|---|\n| d | e<br/>f |',
    '| a<br />b | c        |\n| -------- | -------- |\n| d        | e<br />f |',
  ],
  [
    '| a |\n|---|\n| <ul><li>b</li><li>c</li></ul> |\n| <p>d</p><p>e</p> |',
    '| a                             |\n| ----------------------------- |\n| <ul><li>b</li><li>c</li></ul> |\n| d<br />e                      |',
  ],
  [
    '| a |\n|---|\n| <table><tr><td>b</td></tr></table> |\n| <ol type="a"><li>c</li></ol> |\n| <details><summary>d</summary>e</details> |',
    `| a                                                 |\n| ------------------------------------------------- |
| <table><tbody><tr><td>b</td></tr></tbody></table> |
| <ol type="a"><li>c</li></ol>                      |
| <details><summary>d</summary><br />e</details>    |`,
  ],
  // Within a line.
  ['a <q>b <q cite="/c">d</q></q>', 'a <q>b <q cite="/c">d</q></q>'],
  ['a <time datetime="2020-01-02">b</time>', 'a <time datetime="2020-01-02">b</time>'],
  ['a <dfn title="b">c</dfn> <acronym title="d">e</acronym>', 'a <dfn title="b">c</dfn> <abbr title="d">e</abbr>'],
  ['a <var>x<sub>1</sub></var> <samp>b</samp> <tt>c</tt>', 'a <var>x<sub>1</sub></var> <samp>b</samp> `c`'],
  ['a <code>b<sub>1</sub> c</code> <code>d</code>', 'a <code>b<sub>1</sub> c</code> `d`'],
  ['a <code>__b__</code> <code>c*d*e</code> <code>`f`</code> <code></code> g', 'a `__b__` `c*d*e` `` `f` `` g'],
  [
    'a <kbd>*</kbd> <kbd>_</kbd> *b* <code>https://a.example</code>',
    'a <kbd>\\*</kbd> <kbd>\\_</kbd> _b_ `https://a.example`',
  ],
  ['<code>$a$ --b {{ "c" }}\nd</code> e', '`$a$ --b c d` e'],
  [
    '| <code>a|b</code> | <kbd>|</kbd> |\n|---|---|\n| c | d |',
    '| `a\\|b` | <kbd>\\|</kbd> |\n| ------ | ------------- |\n| c      | d             |',
  ],
  ['<meter value="3" max="5"></meter>', '<meter value="3" max="5" />'],
  ['a <bdo dir="rtl">b</bdo> <bdi>c</bdi>', 'a <bdo dir="rtl">b</bdo> <bdi>c</bdi>'],
  [
    'a <del datetime="2020-01-02">b</del> <del>c</del> <ins cite="/d">e</ins>',
    'a <del datetime="2020-01-02">b</del> ~~c~~ <ins cite="/d">e</ins>',
  ],
  ['a <span title="b">c</span> <em title="d">e</em>', 'a <span title="b">c</span> <span title="d">_e_</span>'],
  [
    'a <span lang="he" dir="rtl">b</span> <i lang="la">c</i>',
    'a <span lang="he" dir="rtl">b</span> <span lang="la">_c_</span>',
  ],
  ['<p title="a">b</p>', '<span title="a">b</span>'],
  ['<p lang="de">a <b>b</b></p>', '<span lang="de">a **b**</span>'],
  ['<div lang="de"><p>a</p><p>b</p></div>', '<div lang="de">\n  a\n\n  b\n</div>'],
  ['<ul dir="rtl"><li>a</li></ul>', '<div dir="rtl">\n  - a\n</div>'],
  // Blocks.
  ['<blockquote cite="/a">b</blockquote>', '<blockquote cite="/a">\n  b\n</blockquote>'],
  ['<details open><summary>a</summary>b</details>', '<details open>\n  <summary>a</summary>\n\n  b\n</details>'],
  ['<pre lang="js">a</pre>', '```js\na\n```'],
  [
    '<figure><figcaption>a<br>b<p>c</p></figcaption></figure>',
    '<figure>\n  <figcaption>a<br />b<br />c</figcaption>\n</figure>',
  ],
  ['<form>a <button>b</button></form>', 'a b'],
  // Images and drawings.
  ['<img src="/a.png" alt="b" title="c" width="3">', '<img src="/a.png" alt="b" title="c" width="3" />'],
  ['<map name="a"><area href="/b" alt="c"></map>', '[c](/b)'],
  ['<iframe src="https://a.example" title="b"></iframe>', '[b](https://a.example)'],
  [
    '<svg viewBox="0 0 2 1"><title>a</title><path stroke-width="2" d="M0 0"/></svg>',
    '<svg viewBox="0 0 2 1"><title>a</title><path stroke-width="2" d="M0 0" /></svg>',
  ],
  [
    'a <span class="katex"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x_1</annotation></semantics></math><span class="katex-html">x</span></span>',
    'a $x_1$',
  ],
  [
    '<svg viewBox="0 0 2 1">\n  <text>a *b*</text>\n\n    <path d="M0 0"/>\n</svg>',
    '<svg viewBox="0 0 2 1"><text>a \\*b\\*</text><path d="M0 0" /></svg>',
  ],
  ['a <math><mi>x</mi></math> b', 'a <math><mi>x</mi></math> b'],
];

test.each(cases)('%j', async (old, now) => {
  const { mdx, notes } = translate(old);
  expect(mdx).toBe(now);
  expect(await problemsOf(mdx)).toEqual([]);
  expect(notes.filter((note) => !note.includes('iframe') && !note.includes('input'))).toEqual([]);
});

/** The HTML that MDX makes of a text. */
async function pageOf(mdx: string): Promise<string> {
  type Props = Readonly<Record<string, unknown>>;
  const jsx = (name: unknown, { children, ...attributes }: Props): unknown => {
    if (typeof name === 'function') return (name as (props: Props) => unknown)(attributes);
    const shown = [children].flat(Number.POSITIVE_INFINITY).filter((each) => typeof each === 'string');
    const written = Object.entries(attributes).map(([key, value]) => ` ${key}=${value}`);
    return name === 'fragment' ? shown.join('') : `<${name}${written.join('')}>${shown.join('')}</${name}>`;
  };
  const runtime = { jsx, jsxs: jsx, Fragment: 'fragment', remarkPlugins: [remarkGfm] };
  const { default: content } = await evaluate(mdx, runtime as unknown as Parameters<typeof evaluate>[1]);
  return String(content({})).replace(/\s+/g, ' ').replaceAll('> <', '><');
}

test.each([
  [
    '<table><tr><th colspan="2">a</th></tr><tr><td>b</td><td><ul><li>c</li></ul></td></tr></table>',
    '<table><tbody><tr><th colspan=2>a</th></tr><tr><td>b</td><td><ul><li>c</li></ul></td></tr></tbody></table>',
  ],
  [
    '<ol type="a"><li value="3">d</li><li>e<ol type="i"><li>f</li></ol></li></ol>',
    '<ol type=a><li value=3>d</li><li><p>e</p><ol type=i><li>f</li></ol></li></ol>',
  ],
  [
    '<figure><img src="/a.png"> b<figcaption>c</figcaption></figure>',
    '<figure><p><img src=/a.png alt=></img> b</p><figcaption>c</figcaption></figure>',
  ],
])('%j is on the page as it was', async (old, page) => {
  expect(await pageOf(translate(old).mdx)).toBe(page);
});

test('a table of JSX scrolls by itself as others do', async () => {
  const table = await html('<table>\n  <tr>\n    <td>a</td>\n  </tr>\n</table>\n\n| b |\n| - |');
  expect(table.match(/<div class="table" role="group" aria-label="Table \d" tabindex="0"><table>/g)).toHaveLength(2);
});

test.each([
  ['<svg><foreignObject>a</foreignObject></svg>', '<svg> is left out'],
  ['<svg onload="a"><path d="M0 0"/></svg>', '<svg> is left out'],
  ['<pre>a <a href="https://b.example">c</a></pre>', 'the link to https://b.example in a <pre> is left out'],
  [
    '<picture><source srcset="/a.png" media="(min-width: 3px)"><img src="/b.png"></picture>',
    'of a <picture> only the last image stays',
  ],
  [
    '<script src="https://gist.github.com/a/1b.js"></script>\n\n<p><script src="//gist.github.com/a/2.js?file=c"></script></p>',
    '1: code of a gist needs a script; a link to it stands in its place\n3: code of a gist',
  ],
  ['<font color="red">a</font>', 'the colour red of a <font> is left out'],
])('%j gives a note', async (old, said) => {
  const { mdx, notes } = translate(old);
  expect(notes.join('\n')).toContain(said);
  expect(await problemsOf(mdx)).toEqual([]);
});
