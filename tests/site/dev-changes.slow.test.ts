/** The dev server while an author changes other files than the post that she looks at: its page says what a build would say. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { blogConfiguration } from '../helpers/blog.ts';
import { type Files, writeFiles } from '../helpers/files.ts';
import { createBlog } from '../invalid-input/project.ts';
import { sentToBrowsers, startDevServer, waitFor } from '../lab/dev-site.ts';

const post = (title: string, text: string, matter = ''): string =>
  `---\ntitle: ${title}\ndate: 2026-01-02\n${matter}---\n\n${text}\n`;
const bibliography = (title: string): string =>
  `@article{knuth1984, title={${title}}, author={Knuth, D. E.}, year={1984}}\n`;

/** The dev server of a blog with these files. `shows` waits for a page, `fails` for a page's error in the terminal. */
async function devOf(files: Files) {
  const root = createBlog(files);
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const { address, output } = await startDevServer({ root });
  const answer = async (path: string) => {
    // Refused while Astro replaces its server.
    const response = await fetch(new URL(path, address)).catch(() => undefined);
    return { status: response?.status, html: (await response?.text().catch(() => '')) ?? '' };
  };
  const until = (path: string, holds: (page: { status: number | undefined; html: string }) => boolean) =>
    waitFor(async () => {
      const page = await answer(path);
      return holds(page) ? page.html : undefined;
    }, output);
  const shows = (path: string, words = '') => until(path, ({ status, html }) => status === 200 && html.includes(words));
  const hides = (path: string, words: string) =>
    until(path, ({ status, html }) => status === 200 && !html.includes(words));
  const fails = async (path: string, says: string) => {
    const before = output().length;
    await waitFor(async () => {
      const { status } = await answer(path);
      return (status === 500 && output().slice(before).includes(says)) || undefined;
    }, output);
  };
  return { root, address, write: (changes: Files) => writeFiles(root, changes), shows, hides, fails, until, output };
}

test('a post is compiled again when what it links to, cites, loads or names has changed', async () => {
  const picture = (background: string) =>
    sharp({ create: { width: 40, height: 20, channels: 3, background } })
      .png()
      .toBuffer();
  const { root, address, write, shows, fails, output } = await devOf({
    'posts/from.mdx': post('From', '[b](/posts/to/#here), [b](./to.mdx), [t](/talks/), [f](/file.txt), [@knuth1984]'),
    'posts/shown.mdx': post('Shown', '![red](./red.png)\n\n<Hello />'),
    'posts/to.mdx': post('To', '## Here'),
    'posts/references.bib': bibliography('First'),
    'public/file.txt': 'Text.',
    'src/pages/talks.md': '---\ntitle: Talks\n---\n\nText.\n',
    'src/components/Hello.astro': '<p>Hello</p>\n',
  });
  writeFileSync(join(root, 'posts/red.png'), await picture('red'));
  const from = '/posts/from/';
  await shows(from, 'First');

  write({ 'posts/to.mdx': post('To', '## There') });
  await fails(from, 'posts/from.mdx:6:1: /posts/to/#here: the post /posts/to/ has no such place; did you mean #there?');
  write({ 'posts/to.mdx': post('To', '## Here') });
  await shows(from);
  write({ 'posts/to.mdx': post('To', '## Here', 'draft: true\n') });
  await fails(from, 'posts/from.mdx:6:1: /posts/to/#here: posts/to.mdx is a draft, which is not published');
  write({ 'posts/to.mdx': null });
  await fails(from, './to.mdx: there is no such file beside the post');
  write({ 'posts/to.mdx': post('To', '## Here') });
  await shows(from);
  // The error of a page that waits for another file goes once the file is there.
  write({ 'src/pages/talks.md': null, '.dist.0.building/index.html': '<p>Being built</p>' });
  await fails(from, '/talks/: the site has no such page');
  const messages = await sentToBrowsers(address);
  write({ 'src/pages/talks.md': '---\ntitle: Talks\n---\n\nText.\n' });
  await waitFor(() => messages.find(({ type }) => type === 'full-reload'), output);
  expect(output()).not.toContain('.building');
  await shows(from);
  write({ 'public/file.txt': null });
  await fails(from, '/file.txt: the site has no such page or file');
  write({ 'public/file.txt': 'Text.' });
  await shows(from);

  write({ 'posts/references.bib': bibliography('Second') });
  await shows(from, 'Second');
  write({ 'posts/references.bib': bibliography('Third').replace('title={', 'title=') });
  await fails(from, 'posts/references.bib:1:');
  write({ 'posts/references.bib': bibliography('Third').replace('Knuth', 'Turing') });
  // The list of posts shows a beginning of each.
  await shows('/', 'Turing');

  // Dev shows images, also where the blog leaves Astro's setting of final slashes to the package.
  const html = await shows('/posts/shown/', 'Hello');
  const [, image = ''] = /<img src="([^"]*)"/.exec(html) ?? [];
  const { status, headers } = await fetch(new URL(image.replaceAll('&amp;', '&'), address));
  expect([status, headers.get('content-type')]).toEqual([200, 'image/webp']);
  rmSync(join(root, 'posts/red.png'));
  await fails('/posts/shown/', 'posts/shown.mdx:6:1: ./red.png: there is no such file beside the post');
  writeFileSync(join(root, 'posts/red.png'), await picture('red'));
  await shows('/posts/shown/');
  write({ 'src/components/Hello.astro': null });
  await fails('/posts/shown/', 'posts/shown.mdx:8:1: <Hello>: no such component');
});

