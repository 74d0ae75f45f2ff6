/** Old addresses of posts: pages that lead to the new ones, lines of `_redirects`, and errors where an address is taken. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { redirectFile, redirectOf, setRedirects, writeRedirects } from '../../src/site/output/redirects.ts';
import { readPosts } from '../../src/site/posts/posts-folder.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const target = { path: '/posts/x/', file: 'posts/x.mdx', title: 'X & <Y>', language: 'en' } as const;

/** Writes files below a new folder. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const post = (redirectFrom: string): string => `---\ntitle: x\ndate: 2020-01-01\nredirectFrom: ${redirectFrom}\n---\n`;
const problemsOf = async (files: Readonly<Record<string, string>>) =>
  [...(await readPosts(folderOf(files))).problems.values()].flat();

describe('the pages', () => {
  test('lead to the post, without a script and under the policy', () => {
    setRedirects([[['/old/', '/a/b.html', '/日本/'], target]]);
    const dist = folderOf({ _redirects: '/mine /yours\n' });
    writeRedirects(dist, '/base/', 'https://x.example');
    const page = readFileSync(join(dist, 'old/index.html'), 'utf8');
    expect(page).toContain('<meta http-equiv="refresh" content="0; url=/base/posts/x/">');
    expect(page).toContain('<link rel="canonical" href="https://x.example/base/posts/x/">');
    expect(page).toContain('Content-Security-Policy');
    expect(page).toContain('<a href="/base/posts/x/">X &#38; &#60;Y&#62;</a>');
    expect(page).not.toContain('<script');
    expect(readFileSync(join(dist, 'a/b.html'), 'utf8')).toBe(page);
    expect(readFileSync(join(dist, '_redirects'), 'utf8').split('\n')).toEqual([
      '/mine /yours',
      '/base/a/b.html /base/posts/x/ 301',
      '/base/old/ /base/posts/x/ 301',
      '/base/%E6%97%A5%E6%9C%AC/ /base/posts/x/ 301',
      '',
    ]);
  });

  test('never replace a page of the site', () => {
    setRedirects([[['/tags/one/'], target]]);
    const dist = folderOf({ 'tags/one/index.html': 'mine' });
    const problem = 'posts/x.mdx: redirectFrom: /tags/one/ is a page of the site';
    expect(() => writeRedirects(dist, '/', 'https://x.example')).toThrow(problem);
    expect(readFileSync(join(dist, 'tags/one/index.html'), 'utf8')).toBe('mine');
  });

  test.each([
    ['/old/', 'old/index.html'],
    ['/old', 'old/index.html'],
    ['/a/b.html', 'a/b.html'],
    ['/feed.php', undefined],
  ])('%s is the file %s', (path, file) => {
    expect(redirectFile(path)).toBe(file);
  });
});

test.each([
  ['/base/old/', '/base/posts/x/'],
  ['/base/old', '/base/posts/x/'],
  ['/base/old/index.html', '/base/posts/x/'],
  ['/base/old?a=b', '/base/posts/x/'],
  ['/base/bare/', '/base/posts/x/'],
  ['/base/a/b.html', '/base/posts/x/'],
  ['/base/a/b', '/base/posts/x/'],
  ['/base/%E6%97%A5%E6%9C%AC', '/base/posts/x/'],
  ['/base/a/', undefined],
  ['/base/', undefined],
])('in dev %s leads to %s, as on a host', (url, location) => {
  setRedirects([[['/old/', '/bare', '/a/b.html', '/日本/'], target]]);
  expect(redirectOf(url, '/base/')).toBe(location);
});

describe('an old address', () => {
  test('may be one or a list', async () => {
    expect(await problemsOf({ 'posts/a.md': post('/old/'), 'posts/b.md': post('[/b.html, /c/]') })).toEqual([]);
  });

  test.each(['old/', '//x/', '/', '/a b/', '/a/../b/', 'https://x.example/'])(
    'that is %s is an error',
    async (written) => {
      expect((await problemsOf({ 'posts/a.md': post(written) })).join('\n')).toMatch(
        /a\.md:4:\d+: redirectFrom.*expected a path such as/,
      );
    },
  );

  test.each([
    [
      { 'posts/a.md': post('/old/'), 'posts/b.md': post('/old') },
      /b\.md:4:\d+: redirectFrom: \/old leads elsewhere already, at posts\/a\.md:4:/,
    ],
    [
      { 'posts/a.md': post('/posts/b/'), 'posts/b.md': post('/c/') },
      /a\.md:4:\d+: redirectFrom: \/posts\/b\/ is the page of posts\/b\.md/,
    ],
    [{ 'posts/a.md': post('/about/') }, /redirectFrom: \/about\/ is a page of the site/],
    [{ 'posts/a.md': post('/x.html'), 'public/x.html': '' }, /redirectFrom: \/x\.html is a file of public\//],
  ] as const)('that is taken is an error: %j', async (files, problem) => {
    expect((await problemsOf(files)).join('\n')).toMatch(problem);
  });
});
