/** Conversion of kramdown to Markdown, one construct per row; every result must compile. */
import { describe, expect, test } from 'vitest';
import { dayOf } from '../../src/import-jekyll/blog/post-date.ts';
import { problemsOf, translate } from './convert.ts';

const cases: Readonly<Record<string, readonly [old: string, now: string][]>> = {
  'stars that end before a letter, a formula or a link': [
    ['**Lemma (weak):**Let it hold', '**Lemma (weak):**&#x4C;et it hold'],
    ['**Note (2)**$$x$$ *(so)*it is', '**Note (2)**$x$ _(so)_&#x69;t is'],
    ['**why?**[a](https://a.example)', '**why?**[a](https://a.example)'],
    ['2 * 3 * 4, 5 ** 6 ** 7', '2 \\* 3 \\* 4, 5 \\*\\* 6 \\*\\* 7'],
  ],
  'maths in a line': [
    ['so $$a$$ and $$b$$.', 'so $a$ and $b$.'],
    ['up to $$B = \\$1,000$$ a year, $$a \\$ b$$', 'up to \\(B = \\$1,000\\) a year, \\(a \\$ b\\)'],
    ['so \\\\(a\\\\), \\\\( b_1 \\\\)', 'so $a$, $b_1$'],
    ['\\\\(\\\\{a\\\\}, \\{b\\}, x\\_1, p\\|q \\\\)', '$\\{a\\}, \\{b\\}, x_1, p|q$'],
    ['\\$ \\delta \\$ and \\$x\\$', '$\\delta$ and $x$'],
    ['text $a_1$ and $x$', 'text $a_1$ and $x$'],
    ['over\n$$a +\nb$$ lines', 'over\n$a + b$ lines'],
    ['$$a % why\n+ b$$ here', '$a + b$ here'],
    ['> quoted $$a\n> + b$$', '> quoted $a + b$'],
    ['**\\\\(a\\\\)** and [\\\\(b\\\\)](/x)', '**$a$** and [$b$](/x)'],
    ['## On \\\\(a\\\\)', '## On $a$'],
    ['*$$a$$$$b$$*', '_$a b$_'],
  ],
  tables: [
    [
      '| a | $$|b|$$ |\n| `c|d` | e |',
      '|        |                |\n| ------ | -------------- |\n| a      | $\\vert b\\vert$ |\n| `c\\|d` | e              |',
    ],
    ['|---+---|\n| a | b |\n|---+---|\n| c | d |\n|===\n| e | f |', '| a | b |\n| - | - |\n| c | d |\n| e | f |'],
    ['a | b\n:--+--:\nc | d\n---|---\ne | f', '| a  |  b |\n| :- | -: |\n| c  |  d |\n| e  |  f |'],
    ['> | a |\n> |---|\n> |---|\n> | b |', '> | a |\n> | - |\n> | b |'],
    ['so\n| a | b |\n\n|x| is one', 'so\n\\| a | b |\n\n|x| is one'],
    ['| a |\n| b |\n{: .table}', '|   |\n| - |\n| a |\n| b |'],
    ['|a|', '|   |\n| - |\n| a |'],
    ['|:--|--:|\n| a | b |\n|---\n| c | d |', '| a | b |\n| - | - |\n| c | d |'],
    ['a | b\n---|---|---\nc | d', '| a | b |\n| - | - |\n| c | d |'],
  ],
  'what has no words, or a second address': [
    ['a\n\n## \n\n###\n\nb', 'a\n\nb'],
    ['[a] and [B]\n\n[a]: /x\n[A]: /y "T"\n[b]: /z', '[a] and [B]\n\n[A]: /y "T"\n\n[b]: /z'],
    ['> [a]\n>\n> [a]: /x\n\n[a]: /y', '> [a]\n\n[a]: /y'],
  ],
  'callouts of themes': [
    ['> a\n> $$b$$\n{: .prompt-tip }', '> [!TIP]\n> a\n> $b$'],
    ['> a\n>\n> - b\n{: .block-danger #c }', '> [!CAUTION]\n> a\n>\n> - b'],
    ['> ##### TIP\n>\n> a\n{: .block-tip }', '> [!TIP]\n> a'],
    ['> ##### A tip\n>\n> a\n{: .block-tip }', '> [!TIP]\n>\n> ##### A tip\n>\n> a'],
    ['a\nb\n{: .notice--info}\n\nc', '> [!NOTE]\n> a\n> b\n\nc'],
    ['{: .notice}\n**a** b', '> [!NOTE]\n> **a** b'],
    ['{: .warning }\n> a\n>\n> b', '> [!WARNING]\n> a\n>\n> b'],
    ['- a\n\n  > b\n  {: .important }', '- a\n\n  > [!IMPORTANT]\n  > b'],
    ['a\n$$\nb\n$$\nc\n{: .tip}', '> [!TIP]\n> a\n>\n> $$\n> b\n> $$\n>\n> c'],
    ['$$\na\n$$\n{: .tip}', '> [!TIP]\n>\n> $$\n> a\n> $$'],
    ['a{: .note} b\n\n| c |\n|---|\n{: .note}', 'a b\n\n| c |\n| - |'],
  ],
  'numeric references': [
    [
      'a &#150; &#x93;b&#x94; &#65; `&#150;` <i title="&#146;">&#146;</i>',
      'a – “b” A `&#150;` <span title="’">_’_</span>',
    ],
    ['[a&#133;](/b "&#x85;")', '[a…](/b "…")'],
  ],
  guillemets: [
    ['so <<one>>, << two >> and 1 << 2', 'so «one», «\u{a0}two\u{a0}» and 1 «\u{a0}2'],
    ['`a << b`, \\<<c\\>>, <i>d</i>>', '`a << b`, \\<\\<c>>, _d_>'],
    ['> > a\n>> b', '> > a\n> > b'],
  ],
  'prices and code': [
    ['costs $5 and $6', 'costs \\$5 and \\$6'],
    ['costs \\$5 and \\$6', 'costs \\$5 and \\$6'],
    ['from $5-$6 to $7', 'from \\$5-\\$6 to \\$7'],
    ['set $HOME and $PATH', 'set \\$HOME and \\$PATH'],
    ['`$a$` and ``$$ ` $$``', '`$a$` and ``$$ ` $$``'],
    ['```\n$$x$$ {{ y }}\n```', '```\n$$x$$ {{ y }}\n```'],
    ['para\n\n    $$x$$ {% y %} <!-- z -->', 'para\n\n```\n$$x$$ {% y %} <!-- z -->\n```'],
    ['- item\n\n  ~~~ js\n  $a$ {\n  ~~~', '- item\n\n  ```js\n  $a$ {\n  ```'],
  ],
  'maths in a block': [
    ['$$\nx\n$$', '$$\nx\n$$'],
    ['$$ x $$', '$$\nx\n$$'],
    ['text\n\n$$ x $$\n\ntext', 'text\n\n$$\nx\n$$\n\ntext'],
    ['text\n$$ x $$\ntext', 'text\n$x$\ntext'],
    ['text\n$$\nx\n$$\ntext', 'text\n\n$$\nx\n$$\n\ntext'],
    ['\\\\[ x \\\\]', '$$\nx\n$$'],
    ['so \\\\[ x \\\\] it is', 'so\n\n$$\nx\n$$\n\nit is'],
    ['- a\n\n  $$\n  x\n  $$', '- a\n\n  $$\n  x\n  $$'],
    ['> $$\n> x\n> $$', '> $$\n> x\n> $$'],
    ['$$\n\\\\ a\n\\\\ b\n$$', '$$\n\\begin{gathered}\na \\\\\nb\n\\end{gathered}\n$$'],
    ['$$ a &= b \\\\ c &= d $$', '$$\n\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}\n$$'],
    ['$$ \\\\ a $$', '$$\na\n$$'],
    ['a $$%$$ b', 'a  b'],
    ['\\begin{align}\na \\\\\\\\ b\n\\end{align}', '$$\n\\begin{align}\na \\\\ b\n\\end{align}\n$$'],
    ['\\begin{align}\na \\\\ b\n\\end{align}', '$$\n\\begin{align}\na \\\\ b\n\\end{align}\n$$'],
    ['<script type="math/tex; mode=display">x</script>', '$$\nx\n$$'],
  ],
  'attributes and headings': [
    ['## A title {#own}', '<span id="own" />\n\n## A title'],
    ['## A title {#a-title}', '## A title'],
    ['A title {#own}\n---', '<span id="own" />\n\n## A title'],
    ['## T\n{: #own}', '<span id="own" />\n\n## T'],
    ['[a](/b){:target="_blank"}', '[a](/b)'],
    ['##Tight', '## Tight'],
    ['## H<sub>2</sub>O {% x %} *<kbd>c</kbd>*', '## H2O  _c_'],
    ['C#\n#tag', 'C#\n\\#tag'],
    ['* toc\n{:toc}\n\ntext', 'text'],
    ['a{::comment}b{:/comment}c', 'a{/* b */}c'],
    ['{::nomarkdown}a{:/}', 'a'],
    ['| a |\n|---|\n| b |\n{: #t}', '| a |\n| - |\n| b |\n\n<span id="t" />'],
    ['> | a |\n> |---|\n> {: #t}', '> | a |\n> | - |\n>\n> <span id="t" />'],
    ['![a](/b.png){: width="3" #c}', '<img src="/b.png" alt="a" width="3" /><span id="c" />'],
    ['    a\n\n     b `\n{: .language-js}\n\nc', '```js\na\n\n b `\n```\n\nc'],
    ['\ta ```\n{: .language-js}', '````js\na ```\n````'],
    [
      '{::nomarkdown}\n<b>*a*</b>\n{:/nomarkdown}\n\nb {::nomarkdown}<i>_c_</i> *d*{:/} e',
      '**\\*a\\***\n\nb _\\_c\\__ \\*d\\* e',
    ],
    ['a {::nomarkdown type="latex"}\\b{:/}', 'a {/* \\b */}'],
    ['a \\-- b, \\-\\-c, `--d`, e -- f', 'a -<span />- b, -<span />-c, `--d`, e -- f'],
    ['## a \\--b', '## a --b'],
    ['- a\n^\n- b\n\n2^n\n^', '- a\n\n* b\n\n2\\^n'],
  ],
  HTML: [
    ['a<br>b<br/>c<hr>', 'a\\\nb\\\nc\n\n---'],
    ['<b>*a*</b> <i>b</i> <code>c{</code>', '**_a_** _b_ `c{`'],
    ['a\n<hr>\nb\n\n<hr/>\n\nc', 'a\n\n---\n\nb\n\n---\n\nc'],
    ['> a\n> <hr class="d">\n> b', '> a\n>\n> ---\n>\n> b'],
    ['<p>a\n<p>b\n</div>\nc', 'a\n\nb\n\nc'],
    ['> <p>a\n> <p>b', '> a\n>\n> b'],
    ['- <p>a\n  <p>b', '- a\n\n  b'],
    ['<![CDATA[ *a* ]]>\n\n<p><![CDATA[ b ]]></p>', '\\<!\\[CDATA\\[ _a_ ]]>\n\n\\<!\\[CDATA\\[ b ]]>'],
    ['<p>--a b--c <code>--d</code> e -- f</p>', '-<span />-a b--c `--d` e -- f'],
    ['<ul markdown="1"><li>*a*</li><li markdown="1">*b*</li></ul>', '- \\*a\\*\n- _b_'],
    ['<dl markdown="1"><dt>a</dt><dd markdown="1">*b*</dd></dl>', 'a\n:   _b_'],
    ['<table markdown="1"><tr><td>*a*</td></tr></table>', '|       |\n| ----- |\n| \\*a\\* |'],
    ['<h2 markdown="1">*a*</h2>', '## _a_'],
    [
      '{::options parse_block_html="true" /}\n\n<div>\n*a* $$b$$\n\n<p>*c*</p>\n</div>\n\n<h2>*d*</h2>\n\n<dl><dt>*e*</dt><dd>*f*</dd></dl>',
      '_a_ $b$\n\n_c_\n\n## _d_\n\n_e_\n:   _f_',
    ],
    [
      '{::options parse_block_html="true" /}\n\n<div markdown="0">*a*</div>\n\n<ul><li>*b*</li></ul>\n\n<pre>*c*</pre>',
      '\\*a\\*\n\n- \\*b\\*\n\n```\n*c*\n```',
    ],
    ['> <ul>\n> <li>a</li>\n> <li>b\n> c</li>\n> </ul>\n> d', '> - a\n> - b c\n>\n> d'],
    ['- a\n\n  <pre>\n  b\n    c\n  </pre>', '- a\n\n  ```\n  b\n    c\n  ```'],
    ['- > <pre>\n  > a\n  >  b\n  > </pre>', '- > ```\n  > a\n  >  b\n  > ```'],
    ['a[^b]\n\n[^b]: <ul>\n    <li>c</li>\n    </ul>', 'a[^b]\n\n[^b]: - c'],
    ['a\n: <pre>\n  b\n   c\n  </pre>', 'a\n:   ```\n    b\n     c\n    ```'],
    ['<div markdown="1">\n```js\na\n  b\n```\n\n- c\n\n  d\n</div>', '```js\na\n  b\n```\n\n- c\n\n  d'],
    [
      '<div>\n  <div markdown="1">\n    *a*\n\n    ~~~ js\n      b\n    ~~~\n  </div>\n</div>',
      '_a_\n\n```js\n  b\n```',
    ],
    ['- a\n  <div markdown="1">\n  *b*\n\n  c\n  </div>\n- d', '- a\n\n  _b_\n\n  c\n\n- d'],
    ['- <div markdown="1">\n  *b*\n\n  c\n  </div>\n- d', '- _b_\n\n  c\n\n- d'],
    ['> <div markdown="1">\n> *a*\n>\n> b\n> </div>', '> _a_\n>\n> b'],
    ['a <b\nclass="c"\n>d</b> e', 'a **d** e'],
    ['1 <a and\n\n$$x$$ > 2', '1 \\<a and\n\n$x$ > 2'],
    ['a <!-- b\nc --> d', 'a {/* b c */} d'],
    ['<!-- a\n\n```\nb -->', '{/* a\n\n  ```\n  b */}'],
    ['a<!--more-->', 'a'],
    ['1 < 2 {x} <3', '1 \\< 2 \\{x} \\<3'],
    ['<p align="center">a <em>b</em></p>', 'a _b_'],
    ['<div markdown="1">\n\n*a*\n\n</div>', '_a_'],
    [
      '<sup id="a">[1](#b)</sup> <b id="b">c</b>\n\n<ul id="d"><li id="e">f</li></ul>\n\n[g](#e)',
      '<sup><span id="a" />[1](#b)</sup> **<span id="b" />c**\n\n<span id="d" />\n\n- <span id="e" />f\n\n[g](#e)',
    ],
    ['<table><caption>A <b>b</b></caption><tr><th>c</th></tr></table>', 'A **b**\n\n| c |\n| - |'],
    ['<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>', '<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>'],
    [
      '{% details A *b* %}\n*c* $$d$$\n{% enddetails %}',
      '<details>\n  <summary>A _b_</summary>\n\n  _c_ $d$\n</details>',
    ],
    ['<blockquote markdown="1">\n*a* $$b$$\n\n- c\n</blockquote>', '> _a_ $b$\n>\n> - c'],
    [
      '<details markdown="1"><summary>A *b*</summary>\n\n*c*\n\n```js\nd\n```\n\n</details>',
      '<details>\n  <summary>A \\*b\\*</summary>\n\n  _c_\n\n  ```js\n  d\n  ```\n</details>',
    ],
    [
      '<figure>\n<img src="a.png">\n<figcaption markdown="1">\n**Left**: $$a_1$$ of [b](/b),\n`$c`\n</figcaption>\n</figure>',
      '<figure>\n  ![](a.png)\n\n  <figcaption>**Left**: $a_1$ of [b](/b), `$c`</figcaption>\n</figure>',
    ],
    [
      '<div><p markdown="span">so *a* <b>c</b></p><div markdown="1">\n- d\n- *e*\n</div></div>',
      'so _a_ **c**\n\n- d\n- _e_',
    ],
    [
      '<table><tr><td markdown="1">*a* $$b$$</td><td>*c*</td></tr></table>',
      '|         |       |\n| ------- | ----- |\n| _a_ $b$ | \\*c\\* |',
    ],
    [
      '<figure><figcaption markdown="1">As *they*[^a] say `[^a]` \\[^a].</figcaption></figure>\n\n[^a]: It.',
      '<figure>\n  <figcaption>As _they_[^a] say `[^a]` \\[^a].</figcaption>\n</figure>\n\n[^a]: It.',
    ],
    ['<div><p markdown="1">a[^X-1]</p></div>\n\n[^X-1]: b', 'a[^X-1]\n\n[^X-1]: b'],
    ['<div>*a*</div>', '\\*a\\*'],
    ['<div><div>a</div>\n\nb</div>\n\n*c*', 'a\n\nb\n\n_c_'],
    ['<a name="x"></a>text', '<span id="x" />text'],
    ['<center>a</center>', 'a'],
    ['<ul><li>a</li><li>\\(x\\)</li></ul>', '- a\n- $x$'],
    ['<pre><code class="language-js">a {\n</code></pre>', '```js\na {\n```'],
    ['<table><tr><th>a</th></tr><tr><td>b</td></tr></table>', '| a |\n| - |\n| b |'],
    [
      '<https://a.example/> and <b@a.example>',
      '[https://a.example/](https://a.example/) and [b@a.example](mailto:b@a.example)',
    ],
    ['<style>p { color: red }</style>\n\na', 'a'],
    ['a <sup>b</sup> <kbd>c</kbd>', 'a <sup>b</sup> <kbd>c</kbd>'],
    ['a note[^1] <b>here[^1]</b>\n\n[^1]: It.', 'a note[^1] **here[^1]**\n\n[^1]: It.'],
  ],
  Liquid: [
    ['{{ site.url }}/a [b]({{ site.baseurl }}/c)', '/a [b](/c)'],
    ['[a]({{ "/b.png" | relative_url }}) [c]({{ "/d" | prepend: site.baseurl }})', '[a](/b.png) [c](/d)'],
    ['[a]({% post_url 2017-05-16-b %}) [c]({% link d/e.pdf %})', '[a](/posts/2017-05-16-b/) [c](/d/e.pdf)'],
    ['{% raw %}{{ a }}{% endraw %} {%- comment -%}b{%- endcomment -%}', '\\{\\{ a }} {/* b */}'],
    ['{% highlight js %}\n{\n{% endhighlight %}', '```js\n{\n```'],
    ['> {% highlight js %}\n> a\n>   b\n> {% endhighlight %}', '> ```js\n> a\n>   b\n> ```'],
    ['- a\n\n  {% highlight js %}\n  b\n  {% endhighlight %}', '- a\n\n  ```js\n  b\n  ```'],
    ['$$ \\frac{{a}}{{b}} $$', '$$\n\\frac{{a}}{{b}}\n$$'],
    ['`{% raw %}{{ a }}{% endraw %}`', '`{{ a }}`'],
  ],
  'words that MDX takes for code': [
    ['import a from b', '&#x69;mport a from b'],
    ['a\nexport b', 'a\n&#x65;xport b'],
    ['important', 'important'],
  ],
};