test('after a change of the configuration, pages and posts are those of the new one', async () => {
  const formula = post('Formula', '$$\n\\set = 1\n$$\n\nA note[^1].\n\n[^1]: Of it.');
  const configuration = (options: string) => ({ 'astro.config.mjs': blogConfiguration(options) });
  const plugin = "export default () => (tree) => void tree.children.push({ type: 'text', value: 'PLUGGED' });\n";
  const { write, shows, hides, until, output } = await devOf({
    ...configuration("macros: { '\\\\set': '\\\\mathbb{P}' }"),
    'posts/formula.mdx': formula,
    'plugin.mjs': plugin,
  });
  const page = '/posts/formula/';
  await shows(page, '>P<');
  write(configuration("macros: { '\\\\set': '\\\\mathbb{W}' }, language: 'de'"));
  await shows(page, '>W<');
  await shows(page, 'Anmerkungen');

  // What the new server has not seen before.
  write({ 'posts/new.mdx': post('New', 'Text.'), 'posts/formula.mdx': formula.replace('Formula', 'Renamed') });
  await shows('/posts/new/');
  await shows('/', 'Renamed');

  // A content configuration that cannot be read, and what has changed meanwhile.
  const content = "export { collections } from 'astro-measured/content';\n";
  write({ 'src/content.config.ts': `${content}throw new Error('halt');\n` });
  await waitFor(() => output().includes('src/content.config.ts: halt') || undefined, output);
  write({ 'posts/meanwhile.mdx': post('Meanwhile', 'Text.') });
  write({ 'src/content.config.ts': content });
  await shows('/posts/meanwhile/');

  // Twice in a row: Astro ignores the second change while it restarts.
  write(configuration("title: 'Once', macros: { '\\\\set': 'x' }"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  write({
    'astro.config.mjs': `import plugin from './plugin.mjs';\n${blogConfiguration("title: 'Twice', macros: { '\\\\set': 'x' }, remarkPlugins: [plugin]")}`,
  });
  await shows('/', '<title>Twice');
  await shows(page, 'PLUGGED');
  write({ 'plugin.mjs': plugin.replace('PLUGGED', 'OTHER') });
  await waitFor(
    () => /plugin\.mjs, which astro\.config\.mjs imports, has changed: stop dev/.test(output()) || undefined,
    output,
  );

  // Files that take the place of the package's.
  write({
    'src/components/PostFooter.astro': '<p>My footer</p>\n',
    'src/pages/about.astro': '<html><body><main id="main">My about</main></body></html>\n',
    'src/styles/theme.css': ':root { --mine: #abcdef }\n',
  });
  await shows(page, 'My footer');
  await shows(page, '#abcdef');
  await shows('/about/', 'My about');
  write({ 'src/components/PostFooter.astro': null, 'src/pages/about.astro': null, 'src/styles/theme.css': null });
  await hides(page, 'My footer');
  await hides(page, '#abcdef');
  await until('/about/', ({ status, html }) => status === 200 && !html.includes('My about'));
});
