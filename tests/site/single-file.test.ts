/** A page as a file: everything that it shows is inside, and its links lead to the site. */
import { describe, expect, test } from 'vitest';
import { takeOption } from '../../src/cli/take-option.ts';
import { singleFile } from '../../src/site/output/single-file.ts';
import { singlePost } from '../../src/site/output/single-post.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const page = (body: string, head = '') => `<!doctype html><html lang="en"><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<link rel="canonical" href="https://other.example/original/"><link rel="icon" href="/blog/favicon.svg"><link rel="preload" href="/blog/_astro/a.woff2" as="font">
<link rel="alternate" type="application/rss+xml" href="/blog/rss.xml">${head}</head><body>${body}</body></html>`;

/** The file of a page in a site at https://x.example/blog/, which has a few files beside it. */
function file(body: string, head?: string): string {
  const dist = temporaryFolder({
    'measured.json': JSON.stringify({ site: 'https://x.example', base: '/blog/' }),
    'posts/ü/a/index.html': page(body, head),
    '_astro/a.woff2': 'FONT',
    '_astro/b.woff2': 'OTHER',
    '_astro/x.css': 'a{background:url(y.svg)}',
    '_astro/y.svg': '<svg/>',
    'x.png': 'PNG',
    'x2.png': 'LARGE',
  });
  return singleFile({ dist, path: 'posts/ü/a' });
}
const data = (type: string, text: string) => `data:${type};base64,${Buffer.from(text).toString('base64')}`;

describe('a page as a file', () => {
  test('holds fonts, style sheets and pictures, and its policy allows nothing else', () => {
    const html = file(
      'A<img src="/blog/x.png" srcset="/blog/x.png 480w, /blog/x2.png 960w" sizes="100vw" alt="A"><img src="../../../x.png" alt="B">',
      '<style>@font-face{font-display:optional;src:url(/blog/_astro/a.woff2);unicode-range:U+41-42}@font-face{src:url("/blog/_astro/b.woff2");unicode-range:U+4??,U+1F600}p{clip-path:url(#x)}</style><link rel="stylesheet" href="/blog/_astro/x.css">',
    );
    expect(html).toContain(`url(${data('font/woff2', 'FONT')})`);
    expect(html).not.toContain(Buffer.from('OTHER').toString('base64'));
    expect(html).toContain(`a{background:url(${data('image/svg+xml', '<svg/>')})}`);
    expect(html).toContain(`<img src="${data('image/png', 'LARGE')}" alt="A">`);
    expect(html).toContain(`<img src="${data('image/png', 'PNG')}" alt="B">`);
    expect(html).toContain('font-display:block');
    expect(html).toContain('clip-path:url(#x)');
    expect(html).not.toMatch(/srcset|preload|rel="icon"|\/blog\/_astro/);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/'self'|https?:|script-src/);
  });

  test.each([
    ['#here', '#here'],
    ['/blog/posts/%C3%BC/a/#here', '#here'],
    ['/blog/posts/b/#there', 'https://x.example/blog/posts/b/#there'],
    ['../b/', 'https://x.example/blog/posts/%C3%BC/b/'],
    ['/blog/data.csv', 'https://x.example/blog/data.csv'],
    ['https://else.example/', 'https://else.example/'],
    ['mailto:a@b.example', 'mailto:a@b.example'],
  ])('has the link %s lead to %s', (written, expected) => {
    expect(file(`<p id="here"><a href="${written}">x</a></p>`)).toContain(`<a href="${expected}">x</a>`);
  });

  test('links to what other hosts show, which it cannot hold', () => {
    const html = file(
      '<iframe src="https://v.example/1" title="A film"></iframe><img src="https://p.example/2.png" alt="A picture">',
    );
    expect(html).toContain('<a href="https://v.example/1">A film</a><a href="https://p.example/2.png">A picture</a>');
  });

  test('keeps drawings as they are, with what they refer to', () => {
    const svg =
      '<svg viewBox="0 0 1 1" aria-labelledby="t"><title id="t">T</title><clipPath id="c"><path d="M0,0h1Z"></path></clipPath><g clip-path="url(#c)"><use href="#c"></use></g></svg>';
    expect(file(svg)).toContain(svg);
  });

  test('is not made without a file that the page shows', () => {
    expect(() => file('<img src="/blog/gone.png" alt="">')).toThrow('posts/ü/a: the site has no file /blog/gone.png');
  });
});

describe('--single', () => {
  test.each([
    [['--single', 'posts/x', '--base', '/b/'], 'posts/x', ['--base', '/b/']],
    [['--jobs', '2', '--single=x'], 'x', ['--jobs', '2']],
    [['--single', '--jobs', '2'], '', ['--jobs', '2']],
    [['--jobs', '2'], undefined, ['--jobs', '2']],
  ])('is taken out of %j', (args, single, rest) => {
    expect(takeOption(args, 'single')).toEqual({ value: single, rest });
  });

  const front = (more = '') => `---\ntitle: A\ndate: 2020-01-01\n${more}---\n\nText.\n`;
  const blog = () =>
    temporaryFolder({
      'posts/x.mdx': front(),
      'posts/Topic/Y z.md': front(),
      'posts/d.mdx': front('draft: true\n'),
      'posts/later.mdx': front().replace('2020', '2120'),
    });

  test.each(['posts/x', '/posts/x/', 'x', 'posts/x.mdx', './posts/x.mdx'])('finds a post by %s', async (asked) => {
    expect(await singlePost(blog(), asked)).toBe('x');
  });

  test.each([
    [
      'posts/topic/y-x',
      'there is no post posts/topic/y-x; did you mean posts/topic/y-z? There are posts/topic/y-z, posts/later, posts/x',
    ],
    ['', '--single names no post. There are posts/'],
    ['posts/d', 'posts/d.mdx is a draft'],
    ['posts/later', 'posts/later.mdx is published later'],
  ])('says what there is instead of “%s”', async (asked, message) => {
    await expect(singlePost(blog(), asked)).rejects.toThrow(message);
  });
});