describe.each(Object.entries(cases))('%s', (_, rows) => {
  test.each(rows)('%j', async (old, now) => {
    const { mdx } = translate(old);
    expect(mdx).toBe(now);
    expect(await problemsOf(mdx)).toEqual([]);
  });
});

test.each([
  ['a\n\n$$ b', '3: maths $$ is never closed'],
  ['a \\\\(b\n\nc\\\\)', '1: maths \\\\( is never closed'],
  ['$$\na\n\nwhat all of us say here in words\n$$ b', '1: maths $$ is never closed'],
  ['```\na', '1: the code fence ``` is never closed'],
  ['{% highlight js %}\na', '1: {% highlight js %} has no {% endhighlight %}'],
  ['a\n{{ b', '2: a Liquid value {{ is never closed'],
  ['a\n{% b', '2: a Liquid tag {% is never closed'],
  ['<!-- a', '1: an HTML comment <!-- is never closed'],
  ['a\n\n<div>\nb', '3: <div> is never closed and is left out'],
  ['a\n</div>', '2: </div> closes nothing'],
  ['$$x \\label{a}$$\n\n$$y \\label{a}$$', '3: \\label{a} is taken twice'],
  ['a $$x \\label{a}$$', '1: \\label{a} stands in a line of text'],
  ['a\n\n\n![b](data:x)\n', ''],
  ['a\nb &#0; c &#xE000;0&#xE001;', '2: &#0; stands for a character that no page can hold; it is left out'],
  ['<p>a &#xFFFE;</p>', '1: &#xFFFE; stands for a character'],
  ['1. a\n{: type="a"}', '2: the numbering {: type="a"} of a list is left out'],
])('%j is said by line', async (old, said) => {
  const { mdx, notes } = translate(old);
  expect(notes.join('\n')).toContain(said);
  expect(await problemsOf(mdx)).toEqual([]);
});

