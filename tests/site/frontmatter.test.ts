/** Validation of front matter: fields of Jekyll's posts are read, errors name line, problem and remedy. */
import type { SchemaContext } from 'astro:content';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDate, readableDate } from '../../src/site/posts/dates.ts';
import { frontmatterSchema } from '../../src/site/posts/frontmatter-schema.ts';
import { readFrontmatter } from '../../src/site/posts/read-frontmatter.ts';

// Astro passes the schema a type for local images; here a path is enough.
const { z } = await import('astro/zod');
const schema = frontmatterSchema({ image: () => z.string() } as unknown as SchemaContext);
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
    expect(post.updated?.toISOString()).toBe('2026-11-23T14:17:25.000Z');
    expect(post.categories).toEqual(['journal', 'maths']);
    expect(post.tags).toEqual(['one tag']);
  });

  test('with formulas and code in the description as words, and quoted tags without their quotes', () => {
    const post = schema.parse({ ...least, description: 'It costs \\$5: $x^2$ and `a < b`.', tags: 'one, "two words"' });
    expect(post.description).toBe('It costs $5: x² and a < b.');
    expect(post.tags).toEqual(['one', 'two words']);
  });

  test('with an image whose credit is left empty', () => {
    const { post } = withLines('image:', '  src: ./x.png', '  alt: An x', '  credit:');
    expect(post?.image).toEqual({ src: './x.png', alt: 'An x' });
  });
});

const file = 'posts/x.mdx';
const read = (text: string) => readFrontmatter(text, file);
/** A post whose front matter has `lines` from its fourth line on. */
const withLines = (...lines: string[]) => read(`---\ntitle: A title\ndate: 2026-01-02\n${lines.join('\n')}\n---\n`);
const dated = (date: string) => read(`---\ntitle: A title\ndate: ${date}\n---\n`);

describe('an error says where, what and how to write it', () => {
  test.each([
    ['an unknown field', ['tag: x'], '4:1: unknown field "tag"; did you mean "tags"?'],
    [
      'words after #',
      ['description: Issue #7 of C#'],
      '4:20: #7 of C#: a comment in YAML, which would be lost; a text',
    ],
    ['words that begin with #', ['excerpt: #7'], '4:10: #7: a comment in YAML, which would be lost'],
    ['one of a list', ['tags:', '  - C #1', '  - b'], '5:7: #1: a comment in YAML'],
    ['a second document', ['...', 'draft: true'], '5:1: a line --- or ... ends the front matter'],
    ['a field in capitals', ['Tags: x'], '4:1: unknown field "Tags"; did you mean "tags"?'],
    ['an unknown field of a field', ['author: { name: A, mail: x }'], '4:20: unknown field "author.mail"'],
    ['another type', ['tags: { a: b }'], '4:7: tags: expected a list, found {"a":"b"}: write tags: [one, two]'],
    ['neither yes nor no', ['draft: maybe'], '4:8: draft: expected true or false, found “maybe”: write draft: true'],
    ['yes in words', ['share: "no"'], '4:8: share: expected true or false, found “no”'],
    ['a text for an image', ['image: ./x.png'], '4:8: image: expected fields, found “./x.png”: write image: {'],
    ['an image without words', ['image:', '  src: ./x.png'], '5:3: image.alt is missing'],
    ['an empty tag', ['tags: [a, ""]'], '4:11: tags is empty'],
    ['no address', ['canonical: here'], '4:12: canonical: expected an address such as https://example.org/'],
    ['an address that runs', ['comments: "javascript:x"'], '4:11: comments: expected an address such as'],
    ['a doubled field', ['title: B'], '4:1: Map keys must be unique; a field stands twice'],
    ['two names of one field', ['excerpt: a', 'description: b'], '4:1: excerpt says the same as description'],
    [
      'TeX that is none',
      ['description: A $\\nope$'],
      '4:14: description: Undefined control sequence: \\nope; write \\$',
    ],
    ['an update before the post', ['updated: 2025-12-31'], '4:1: updated is before date, 2026-01-02'],
    ['a list that is open', ['tags: [a'], '5:1: Flow sequence'],
    [
      'a colon in a text',
      ['description: a: b'],
      '4:14: Nested mappings are not allowed in compact mappings; a text with a',
    ],
    ['a tab', ['\tdraft: true'], '4:1: Tabs are not allowed as indentation; indent with spaces'],
    [
      'a line that is no field',
      ['draft'],
      '4:1: Implicit map keys need to be followed by map values; a field is written',
    ],
  ])('%s', (_, lines, problem) => {
    expect(withLines(...lines).problems).toEqual([expect.stringContaining(`${file}:${problem}`)]);
  });

  test.each([
    ['none', 'Text.', '1:1: there is no front matter; begin the post with'],
    ['an empty post', '', '1:1: there is no front matter'],
    ['not closed', '---\ntitle: A\n\nText.', '1:1: the front matter is not closed'],
    ['UTF-16', '\uFFFD\uFFFD-\0-\0-\0\n\0', '1:1: the file is no UTF-8; save it as UTF-8'],
    ['TOML', '+++\ntitle = "A"\n+++\n', '1:1: front matter in TOML; write it in YAML'],
    ['a list', '---\n- title\n---\n', '1:1: the front matter has no fields'],
  ])('front matter: %s', (_, text, problem) => {
    expect(read(text).problems).toEqual([expect.stringContaining(`${file}:${problem}`)]);
  });

  test('all at once, each at its line', () => {
    const { problems, post } = read('---\ntgs: x\ndate: soon\nshare: 1\n---\n');
    expect(post).toBeUndefined();
    const places = problems.map((problem) => problem.split(': ')[0]).sort();
    expect(places).toEqual([`${file}:2:1`, `${file}:2:1`, `${file}:3:7`, `${file}:4:8`]);
    expect(problems.join('\n')).toContain('title is missing: write title: A title');
  });

  test('after a byte order mark and with line ends of Windows', () => {
    const { problems } = read('\uFEFF---\r\ntitle: A\r\ndate: 2026-01-02\r\ntgs: x\r\n---\r\n');
    expect(problems).toEqual([expect.stringContaining(`${file}:4:1: unknown field "tgs"`)]);
  });
});

