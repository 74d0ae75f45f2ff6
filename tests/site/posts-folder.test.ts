/** Every file in `posts/` is published at a unique address, or a problem says how to fix it. */
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { postId } from '../../src/site/posts/post-paths.ts';
import { readPosts } from '../../src/site/posts/posts-folder.ts';
import { writeFiles } from '../helpers/files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const post = (...lines: string[]) => ['---', 'title: A', 'date: 2026-01-02', ...lines, '---', '', 'Text.'].join('\n');

/** The problems and post addresses of a blog with these files in `posts/`. */
async function read(files: Readonly<Record<string, string>>): Promise<{ problems: string[]; ids: string[] }> {
  const root = temporaryFolder();
  writeFiles(join(root, 'posts'), files);
  const { posts, problems } = await readPosts(root);
  // The dev server reads from the working directory.
  expect(await readPosts(relative('.', root))).toEqual({
    posts: posts.map((each) => expect.objectContaining({ file: each.file })),
    problems,
  });
  return { problems: [...problems.values()].flat(), ids: posts.map(({ id }) => id) };
}

describe('the address of a post', () => {
  test.each([
    ['random-start', 'random-start'],
    ['Upper', 'upper'],
    ['a b', 'a-b'],
    ['v1.2', 'v1-2'],
    ['what’s  new?', 'whats-new'],
    ['日本語', '日本語'],
    ['weiß', 'weiß'],
    ['Привет, мир', 'привет-мир'],
    ['e\u0301te\u0301', 'été'],
    ['2026/Upper', '2026/upper'],
    ['A topic/part 1/x', 'a-topic/part-1/x'],
    ['topic/index', 'topic'],
    ['index', 'index'],
  ])('of %s.mdx is %s', (name, address) => expect(postId(`${name}.mdx`)).toBe(address));
});

describe('a file that would not be published', () => {
  test.each([
    [
      'of another ending',
      'a b/Notes.markdown',
      'posts/a b/Notes.markdown: is not published: the files of posts end in .md or .mdx; rename it to posts/a b/Notes.md',
    ],
    ['of an old ending', 'x.mdown', 'rename it to posts/x.md, or move it out of posts/'],
    ['without a letter in its name', '!!!.mdx', 'posts/!!!.mdx: a name in its path has no letter or digit'],
    ['in a folder without a letter', '!/x.mdx', 'posts/!/x.mdx: a name in its path has no letter or digit'],
  ])('%s', async (_, name, problem) => {
    expect((await read({ [name]: post() })).problems).toEqual([expect.stringContaining(problem)]);
  });

  test.each([
    ['Upper.mdx', 'upper.mdx', 'upper'],
    ['a b.mdx', 'a-b.mdx', 'a-b'],
    ['v1-2.mdx', 'v1.2.mdx', 'v1-2'],
    ['a b/x.mdx', 'a-b/X.mdx', 'a-b/x'],
    ['x.mdx', 'x/index.mdx', 'x'],
    ['x.md', 'x.mdx', 'x'],
  ])('%s beside %s', async (first, second, address) => {
    const { problems, ids } = await read({ [first]: post(), [second]: post() });
    expect(problems).toEqual([
      `posts/${second}: has the address /posts/${address}/, as posts/${first} has; rename one of them`,
    ]);
    expect(ids).toEqual([address]);
  });

  test('except data and code beside posts', async () => {
    const { problems } = await read({ 'x.mdx': post(), 'x.ts': '', 'references.bib': '', 'sub/data.csv': '' });
    expect(problems).toEqual([]);
  });
});

test('posts in folders have addresses in them', async () => {
  const { problems, ids } = await read({ '2026/x.mdx': post(), 'Topic/x.mdx': post(), 'y/index.md': post() });
  expect(problems).toEqual([]);
  expect(ids).toEqual(['2026/x', 'topic/x', 'y']);
});

describe('an image of the front matter', () => {
  const withImage = (src: string) => post('image:', `  src: ${src}`, '  alt: An x');

  test.each(['./x.png', 'x.png'])('%s lies beside the post', async (src) => {
    expect((await read({ 'x.mdx': withImage(src), 'x.png': '' })).problems).toEqual([]);
  });

  test('that is missing is an error at its line', async () => {
    const { problems } = await read({ 'x.mdx': withImage('./gone.png') });
    expect(problems).toEqual(['posts/x.mdx:5:8: image.src: there is no posts/gone.png']);
  });
});

describe('authors', () => {
  test.each([
    ['author: Ann-Bee', 'posts/y.mdx:4:9'],
    ['authors: [Zoë, Ann-Bee]', 'posts/y.mdx:4:16'],
    ['authors: [{ name: Ann-Bee }]', 'posts/y.mdx:4:11'],
  ])('that share an address are an error that names both: %s', async (field, place) => {
    const { problems } = await read({ 'x.mdx': post('author: Ann Bee'), 'y.mdx': post(field) });
    expect(problems).toEqual([
      `${place}: “Ann-Bee” has the address /authors/ann-bee/, as “Ann Bee” in posts/x.mdx:4:9 has; rename one of them`,
    ]);
  });

  test('may write several posts', async () => {
    const { problems } = await read({ 'x.mdx': post('author: Ann'), 'y.mdx': post('authors: [Bo, Ann]') });
    expect(problems).toEqual([]);
  });
});

describe('tags and categories', () => {
  const tagged = (...names: string[]) => post(`tags: ${JSON.stringify(names)}`);

  test('with different names have different addresses', async () => {
    const names = ['C++', 'C#', 'c', 'C', 'F#', '🚀', '!!!', 'Привет'];
    expect((await read({ 'x.mdx': tagged(...names) })).problems).toEqual([]);
  });

  test.each([
    ['punctuation', 'c*', 'c', '/tags/c/'],
    ['a space', 'deep learning', 'deep-learning', '/tags/deep-learning/'],
    ['a word for a sign', 'C++', 'c plus plus', '/tags/c-plus-plus/'],
  ])('that share an address by %s are an error that names both', async (_, first, second, path) => {
    const { problems } = await read({ 'x.mdx': tagged(first), 'y.mdx': tagged('other', second) });
    expect(problems).toEqual([
      `posts/y.mdx:4:16: “${second}” has the address ${path}, as “${first}” in posts/x.mdx:4:8 has; rename one of them`,
    ]);
  });

  test('may have the same name', async () => {
    const { problems } = await read({ 'x.mdx': post('tags: [maths]', 'categories: [maths]') });
    expect(problems).toEqual([]);
  });
});
