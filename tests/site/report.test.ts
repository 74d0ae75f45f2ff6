/** The report of what a change of the experiments does to the posts. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/lab/store/shared-store.ts';
import { changedSentences } from '../../src/site/report/changed-sentences.ts';
import { earlierRecords } from '../../src/site/report/earlier-results.ts';
import { reportFiles } from '../../src/site/report/report-cli.ts';
import { reportHtml, reportMarkdown } from '../../src/site/report/report-page.ts';
import { blogFiles, installPackage } from '../helpers/blog.ts';
import { measured } from '../helpers/small-blog.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const experiment = (factor: number) => `import { defineExperiment } from 'astro-measured/lab';
import { z } from 'zod';
export default defineExperiment({
  question: 'How large?',
  params: { side: [1, 2] },
  seeds: 2,
  record: z.object({ size: z.number() }),
  run: ({ side }, { seed }) => ({ size: ${factor} * side + seed }),
  measures: { largest: ({ records }) => Math.max(...records.map((r) => r.size)), count: ({ records }) => records.length },
});
`;
const charts = `import { lines } from 'astro-measured/figure';
const chart = (field) => ({
  title: 'By side: ' + field,
  spec: ({ records, layout }) => lines({ layout, data: records.map((r) => ({ ...r })), x: { field: 'side', title: 'Side' }, y: { field, title: field, domain: [0, 20] } }),
});
export default { sizes: chart('size'), seeds: chart('seed') };
`;
const post = `---
title: Sizes
date: 2026-01-01
---

They are few, <Value of="sizes.count" />. The *largest* is <Value of="sizes.largest" format=".1f" /> of $\\frac{a}{b}$. And then more.

<Claim of="sizes.largest" atMost={6}>It is at most six.</Claim>
`;

/** A blog that has published its results, and then changed its experiment. */
describe('a report', () => {
  let root = '';
  let said = '';
  beforeAll(async () => {
    const files = { 'experiments/sizes.ts': experiment(2), 'experiments/sizes.charts.ts': charts };
    root = temporaryFolder({ ...blogFiles, ...files, 'posts/sizes.mdx': post }, afterAll);
    installPackage(root);
    await measured(root, 'experiments');
    const claim = { post: 'sizes', of: 'sizes.largest', kind: 'atMost', bound: 6, value: 5, holds: true };
    const claims = [{ ...claim, sentence: 'It is at most six.', at: 'posts/sizes.mdx:8:1' }];
    writeFileSync(join(root, '.measured/claims.json'), JSON.stringify(claims));
    await measured(root, 'experiments', '--publish');
    writeFileSync(join(root, 'experiments/sizes.ts'), experiment(3));
    said = (await measured(root, 'experiments', '--report', 'moved.html')).output;
  });
  const read = (file: string) => readFileSync(join(root, file), 'utf8');

  test('is a page and Markdown', () => {
    expect(said).toContain('moved.html\nmoved.md\n');
    expect(reportFiles('a/b')).toEqual(reportFiles('a/b.md'));
  });

  test.each([['--report'], ['--report='], ['--report', '--jobs']])('is asked for with a file: %s', async (...args) => {
    const { code, output } = await measured(root, 'experiments', ...args);
    expect(output).toContain('--report names no file');
    expect(code).toBe(1);
  });

  test('shows each number that changed in its sentence, and no other', () => {
    const found = read('moved.html');
    expect(found).toContain('The largest is <del>5.0</del> <ins title="sizes.largest">7.0</ins> of a/b.');
    expect(found).not.toContain('They are few');
    expect(read('moved.md')).toContain('- The largest is ~~5.0~~ **7.0** of a/b. (posts/sizes.mdx:6)');
  });

  test('says which claim has become false', () => {
    expect(read('moved.html')).toContain('<span class="false">now false</span>');
    expect(read('moved.md')).toContain('| It is at most six. | sizes | `sizes.largest` | now false |');
  });

  test('draws each figure that changed, before and after, and no other', () => {
    const found = read('moved.html');
    expect(found.match(/<svg /g)).toHaveLength(2);
    expect(found).toContain('<code>sizes/sizes</code>');
    expect(found).not.toContain('sizes/seeds');
    const ids = [...found.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(found).not.toMatch(/<script|href=|src=|url\(http/);
  });

  test('finds the published results in a store too, and takes none that is damaged', async () => {
    const { tasks } = JSON.parse(read('experiments/published.json')) as { tasks: Record<string, string[]> };
    const keys = tasks.sizes!;
    mkdirSync(join(root, 'store/ac'), { recursive: true });
    const cache = join(root, '.measured/cache/sizes');
    for (const key of readdirSync(cache)) cpSync(join(cache, key), join(root, 'store/ac', key.replace(/\.json$/, '')));
    const elsewhere = temporaryFolder({});
    expect(await earlierRecords(elsewhere, 'sizes', keys, undefined)).toBeUndefined();
    const store = openStore(root, 'store', undefined);
    const records = await earlierRecords(elsewhere, 'sizes', keys, store);
    expect(records).toHaveLength(4);
    expect(records![3]).toEqual({ side: 2, seed: 1, size: 5 });
    const entry = join(root, 'store/ac', keys[0]!);
    writeFileSync(entry, readFileSync(entry, 'utf8').replace('"size":2', '"size":3'));
    expect(await earlierRecords(elsewhere, 'sizes', keys, store)).toBeUndefined();
    rmSync(entry);
    expect(await earlierRecords(elsewhere, 'sizes', keys, store)).toBeUndefined();
  });
});

const results = (measures: object) => [{ name: 'a', measures }] as never;

test.each([
  ['a list', '- One <Value of="a.x" />.\n- Two.', ['One ', '.']],
  ['a table', '| a | b |\n| - | - |\n| <Value of="a.x" /> | 2 |', ['', '']],
  [
    'a caption',
    '<Chart of="a" show="b">\n  It ends at <Value of="a.x" unit="s" />. So.\n</Chart>',
    ['It ends at ', '.'],
  ],
  ['a claim', '<Claim of="a.x" equals={2}>It is **<Value of="a.x" />** always.</Claim>', ['It is ', ' always.']],
])('a number in %s is found with its sentence', (_, text, expected) => {
  const root = temporaryFolder({ 'posts/x.mdx': `---\ntitle: X\n---\n\n${text}\n` });
  const [found, ...others] = changedSentences(root, 'posts/x.mdx', results({ x: 1 }), results({ x: 2 }));
  expect(others).toEqual([]);
  expect(found!.pieces.filter((piece) => typeof piece === 'string')).toEqual(expected);
});

test('a number that is new is shown beside a dash; one that only changes in hidden digits is not', () => {
  const root = temporaryFolder({ 'posts/x.mdx': 'One <Value of="a.new" />. Two <Value of="a.x" format=".1f" />.\n' });
  const found = changedSentences(root, 'posts/x.mdx', results({ x: 1 }), results({ x: 1.01, new: 3 }));
  expect(found.map(({ pieces }) => pieces)).toEqual([['One ', { of: 'a.new', was: '–', is: '3' }, '.']]);
});

test('text is escaped, and a figure that cannot be drawn says why', () => {
  const changes = {
    comparison: { moves: [], turns: [] },
    sentences: [{ at: 'posts/x.mdx:1', pieces: ['a <b> *c* ', { of: 'a', was: '1', is: '<2>' }] }],
    figures: [{ name: 'a/b', title: 'T', was: { problem: 'no <results>' }, is: { rows: [['h'], ['1']] } }],
  };
  expect(reportHtml(changes)).toContain('a &#60;b&#62; *c* <del>1</del> <ins title="a">&#60;2&#62;</ins>');
  expect(reportHtml(changes)).toContain('no &#60;results&#62;');
  expect(reportMarkdown(changes)).toContain('a \\<b\\> \\*c\\* ~~1~~ **\\<2\\>** (posts/x.mdx:1)');
});
