/** Series: the order of their posts, and what is wrong with parts is told at its line. */
import { expect, test } from 'vitest';
import type { Post } from '../../src/site/posts/frontmatter-schema.ts';
import { readPosts } from '../../src/site/posts/posts-folder.ts';
import { seriesOf } from '../../src/site/posts/series.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

type Written = Readonly<Record<string, readonly [date: string, series: string]>>;

/** Posts by name, each with its date and its series. */
async function read(posts: Written) {
  const files = Object.entries(posts).map(([name, [date, series]]) => [
    `posts/${name}.mdx`,
    `---\ntitle: ${name}\ndate: ${date}\nseries: ${series}\n---\n\nText.\n`,
  ]);
  const root = temporaryFolder(Object.fromEntries(files));
  const { posts: found, problems } = await readPosts(root);
  const all = found.map(({ id, post }) => ({ id, data: post }) as unknown as Post);
  return { all, problems: [...problems.values()].flat() };
}

const order = ({ all }: { all: readonly Post[] }, id: string) =>
  seriesOf(all.find((post) => post.id === id)!, all)?.map((post) => post.id);

test('parts are in the order of their numbers, posts without numbers in that of their dates', async () => {
  const numbered = await read({
    one: ['2026-03-03', '{ title: A guide, part: 2 }'],
    two: ['2026-02-02', '{ title: A guide, part: 10 }'],
    three: ['2026-04-04', '{ title: A guide, part: 1 }'],
    other: ['2026-01-01', 'Another'],
  });
  expect(numbered.problems).toEqual([]);
  expect(order(numbered, 'one')).toEqual(['three', 'one', 'two']);
  expect(order(numbered, 'other')).toEqual(['other']);
  const dated = await read({
    b: ['2026-01-01', 'A guide'],
    a: ['2026-01-01', 'A guide'],
    c: ['2025-01-01', 'A guide'],
  });
  expect(order(dated, 'a')).toEqual(['c', 'a', 'b']);
});

test.each([
  [
    'two posts of one part',
    '{ title: S, part: 1 }',
    /^posts\/b\.mdx:4:\d+: part 1 of “S” is posts\/a\.mdx:4:\d+ already/,
  ],
  [
    'a post without a part among numbered ones',
    'S',
    /^posts\/b\.mdx:4:\d+: of the series “S” posts\/a\.mdx:4:\d+ has a part: number all/,
  ],
  ['a part that is no number', '{ title: S, part: two }', /^posts\/b\.mdx:4:\d+: series\.part: .*two/],
  [
    'an unknown field',
    '{ title: S, prat: 2 }',
    /^posts\/b\.mdx:4:\d+: unknown field "series\.prat"; did you mean "part"/,
  ],
  [
    'a title in other letters',
    '{ title: s, part: 2 }',
    /^posts\/b\.mdx:4:\d+: the series “s” is written “S” at posts\/a\.mdx:4:\d+; write both alike/,
  ],
  ['no title', '{ part: 2 }', /^posts\/b\.mdx:4:\d+: series\.title is missing/],
])('%s', async (_, series, message) => {
  const { problems } = await read({ a: ['2026-01-01', '{ title: S, part: 1 }'], b: ['2026-01-02', series] });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(message);
});