test.each([
  ['a comment', 'description: A # a comment', 'A'],
  ['quotation marks', 'description: "Issue #7 of C#"', 'Issue #7 of C#'],
  ['signs within words', 'description: C# and F#', 'C# and F#'],
  ['a line of its own', 'description: A\n#tags', 'A'],
])('%s may stand in front matter', (_, line, description) => {
  expect(withLines(line).post?.description).toBe(description);
});

describe('values are kept as written', () => {
  test.each([
    ['a title of digits', '1984'],
    ['a version', '1.10'],
    ['yes', 'true'],
    ['a date', '2026-01-02'],
  ])('%s is text', (_, title) => {
    expect(read(`---\ntitle: ${title}\ndate: 2026-01-02\n---\n`).post?.title).toBe(title);
  });

  test.each([
    ['tags: a, b', ['a', 'b']],
    ['tags: one tag', ['one tag']],
    ['tags: [2026, true, C++]', ['2026', 'true', 'C++']],
    ['tags: [a, a]', ['a']],
    ['tags:', []],
  ])('%s', (line, tags) => expect(withLines(line).post?.tags).toEqual(tags));

  test('fields without a value are ignored', () => {
    const { post, problems } = withLines('description:', 'updated:', 'image:', 'draft:');
    expect(problems).toEqual([]);
    expect(post).toMatchObject({ description: undefined, updated: undefined, draft: false });
  });
});

describe('a date', () => {
  test.each([
    ['2026-03-01', '2026-03-01'],
    ['2026-3-1', '2026-03-01'],
    ['2026-03-01 00:30:00 +0900', '2026-03-01'],
    ['2026-03-01T23:30:00-08:00', '2026-03-01'],
    ['2026-03-01T00:00:00.000Z', '2026-03-01'],
    ['March 1, 2026', '2026-03-01'],
    ['1 Mar 2026', '2026-03-01'],
    ['May 1st, 2026', '2026-05-01'],
    ['29 February 2024', '2024-02-29'],
  ])('%s is the day that is written', (date, day) => expect(isoDate(dated(date).post!.date)).toBe(day));

  test.each([
    ['2026-02-30', '2026-02 has no day 30, it has 28'],
    ['2023-02-29', '2023-02 has no day 29, it has 28'],
    ['2026-13-01', 'there is no month 13'],
    ['2026-00-10', 'there is no month 0'],
    ['2026-03-01 24:10', 'there is no time 24:10'],
    ['03/04/2026', 'write 2026-03-04 or 2026-04-03'],
    ['31.12.2026', 'write 2026-12-31'],
    ['2026/03/04', 'write 2026-03-04'],
    ['20260304', 'write 2026-03-04'],
    ['Smarch 3, 2026', 'expected a date such as 2026-11-22'],
    ['soon', 'expected a date such as 2026-11-22'],
  ])('%s is an error', (date, problem) => {
    const { problems } = dated(date);
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems[0]).toMatch(
      new RegExp(`^${file}:3:7: date: .*expected a date such as 2026-11-22.* found “${date}”`),
    );
  });

  test('is that day in any zone', () => {
    const zone = process.env.TZ;
    const days = ['Asia/Tokyo', 'America/Los_Angeles', 'UTC'].map((name) => {
      process.env.TZ = name;
      return isoDate(dated('March 1, 2026').post!.date);
    });
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(days).toEqual(['2026-03-01', '2026-03-01', '2026-03-01']);
  });

  test('keeps the time of day, which orders posts of one day', () => {
    const [morning, evening] = [dated('2026-03-01 08:00'), dated('2026-03-01 18:00')];
    expect(morning.post!.date < evening.post!.date).toBe(true);
  });
});

describe('any front matter', () => {
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

  test('is a post that pages can show, or an error with its line', () => {
    let [valid, refused] = [0, 0];
    fc.assert(
      fc.property(head, (text) => {
        const { post, problems } = read(`---\n${text}\n---\nbody`);
        if (post === undefined) {
          refused++;
          expect(problems).not.toEqual([]);
          for (const problem of problems) expect(problem).toMatch(/^posts\/x\.mdx:\d+:\d+: \S/);
          return;
        }
        valid++;
        const { title, date, tags, categories } = post;
        expect(title).not.toBe('');
        expect([...tags, ...categories].filter((each) => typeof each !== 'string')).toEqual([]);
        expect(readableDate(date)).not.toContain('Invalid');
        expect(new Date(isoDate(date)).valueOf()).not.toBeNaN();
      }),
      { seed, numRuns: 3000 },
    );
    expect(Math.min(valid, refused)).toBeGreaterThan(100);
  });
});
