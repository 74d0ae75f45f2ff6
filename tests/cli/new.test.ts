/** `npm run new`: the posts it writes validate and compile, its experiments run and their charts draw. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runCommand } from '../../src/cli/commands.ts';
import { isSlug, toSlug } from '../../src/cli/slug.ts';
import { fieldProblems } from '../../src/cli/write-front-matter.ts';
import { type Chart, layouts, renderFigure } from '../../src/figure/index.ts';
import { planExperiment } from '../../src/lab/plan/plan.ts';
import { findExperiment, loadResults } from '../../src/lab/results/index.ts';
import { runPlans } from '../../src/lab/run/run.ts';
import { blogFiles, installPackage } from '../helpers/blog.ts';
import { writeFiles } from '../helpers/files.ts';
import { emptyBlog } from '../import-jekyll/blog.ts';
import { problemsOf } from '../import-jekyll/convert.ts';

async function run(root: string, ...words: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await runCommand(words, { root, today: '2026-11-22', print: (line) => void lines.push(line) });
  return { code, said: lines.join('\n') };
}

describe('a new post', () => {
  test.each(['How units differ', 'A "quoted": title', '2017-05-16', 'C:\\path # no comment', '{braces} <tags> $5'])(
    'called %s validates and compiles',
    async (title) => {
      const { root, read } = emptyBlog();
      expect((await run(root, 'new', 'post', title)).code).toBe(0);
      const text = read(`posts/${toSlug(title)}.mdx`);
      const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text)!;
      const fields = parse(head!) as Parameters<typeof fieldProblems>[0];
      expect(fields.title).toBe(title);
      expect(fieldProblems(fields)).toEqual([]);
      expect(await problemsOf(body!)).toEqual([]);
    },
  );

  test('never writes through a broken link, and reports where it cannot write', async () => {
    const { root } = emptyBlog();
    mkdirSync(join(root, 'posts'));
    symlinkSync(join(root, 'nothing'), join(root, 'posts/same.mdx'));
    expect(await run(root, 'new', 'post', 'Same')).toMatchObject({
      code: 1,
      said: 'posts/same.mdx exists and is left alone; choose another name',
    });
    symlinkSync(join(root, 'nothing'), join(root, 'experiments'));
    const { code, said } = await run(root, 'new', 'experiment', 'one');
    expect(code).toBe(1);
    expect(said).toMatch(/^experiments\/one\.ts cannot be written: E[A-Z]+/);
  });

  test('never overwrites another', async () => {
    const { root, read } = emptyBlog();
    await run(root, 'new', 'post', 'Same');
    writeFileSync(join(root, 'posts/same.mdx'), 'mine');
    const { code, said } = await run(root, 'new', 'post', 'Same');
    expect([code, said]).toEqual([1, 'posts/same.mdx exists and is left alone; choose another name']);
    expect(read('posts/same.mdx')).toBe('mine');
  });

  test('takes a name where the title yields none', async () => {
    const { root } = emptyBlog();
    const { code, said } = await run(root, 'new', 'post', '日本');
    expect(code).toBe(1);
    expect(said).toMatch(/no letter a–z or digit in "日本" .* --name/);
    expect((await run(root, 'new', 'post', '日本', '--name', 'japan')).code).toBe(0);
    const bad = await run(root, 'new', 'post', 'x', '--name', '../Japan');
    expect([bad.code, bad.said]).toEqual([1, expect.stringContaining('did you mean japan?')]);
    expect(readdirSync(join(root, 'posts'))).toEqual(['japan.mdx']);
  });
});

describe('a new experiment', () => {
  test('runs and draws in both layouts', async () => {
    const { root } = emptyBlog();
    installPackage(root);
    writeFiles(root, blogFiles);
    expect((await run(root, 'new', 'experiment', 'first-try')).code).toBe(0);
    const plan = await planExperiment(root, 'experiments/first-try.ts');
    expect(await runPlans(root, [plan], { jobs: 1 })).toEqual([]);
    const result = findExperiment(await loadResults({ root }), 'first-try');
    expect(result.measures).toMatchObject({ cost: { slow: { n: 8 }, fast: { n: 8 } } });
    const file = pathToFileURL(join(root, 'experiments/first-try.charts.ts')).href;
    const charts = ((await import(file)) as { default: Record<string, Chart> }).default;
    expect(Object.keys(charts)).toEqual(['learning']);
    for (const layout of Object.values(layouts)) {
      const { svg } = await renderFigure({ name: 'first-try.learning', chart: charts.learning!, result, layout });
      expect(svg).toContain('rate 2');
    }
  });

  test.each([
    ['Lock Step', 'lock-step'],
    ['2nd', 'nd'],
    ['a--b', 'a-b'],
    ['a.charts', 'a-charts'],
    ['../up', 'up'],
    ['Über', 'uber'],
    ['a'.repeat(101), 'a'.repeat(100)],
  ])('refuses %s and offers %s', async (name, near) => {
    const { root } = emptyBlog();
    const { code, said } = await run(root, 'new', 'experiment', name);
    expect(code).toBe(1);
    expect(said).toMatch(/cannot name an experiment: expected at most 100 of small letters/);
    expect(said).toContain(`did you mean ${near}?`);
    expect(readdirSync(root)).toEqual([]);
  });

  test('is written completely or not at all', async () => {
    const { root } = emptyBlog();
    mkdirSync(join(root, 'experiments'));
    writeFileSync(join(root, 'experiments/half.charts.ts'), 'mine');
    expect((await run(root, 'new', 'experiment', 'half')).said).toContain('half.charts.ts exists and is left alone');
    expect(readdirSync(join(root, 'experiments'))).toEqual(['half.charts.ts']);
    expect(readFileSync(join(root, 'experiments/half.charts.ts'), 'utf8')).toBe('mine');
  });
});

test.each([['new'], ['import'], ['new', 'post']])('%s --help prints how it is called', async (...words) => {
  const { root } = emptyBlog();
  const { code, said } = await run(root, ...words, '--help');
  expect([code, said]).toEqual([0, expect.stringMatching(/^usage: npm run new/)]);
});

test.each([
  [['new'], 'expected post, experiment or blog, found nothing'],
  [['new', 'pots', 'x'], 'did you mean post?'],
  [['new', 'post'], 'expected a title after post'],
  [['new', 'post', ' '], 'expected a title, found none'],
  [['new', 'post', 'two', 'words'], 'put it in quotes, "two words"'],
  [['new', 'post', 'x', '--colour'], "Unknown option '--colour'"],
  [['new', 'experiment', 'warmUp'], 'did you mean warm-up?'],
  [['import'], 'expected folders or files of old posts'],
  [['publish'], 'usage:'],
])('%j is refused with what is right', async (words, message) => {
  const { root } = emptyBlog();
  const { code, said } = await run(root, ...words);
  expect([code, said]).toEqual([1, expect.stringContaining(message)]);
  expect(readdirSync(root)).toEqual([]);
});

test.each([
  ['Dérivées: ça marche!', 'derivees-ca-marche'],
  ["What's δ?", 'whats'],
  ['  Straße — 2  ', 'strasse-2'],
  ['ﬁne', 'fine'],
  ['日本', ''],
])('%s becomes the address %s', (title, slug) => {
  expect(toSlug(title)).toBe(slug);
  expect(slug === '' || isSlug(slug)).toBe(true);
});
