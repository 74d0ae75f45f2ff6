/** What a blog brings besides posts: options, pages, components and layouts of its own, under a base path. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blogConfiguration } from '../helpers/blog.ts';
import { repository, textsBelow, writeFiles } from '../helpers/files.ts';
import { measured, smallBlog } from '../helpers/small-blog.ts';
import { startDevServer, waitFor } from '../lab/dev-site.ts';

const post = (title: string, text: string): string =>
  `---\ntitle: ${title}\ndate: 2026-01-02\ntags: [one]\n---\n\n${text}\n`;
const font = readFileSync(join(repository, 'tests/fixtures/scripts/fonts/NotoSansJP-400.woff2'));
const experiment = `import { z } from 'zod';
import { defineExperiment } from 'astro-measured/lab';

export default defineExperiment({
  question: 'What is the mean of a coin?',
  params: { sides: [2, 4] },
  seeds: 2,
  record: z.object({ mean: z.number() }),
  run: ({ sides }, { seed }) => ({ mean: (sides + seed) / 2 }),
  measures: { mean: ({ records }) => records[0]!.mean },
});
`;
const charts = `import { defineCharts } from 'astro-measured/figure';

export default defineCharts({
  means: {
    title: 'Means',
    spec: ({ records }) => ({
      data: { values: records.map(({ sides, mean }) => ({ sides: String(sides), mean })) },
      mark: 'point',
      encoding: { x: { field: 'sides', type: 'nominal' }, y: { field: 'mean', type: 'quantitative' } },
    }),
  },
});
`;

const blog = {
  'astro.config.mjs': blogConfiguration(
    "accent: '#a02020', footer: 'By [us](/about/).', fonts: { text: ['./fonts/jp.woff2'] }, pages: { claims: false, archive: false }",
    "site: 'https://www.example.org', base: '/blog',",
  ),
  'fonts/jp.woff2': font,
  'experiments/penny.ts': experiment,
  'experiments/penny.charts.ts': charts,
  'posts/data.csv': 'a,b\n',
  'posts/one.mdx': post(
    'One',
    `See [the colophon](/colophon/#how), [a note](/notes/a/), [data](./data.csv) 日本.

<Note kind="x">Mine</Note>

<Chart of="penny" show="means">Means.</Chart>

It was <Value of="penny.mean" />. <Claim of="penny.mean" atLeast={0}>So it is</Claim>.`,
  ),
  'src/components/Note.astro':
    '---\ninterface Props { kind: string }\nconst { kind } = Astro.props;\n---\n<aside class={kind}><slot /></aside>\n',
  'src/components/Chart.astro':
    '---\nimport Chart from \'astro-measured/components/Chart.astro\';\n---\n<div class="mine"><Chart {...Astro.props}><slot /></Chart></div>\n',
  'src/layouts/Post.astro':
    "---\nimport Post from 'astro-measured/layouts/Post.astro';\n---\n<Post {...Astro.props} />\n<!-- after a post -->\n",
  'src/styles/theme.css': readFileSync(join(repository, 'src/site/styles/theme.css'), 'utf8').replace(
    '#1c1d21',
    '#000001',
  ),
  'src/pages/colophon.mdx':
    '---\ntitle: How $x^2$ is made\n---\n\nMade of $\\alpha$ and <Value of="penny.mean" />, see [one](/posts/one/).\n\n## How\n\nBy hand.\n',
  'src/pages/about.md': '---\ntitle: Us\ndescription: Who we are.\n---\n\nWe are us.\n',
  'src/pages/notes/[name].astro':
    '---\nimport Page from \'astro-measured/layouts/Page.astro\';\nexport const getStaticPaths = () => [{ params: { name: \'a\' } }];\n---\n<Page title="A" description="A note."><p>Note</p></Page>\n',
};

test('a build publishes pages, components, layouts and styles of the blog’s own; what is off is linked nowhere', async () => {
  const root = smallBlog(blog);
  const { code, output } = await measured(root, 'build');
  expect([code, output]).toEqual([0, expect.stringContaining('Complete')]);
  const site = textsBelow(join(root, 'dist'));
  const one = site['posts/one/index.html']!;
  expect(one).toContain('<aside class="x">Mine</aside>');
  expect(one).toContain('<div class="mine"><figure class="chart"');
  expect(one).toContain('<!-- after a post -->');
  expect(one).toContain('light-dark(#000001,');
  expect(one).toContain('<span class="claim-mark"');
  const colophon = site['colophon/index.html']!;
  for (const part of ['<h1>How <span class="katex">', 'class="value"', '<h2 id="how">', 'href="/blog/posts/one/"'])
    expect(colophon).toContain(part);
  expect(site['about/index.html']).toContain('We are us.');
  expect(site['favicon.svg']).toContain('#a02020');
  expect(site['site.webmanifest']).toContain('#a02020');
  const all = Object.values(site).join('\n');
  for (const off of ['/blog/claims/', '/blog/archive/']) expect(all).not.toContain(off);
});

test('errors of pages and of their links are listed with those of posts', async () => {
  const root = smallBlog({
    ...blog,
    'src/pages/bad.mdx':
      '---\ntitel: x\n---\n\n[x](/colophn/) $\\nope$ {y}\n\n<Claim of="penny.mean" atLeast={0}>A</Claim> [y](./x.md)\n',
    'src/components/Other.jsx': '',
    'posts/two.mdx': post('Two', '[x](/colophone/) [x](/claims/)\n\n<Nte /> <Note knd="x" /> <Other />'),
  });
  const { code, output } = await measured(root, 'build');
  expect(code).toBe(1);
  const errors = output.split('\n').filter((line) => /^(?:posts|src)\//.test(line));
  expect(errors).toEqual([
    'posts/two.mdx:7:1: /colophone/: the site has no such page or file; did you mean /colophon/?',
    'posts/two.mdx:7:18: /claims/: the options of measured() leave this page out',
    'posts/two.mdx:9:1: <Nte>: no such component; did you mean <Note>? one of your own stands in src/components/Nte.astro',
    'posts/two.mdx:9:15: <Note>: no attribute knd; did you mean kind?',
    'posts/two.mdx:9:26: <Other>: no such component; src/components/Other.jsx would have to be src/components/Other.astro',
    'src/pages/bad.mdx:1:1: a page needs a title: begin the file with ---, title: …, ---, each on its line',
    'src/pages/bad.mdx:2:1: unknown field “titel”; did you mean title?',
    'src/pages/bad.mdx:5:1: /colophn/: the site has no such page or file; did you mean /colophon/?',
    expect.stringContaining('src/pages/bad.mdx:5:17: '),
    expect.stringContaining('src/pages/bad.mdx:5:24: {y} is JavaScript'),
    'src/pages/bad.mdx:7:1: <Claim>: the list of claims is that of the posts; write it in a post',
    expect.stringContaining('src/pages/bad.mdx:7:46: ./x.md: write the address of a page'),
  ]);
});

describe('dev under a base path', () => {
  test('serves all that its pages name, and a component that is added', async () => {
    const root = smallBlog(blog);
    await measured(root, 'experiments');
    const { address, output } = await startDevServer({ root });
    const base = new URL('/blog/', address);
    const text = async (url: URL) => (await fetch(url)).text();
    const seen = new Map<string, number>();
    const visit = async (url: URL): Promise<void> => {
      if (seen.has(url.pathname)) return;
      const answer = await fetch(url);
      seen.set(url.pathname, answer.status);
      const type = answer.headers.get('content-type') ?? '';
      const body = await answer.text();
      if (!/text\/(?:html|css)/.test(type)) return;
      const named = body.matchAll(/(?:href|src)="(?!data:|#)([^"]+)"|url\(["']?(?!data:)([^"')]+)["']?\)/g);
      for (const [, link, file] of named) {
        const to = new URL((link ?? file)!.replaceAll('&amp;', '&'), url);
        // Sitemaps are made by a build alone.
        if (to.origin === base.origin && !to.pathname.endsWith('/sitemap-index.xml')) await visit(to);
      }
    };
    await visit(base);
    expect([...seen].filter(([path, status]) => status !== 200 || path.includes('//'))).toEqual([]);
    for (const path of [
      'posts/one/',
      'colophon/',
      'about/',
      'notes/a/',
      'figures/penny/means.svg',
      'figures/penny/means.data.json',
    ])
      expect([...seen.keys()]).toContain(`/blog/${path}`);
    expect([...seen.keys()].some((path) => path.includes('/@fonts/'))).toBe(true);

    const late = new URL('posts/late/', base);
    writeFiles(root, { 'posts/late.mdx': post('Late', '<Late>Words</Late>') });
    await waitFor(async () => ((await fetch(late)).status === 500 ? true : undefined), output);
    writeFiles(root, { 'src/components/Late.astro': '<b class="late"><slot /></b>\n' });
    await waitFor(async () => ((await text(late)).includes('<b class="late">Words</b>') ? true : undefined), output);
  });
});
