/** A published site is a store of the results that it was built from: whoever has the sources builds it without running a task. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { blogConfiguration, blogFiles, installPackage } from '../helpers/blog.ts';
import { filesBelow, repository, textsBelow } from '../helpers/files.ts';
import { type Server, serve } from '../helpers/serve.ts';
import { measured, smallBlog } from '../helpers/small-blog.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const experiment = (name: string, factor: number) => `import { defineExperiment } from 'astro-measured/lab';
import { z } from 'zod';

export default defineExperiment({
  question: 'How much is ${name}?',
  params: { n: [1, 2] },
  seeds: 2,
  record: z.object({ m: z.number() }),
  run: ({ n }, { seed }) => ({ m: ${factor} * (n + seed) }),
  measures: { first: ({ records }) => records[0]!.m },
});
`;

const configuration = (options = '') => blogConfiguration(options, "site: 'https://measured.example', base: '/notes',");

const files = {
  'astro.config.mjs': configuration(),
  'experiments/single.ts': experiment('single', 1),
  'experiments/double.ts': experiment('double', 2),
  'posts/a.mdx': `---
title: A
description: The post.
date: 2026-01-02
---

It is <Value of="single.first" />, and <Claim of="double.first" atMost={99}>not much more</Claim>.
`,
};

let root = '';
let site: Server;
let address = '';

beforeAll(async () => {
  root = temporaryFolder({ ...blogFiles, ...files }, afterAll);
  installPackage(root);
  const { code, output } = await measured(root, 'build');
  if (code !== 0) throw new Error(output);
  site = await serve(join(root, 'dist'), { base: '/notes/' });
  address = `${site.origin}/notes`;
});
afterAll(() => site.close());

const withoutResults = (of: string) => [
  `${of}: 4 of 4 tasks to run`,
  expect.stringMatching(`^${of}: 4 run, 0 cached in `),
];
const ran = ['double', 'single'].flatMap(withoutResults);
const fetched = ['double: 4 fetched', 'single: 4 fetched'];
/** What a command says of experiments, sorted. */
const said = (output: string) =>
  output
    .split('\n')
    .filter((line) => /^(?:single|double|http[^ ]*): /.test(line))
    .sort();

/** The paths that were asked for since the last call. */
const asked = () =>
  site
    .sent()
    .map(({ path }) => path)
    .sort();
/** The paths of all results. */
const results = () =>
  Object.keys(textsBelow(root, '.measured/cache'))
    .map((file) => `/notes/ac/${basename(file, '.json')}`)
    .sort();

test('the site holds each result as it is in the cache', () => {
  const entries = Object.entries(textsBelow(root, '.measured/cache'));
  expect(entries).toHaveLength(8);
  const published = Object.entries(textsBelow(join(root, 'dist'), 'ac'));
  expect(published.sort()).toEqual(entries.map(([file, text]) => [`ac/${basename(file, '.json')}`, text]).sort());
});

test.each<[string, string, string[], boolean]>([
  ['--cache', '', ['--cache=ADDRESS/'], true],
  ['the option cache', "cache: 'ADDRESS',", [], true],
  ['the option cache but --no-cache', "cache: 'ADDRESS',", ['--no-cache'], false],
])('another blog of the same sources with %s has the same bytes', async (_name, options, args, isFetched) => {
  asked();
  const filled = (text: string) => text.replace('ADDRESS', address);
  const copy = smallBlog({ ...files, 'astro.config.mjs': configuration(filled(options)) });
  const { code, output } = await measured(copy, 'build', ...args.map(filled));
  expect(code, output).toBe(0);
  expect(said(output)).toEqual(isFetched ? fetched : ran);
  expect(asked()).toEqual(isFetched ? results() : []);
  expect(filesBelow(join(copy, 'dist'))).toEqual(filesBelow(join(root, 'dist')));
  expect(textsBelow(copy, '.measured/cache')).toEqual(textsBelow(root, '.measured/cache'));
});

test('an audit during the build runs what was fetched, and the site has the same bytes', async () => {
  const copy = smallBlog(files);
  const { code, output } = await measured(copy, 'build', '--cache', address, '--audit', '50%', '--jobs', '1');
  expect(code, output).toBe(0);
  expect(output).toContain('audit: 4 of 8 results from elsewhere run here too\naudit: each is the same\n');
  expect(filesBelow(join(copy, 'dist'))).toEqual(filesBelow(join(root, 'dist')));
});

test('experiments and stress take the option of the configuration', async () => {
  asked();
  const copy = smallBlog({ ...files, 'astro.config.mjs': configuration(`cache: '${address}',`) });
  const run = await measured(copy, 'experiments');
  expect(run.code, run.output).toBe(0);
  expect(said(run.output)).toEqual(fetched);
  expect(asked()).toEqual(results());
  const { code, output } = await measured(copy, 'stress');
  expect(code, output).toBe(0);
  // On fresh seeds, which nobody has published.
  expect(asked().some((path) => path.startsWith('/notes/ac/'))).toBe(true);
  expect(output).not.toContain('could not be');
});

test.each([
  ['htps://store.example', 'a store of results is an address of http or https, or a folder'],
  ['https://user:word@store.example', 'the address of a store has no password in it'],
])('the option cache: %j is refused at its place', async (cache, message) => {
  const copy = smallBlog({ ...files, 'astro.config.mjs': configuration(`cache: '${cache}',`) });
  for (const command of ['build', 'experiments']) {
    const { code, output } = await measured(copy, command);
    expect(output).toMatch(/astro\.config\.mjs:5:\d+: /);
    expect(output).toContain(message);
    expect(code).toBe(1);
  }
  expect(existsSync(join(copy, '.measured/cache'))).toBe(false);
});

test('dev takes --cache', async () => {
  asked();
  const copy = smallBlog(files);
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
  const args = ['src/cli/main.ts', 'dev', '--cache', address, '--port', '0'];
  const child = spawn(process.execPath, [join(repository, args[0]!), ...args.slice(1)], { cwd: copy, env });
  const over = new Promise<void>((done) => child.on('exit', () => done()));
  onTestFinished(async () => {
    child.kill();
    await over;
  });
  const all = textsBelow(root, '.measured/cache');
  while (Object.keys(textsBelow(copy, '.measured/last')).length < 4 && child.exitCode === null)
    await new Promise((done) => setTimeout(done, 100));
  expect(textsBelow(copy, '.measured/cache')).toEqual(all);
  expect(Object.keys(textsBelow(copy, '.measured/fetched'))).toHaveLength(8);
  expect(asked()).toEqual(results());
});
