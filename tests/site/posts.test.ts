/** Tags, related posts, reading time and what feeds carry, without building a page. */

import { VFile } from 'vfile';
import { describe, expect, test } from 'vitest';
import { feedHtml } from '../../src/site/feeds/feed-html.ts';
import { placeholderWarnings } from '../../src/site/placeholders.ts';
import { furtherPages, furtherTopicPages, listPages } from '../../src/site/posts/list-pages.ts';
import type { Post } from '../../src/site/posts/posts.ts';
import { remarkReadingTime } from '../../src/site/posts/reading-time.ts';
import { related } from '../../src/site/posts/related-posts.ts';
import { topicPath, topics } from '../../src/site/posts/topics.ts';
import { marked } from '../math/pipeline.ts';

function post(id: string, tags: string[], categories: string[] = []): Post {
  const data = { title: id, date: new Date(0), tags, categories, draft: false, share: true };
  return { id, collection: 'posts', data } as unknown as Post;
}

describe('topics', () => {
  const posts = [post('a', ['Machine Learning', 'maths']), post('b', ['machine learning', 'Maths', 'maths'])];

  test('that differ only in case are one, under the name first written', () => {
    expect(topics('tags', posts).map(({ slug, name, posts }) => [slug, name, posts.length])).toEqual([
      ['machine-learning', 'Machine Learning', 2],
      ['maths', 'maths', 2],
    ]);
  });

  test.each([
    ['Machine Learning', 'machine-learning'],
    ['C++', 'c-plus-plus'],
    ['C#', 'c-sharp'],
    ['c', 'c'],
    ['Node.js', 'nodejs'],
    ['初期化', '初期化'],
    ['🚀', 'u-1f680'],
    ['!!!', 'u-21-21-21'],
  ])('%s has the address %s', (name, address) => expect(topicPath('tags', name)).toBe(`/tags/${address}/`));
});

describe('authors', () => {
  const by = (id: string, ...names: string[]) => {
    const { data, ...rest } = post(id, []);
    return { ...rest, data: { ...data, ...(names.length > 0 && { authors: names.map((name) => ({ name })) }) } };
  };
  const listed = (...posts: ReturnType<typeof by>[]) =>
    topics('authors', posts).map(({ name, posts }) => [name, posts.map(({ id }) => id).join('')]);

  test('have pages if a post names one; the others are by the author of the site', () => {
    expect(listed(by('a', 'Ann', 'Bo'), by('b', 'Bo'), by('c'))).toEqual([
      ['A blog', 'c'],
      ['Ann', 'a'],
      ['Bo', 'ab'],
    ]);
  });

  test('have none if no post names any', () => expect(listed(by('a'), by('b'))).toEqual([]));
});

describe('the pages of a list', () => {
  const numbers = [1, 2, 3, 4, 5];

  test('hold so many posts each, and lead to those before and after', () => {
    expect(listPages('/tags/x/', numbers, 2)).toEqual([
      { posts: [1, 2], number: 1, pages: 3, newer: undefined, older: '/tags/x/page/2/' },
      { posts: [3, 4], number: 2, pages: 3, newer: '/tags/x/', older: '/tags/x/page/3/' },
      { posts: [5], number: 3, pages: 3, newer: '/tags/x/page/2/', older: undefined },
    ]);
  });

  test.each([
    ['no posts', 0, 1],
    ['as many as fit', 2, 1],
    ['one more', 3, 2],
  ])('of %s', (_, count, pages) => {
    const found = listPages('/', numbers.slice(0, count), 2);
    expect(found).toHaveLength(pages);
    expect(found[0]).toMatchObject({ number: 1, pages, newer: undefined });
  });

  test('from the second on have routes of their own', () => {
    const posts = Array.from({ length: 45 }, (_, i) => post(`p${i}`, ['x']));
    expect(furtherPages('/', posts).map(({ params }) => params)).toEqual([{ page: '2' }, { page: '3' }]);
    expect(furtherTopicPages('tags', posts).map(({ params }) => params)).toEqual([
      { slug: 'x', page: '2' },
      { slug: 'x', page: '3' },
    ]);
  });
});

describe('related posts', () => {
  const [a, b, c, d] = [
    post('a', ['all', 'rare']),
    post('b', ['all']),
    post('c', ['all', 'Rare']),
    post('d', []),
  ] as const;

  test('share tags, the rarest counting most, and never include the post itself', () => {
    expect(related(a, [a, b, c, d]).map(({ id }) => id)).toEqual(['c', 'b']);
  });

  test('are none for a post without tags', () => {
    expect(related(d, [a, b, c, d])).toEqual([]);
  });
});

describe('reading', () => {
  async function learnt(source: string): Promise<Record<string, unknown>> {
    const frontmatter: Record<string, unknown> = {};
    const file = new VFile({ data: { astro: { frontmatter } } });
    remarkReadingTime()(await marked(source), file);
    return frontmatter;
  }

  test('takes a minute for 220 words, and at least one', async () => {
    expect((await learnt('word '.repeat(660))).minutes).toBe(3);
    expect((await learnt('word')).minutes).toBe(1);
  });

  test.each([
    ['Japanese', '「データ」の分散を、保つ。'],
    ['Chinese', '权重，方差：保持不变。'],
  ])('takes a minute for some 500 letters of %s', async (_, sentence) => {
    const letters = sentence.match(/\p{L}/gu)!.length;
    expect((await learnt(sentence.repeat(Math.ceil(1500 / letters)))).minutes).toBe(3);
  });

  test('begins with the first paragraph that has words', async () => {
    expect((await learnt('$x$\n\nMere *words*.')).summary).toBe('Mere words.');
    expect((await learnt('$x$')).summary).toBeUndefined();
  });
});

describe('a feed', () => {
  const fed = (html: string) => feedHtml(html, 'https://x.example/p/', (name) => `https://x.example/f/${name}.svg`);

  test('has absolute addresses', () => {
    expect(fed('<a href="#n">1</a><img src="/a.png">')).toBe(
      '<a href="https://x.example/p/#n">1</a><img src="https://x.example/a.png">',
    );
  });

  test('has images for drawings, with their captions', () => {
    const figure =
      '<figure data-figure="a/b" data-alt="An &quot;x&quot;"><svg></svg><figcaption>C</figcaption><details></details></figure>';
    expect(fed(figure)).toBe(
      '<figure><img src="https://x.example/f/a/b.svg" alt="An &#x22;x&#x22;"><figcaption>C</figcaption></figure>',
    );
  });

  test('has no styles, no controls and no script', () => {
    expect(fed('<p class="a" style="x" onclick="y"><script>1</script><input type="checkbox" checked> done</p>')).toBe(
      '<p>☑ done</p>',
    );
  });
});

test('a build reports addresses that are still placeholders', () => {
  const file = 'astro.config.mjs';
  const [address, repository, ...rest] = placeholderWarnings(
    file,
    'https://measured.example/',
    'https://git.example/measured',
  );
  expect(address).toMatch(/https:\/\/measured\.example\/, to which feeds.* set site in astro\.config\.mjs/);
  expect(repository).toMatch(/https:\/\/git\.example\/measured, to which “Source”.* repository in astro\.config\.mjs/);
  expect(rest).toEqual([]);
  expect(placeholderWarnings(file, 'https://example.org', undefined)).toEqual([]);
  expect(placeholderWarnings(file, 'https://blog.me/example', 'https://github.com/example/blog')).toEqual([]);
});
