/** Check of the built site: broken links, missing files and anchors, and unused files. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorLines, outputErrors, removeUnused } from '../../src/site/output/check-output.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const none = { images: [], frames: [] };

/** The problems of a page at `/a/`, beside a page `/b/` with the anchors `x` and `é`. */
const faults = (body: string, base = '/'): string[] =>
  outputErrors(
    temporaryFolder({
      'a/index.html': `<head><link rel="icon" href="${base}i.svg"><script type="application/ld+json">{"a":"<a href=/no/>"}</script></head><body><p id="own">${body}</p></body>`,
      'b/index.html': '<body><p id="x">x</p><p id="é">y</p></body>',
      'i.svg': '<svg></svg>',
      'c d.txt': '',
    }),
    base,
    none,
  ).map(({ problem }) => problem);

describe('right', () => {
  test.each([
    '<a href="/b/">',
    '<a href="/b/#x">',
    '<a href="/b/#%C3%A9">',
    '<a href="../b/">',
    '<a href="/b">',
    '<a href="#own">',
    '<a href="#top">',
    '<a href="?q">',
    '<a href="/c%20d.txt">',
    '<a href="https://example.org/none/">',
    '<a href="mailto:x@example.org">',
    '<a title=">" href="/b/?a&amp;b">',
    '<a href="/b/?a:b&#99999999;">',
    '<svg><use href="#own"/></svg>',
  ])('%s', (body) => expect(faults(body)).toEqual([]));
});

describe('wrong', () => {
  test.each([
    ['<a href="/none/">', '/none/: the site has no such page or file'],
    ['<a href="/bb/">', 'did you mean /b/?'],
    ['<a href="/b/#y">', '/b/#y: the page has no such place'],
    ['<a href="#none">', '#none: the page has no such place'],
    ['<a title=">" href="/none/">', '/none/'],
    ['<img src="/none.png">', '/none.png'],
    ['<img srcset="/i.svg 1x, /none.png 2x">', '/none.png'],
    ['<video poster="/none.png"></video>', '/none.png'],
    ['<img src="https://example.org/x.png">', 'no images of this host'],
    ['<iframe src="https://example.org/"></iframe>', 'no frames of this host'],
    ['<b onclick="x">x</b>', 'pages run no script'],
    ['<b onclick = x>x</b>', 'pages run no script'],
    ['<a href="javascript:x">', 'links lead to http, https'],
    ['<a href="java&#x73;cript:x">', 'links lead to http, https'],
    ['<a href="javascript&colon;x">', 'links lead to http, https'],
    ['<a href="&#1;java&Tab;script&#58x">', 'links lead to http, https'],
    ['<svg><a xlink:href="data:text/html,x"></a></svg>', 'links lead to http, https'],
    ['<script>x</script>', 'pages run no script'],
  ])('%s', (body, says) => {
    const found = faults(body);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(says);
  });
});

test('under a base path, addresses without it are wrong', () => {
  expect(faults('<a href="/blog/b/#x">', '/blog/')).toEqual([]);
  expect(faults('<a href="/b/">', '/blog/')).toHaveLength(1);
});

test('a problem that many pages share is reported once; one from a post, at its line', () => {
  const fault = { address: '/x/', problem: '/x/: no' };
  const pages = ['a/', 'b/'].map((page) => ({ ...fault, page }));
  expect(errorLines(pages, () => undefined)).toEqual(['the page /a/: /x/: no']);
  expect(errorLines(pages, ({ page }) => `posts/${page}`)).toEqual(['posts/a/: /x/: no', 'posts/b/: /x/: no']);
});

test('unused assets are deleted; those that a page, a style sheet or a feed refers to stay', () => {
  const dist = temporaryFolder({
    'index.html':
      '<img src="/_astro/a.1.png"><style>x{src:url(/_astro/b.2.woff2)}</style><a href="/_astro/%C3%A9.txt#x"><img src="/_astro/a%20(b)&#39;.5.png">',
    'feed.json': '{"html":"<img src=\\"https://x.example/_astro/c.3.png\\">"}',
    '_astro/a.1.png': '',
    '_astro/b.2.woff2': '',
    '_astro/c.3.png': '',
    '_astro/é.txt': '',
    "_astro/a (b)'.5.png": '',
    '_astro/draft.4.png': '',
  });
  removeUnused(dist);
  const left = ['a.1.png', 'b.2.woff2', 'c.3.png', 'é.txt', "a (b)'.5.png", 'draft.4.png'].filter((name) =>
    existsSync(join(dist, '_astro', name)),
  );
  expect(left).toEqual(['a.1.png', 'b.2.woff2', 'c.3.png', 'é.txt', "a (b)'.5.png"]);
});

test.each([
  ['<p>Thank you</p>', ['<p>Thank you</p>: it stands after </html>; put it into the slot of the layout']],
  ['\n<!-- a comment -->\n', []],
])('what stands after the page, %j', (behind, problems) => {
  const dist = temporaryFolder({ 'index.html': `<html><body></body></html>${behind}` });
  expect(outputErrors(dist, '/', none).map(({ problem }) => problem)).toEqual(problems);
});
