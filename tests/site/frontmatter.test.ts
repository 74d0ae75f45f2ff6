/** Front matter: what Jekyll's posts carry is read, what is wrong is named. */
import type { SchemaContext } from 'astro:content';
import { describe, expect, test } from 'vitest';
import { frontmatter } from '../../src/site/frontmatter.ts';

// Astro hands the schema a type for local images; its path is all that matters here.
const { z } = await import('astro/zod');
const schema = frontmatter({ image: () => z.string() } as unknown as SchemaContext);
const least = { title: 'A title', date: '2026-11-22' };

describe('is read', () => {
  test('with the fewest fields', () => {
    const post = schema.parse(least);
    expect(post).toMatchObject({ title: 'A title', tags: [], categories: [], draft: false, share: true });
    expect(post.date.toISOString()).toBe('2026-11-22T00:00:00.000Z');
  });

  test("with Jekyll's names", () => {
    const post = schema.parse({
      ...least,
      author: 'Ada Example',
      excerpt: 'In short.',
      modified: '2026-11-23T14:17:25-04:00',
      categories: 'journal maths',
      tags: 'one tag',
    });
    expect(post.authors).toEqual([{ name: 'Ada Example' }]);
    expect(post.description).toBe('In short.');
    expect(post.updated?.toISOString()).toBe('2026-11-23T18:17:25.000Z');
    expect(post.categories).toEqual(['journal', 'maths']);
    expect(post.tags).toEqual(['one tag']);
  });

  test('with an image whose credit is left empty', () => {
    const { image } = schema.parse({ ...least, image: { src: './x.png', alt: 'An x', credit: null } });
    expect(image).toEqual({ src: './x.png', alt: 'An x', credit: undefined });
  });
});

test.each([
  ['an unknown field', { ...least, tag: 'x' }, 'Unrecognized key: "tag"'],
  ['no title', { date: '2026-11-22' }, 'expected string, received undefined'],
  ['no date', { title: 'A title' }, 'expected a date such as 2026-11-22'],
  ['a date that is none', { ...least, date: 'soon' }, 'expected a date such as 2026-11-22'],
  ['an empty date', { ...least, date: null }, 'expected a date such as 2026-11-22'],
  ['a number for a date', { ...least, date: 20261122 }, 'expected a date such as 2026-11-22'],
  ['a link that is none', { ...least, canonical: 'here' }, 'Invalid URL'],
  ['an image without words for it', { ...least, image: { src: './x.png' } }, 'expected string, received undefined'],
])('%s is an error that says so', (_, fields, message) => {
  const { error } = schema.safeParse(fields);
  expect(error?.issues.map((issue) => issue.message).join('\n')).toContain(message);
});
