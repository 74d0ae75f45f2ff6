/** Every file in `posts/` is published at a unique address, or a problem says how to fix it. */
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPosts, slugOf } from '../../src/site/posts/posts-folder.ts';
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
    ['random-initialisation', 'random-initialisation'],
    ['Upper', 'upper'],
    ['a b', 'a-b'],
    ['v1.2', 'v1-2'],
    ['what’s  new?', 'whats-new'],
    ['日本語', '日本語'],
    ['weiß', 'weiß'],
    ['Привет, мир', 'привет-мир'],
    ['e\u0301te\u0301', 'été'],
  ])('of %s.mdx is %s', (name, address) => expect(slugOf(name)).toBe(address));
});

describe('a file that would not be published', () => {
  test.each([
    ['plain Markdown', 'x.md', 'posts/x.md: is not published: posts are posts/*.mdx; rename it to posts/x.mdx'],
    ['in a folder', 'sub/x.mdx', 'posts/sub/x.mdx: is not published: posts are posts/*.mdx; rename it to posts/x.mdx'],
    ['of another ending', 'Notes.markdown', 'posts/Notes.markdown: is not published'],
    ['without a letter in its name', '!!!.mdx', 'posts/!!!.mdx: its name has no letter or digit'],
  ])('%s', async (_, name, problem) => {
    expect((await read({ [name]: post() })).problems).toEqual([expect.stringContaining(problem)]);
  });

  test.each([
    ['Upper.mdx', 'upper.mdx', 'upper'],
    ['a b.mdx', 'a-b.mdx', 'a-b'],
    ['v1-2.mdx', 'v1.2.mdx', 'v1-2'],
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