test.each([
  ['2017-05-16', '2017-05-16'],
  ['2017-5-6 7:08', '2017-05-06'],
  ['2017-05-16T23:59:59-11:00', '2017-05-16'],
  ['2017-05-16 00:30:00 +1400', '2017-05-16'],
  ['2017/05/16 10:00:00 UTC', '2017-05-16'],
  ['2016-02-29', '2016-02-29'],
  ['2017-02-29', undefined],
  ['2017-13-01', undefined],
  ['yesterday', undefined],
])('%s is the day %s', (text, day) => {
  expect(dayOf(text)).toBe(day);
});

test.each([
  ['2017-07-07 06:00:00', 'America/Los_Angeles', '2017-07-06'],
  ['2017-07-07 07:00:00', 'America/Los_Angeles', '2017-07-07'],
  ['2017-07-07 00:30:00 +0900', 'Asia/Seoul', '2017-07-07'],
  ['2017-12-31T23:30:00Z', 'Europe/Vienna', '2018-01-01'],
  ['2017-07-07', 'America/Los_Angeles', '2017-07-07'],
  ['2017-07-07 06:00', 'America/Los_Angeles', '2017-07-07'],
  ['2017-07-07 06:00:00', 'No/Where', '2017-07-07'],
])('%s in the time zone %s is the day %s', (text, zone, day) => {
  expect(dayOf(text, zone)).toBe(day);
});
