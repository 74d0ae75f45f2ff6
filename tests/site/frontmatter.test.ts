/** Front matter: what Jekyll's posts carry is read, what is wrong is named. */
import type { SchemaContext } from 'astro:content';
import { parseFrontmatter } from '@astrojs/markdown-remark';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { machine, readable } from '../../src/site/dates.ts';
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

describe('whatever stands between the lines', () => {
  const seed = 20261122;
  const names = Object.keys(least).concat(
    ...['description', 'excerpt', 'author', 'authors', 'updated', 'modified', 'tags', 'categories', 'image'],
    ...['draft', 'comments', 'share', 'canonical', 'slug', 'layout', '__proto__', 'toString', '<<'],
  );
  const scalar = fc.oneof(
    fc.constantFrom(...['', '~', 'yes', 'true', '2026-11-22', '2026-99-99', '0x10', '1e3', '.nan', '.inf', '"q"']),
    fc.constantFrom(...["'", ': x', '&a', '*a', '|', '- a', '!!js x', '!!binary aGk=', '{{ x }}', '<b>', '# c', '%']),
    fc.constantFrom(
      'https://a.example',
      'javascript:x',
      '"\\u0000"',
      '\u2028',
      '\t',
      '&a [*a]',
      '2026-11-22T25:00:00Z',
    ),
    fc.string({ maxLength: 8 }),
  );
  const value = fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(fc.constantFrom('src', 'alt', 'name', 'url', 'x'), scalar).map(([key, text]) => `{${key}: ${text}}`),
  );
  const fields = fc
    .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 })
    .map((pairs) => pairs.map((pair) => pair.join(': ')).join('\n'));
  const head = fc.oneof(
    fields,
    fields.map((text) => `title: A title\ndate: 2026-11-22\n${text}`),
    fc.string({ maxLength: 40 }),
  );

  /** What Astro reads of a post; undefined where it names the line that is no YAML. */
  function read(text: string): unknown {
    try {
      return parseFrontmatter(`---\n${text}\n---\nbody`).frontmatter;
    } catch (error) {
      const { name, mark } = error as { name: string; mark?: { line: number } };
      expect(name).toBe('YAMLException');
      expect(mark?.line).toBeGreaterThanOrEqual(0);
      return undefined;
    }
  }

  test('is a post that pages can show, or an error with its line or its field', () => {
    let [valid, refused] = [0, 0];
    fc.assert(
      fc.property(head, (text) => {
        const found = read(text);
        const outcome = schema.safeParse(found);
        if (!outcome.success) {
          refused++;
          for (const { message, path, code } of outcome.error.issues) {
            expect(message).not.toBe('');
            if (found !== undefined && !Array.isArray(found) && code !== 'unrecognized_keys')
              expect(path, message).not.toEqual([]);
          }
          return;
        }
        valid++;
        const { title, date, tags, categories } = outcome.data;
        expect(title).not.toBe('');
        expect([...tags, ...categories].filter((each) => typeof each !== 'string')).toEqual([]);
        expect(new Date(machine(date)).valueOf()).not.toBeNaN();
        expect(readable(date)).not.toContain('Invalid');
      }),
      { seed, numRuns: 3000 },
    );
    expect(Math.min(valid, refused)).toBeGreaterThan(100);
  });
});
