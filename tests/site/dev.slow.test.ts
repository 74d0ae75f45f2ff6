/** The dev server: an error in a post is shown in its page until it is fixed. The blog has a base path. */
import { rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { blogConfiguration, blogFiles } from '../helpers/blog.ts';
import { hasBrowser, launch } from '../helpers/chromium.ts';
import { writeFiles } from '../helpers/files.ts';
import { createValidProject } from '../invalid-input/project.ts';
import { startDevServer, waitFor } from '../lab/dev-site.ts';

const sound = '---\ntitle: Sound\ndate: 2026-01-02\n---\n\nText.\n';
const wrongFields = '---\ntitle: Sound\ndate: soon\ntgas: [x]\n---\n\nText.\n';
const wrongBody = '---\ntitle: Sound\ndate: 2026-01-02\n---\n\nText.\n\n<Chrt />\n';
const linked = (...addresses: readonly string[]) => `${sound}\n${addresses.map((to) => `[x](${to})`).join('\n')}\n`;
const right = [
  '/posts/v1-2/',
  '/posts/v1-2/#here',
  '/tags/one/#main',
  '/about',
  '/about/#main',
  '/notation/#top',
].concat([
  '/experiments/penny/',
  '/experiments/penny/#fig-means',
  '/claims/#main',
  '#main',
  // Pages that link to one another.
  '/posts/bad/#main',
]);

test.runIf(hasBrowser)(
  'dev shows a located error in the page for front matter and for text, until the file is fixed',
  async () => {
    const root = await createValidProject();
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    writeFiles(root, {
      'astro.config.mjs': blogConfiguration(
        `notation: [{ title: 'Signs', symbols: [{ tex: 'x', meaning: 'an input' }] }]`,
        "site: 'https://measured.example', base: '/sub',",
      ),
      'posts/bad.mdx': sound,
      'posts/v1.2.mdx': '---\ntitle: Other\ndate: 2026-01-02\ntags: [one]\n---\n\n## Here\n\n[x](/posts/bad/#main)\n',
    });
    const { address, output } = await startDevServer({ root });

    const browser = await launch();
    onTestFinished(() => browser.close());

    /** Waits for the status, since the server takes a moment to notice a change, then looks for the words. */
    const answers = async (status: number, ...says: readonly string[]): Promise<void> => {
      const url = new URL('sub/posts/bad/', address).href;
      await waitFor(async () => ((await fetch(url)).status === status ? true : undefined), output);
      // A new page each time, since an open one reloads itself.
      const page = await browser.newPage();
      page.setDefaultTimeout(0);
      await page.goto(url);
      // The server sends the message to the client, which shows it in an overlay.
      const shown = status === 500 ? page.locator('vite-error-overlay #message-content') : page.locator('main');
      await shown.waitFor();
      const text = await shown.textContent();
      for (const words of says) expect(text).toContain(words);
      await page.close();
    };

    await answers(200, 'Text.');
    writeFiles(root, { 'posts/bad.mdx': wrongFields });
    await answers(500, 'posts/bad.mdx:3:7: date: expected a date', 'posts/bad.mdx:4:1: unknown field');
    writeFiles(root, { 'posts/bad.mdx': sound });
    await answers(200, 'Text.');
    writeFiles(root, { 'posts/bad.mdx': wrongBody });
    await answers(500, 'posts/bad.mdx:8:1: <Chrt>: no such component');
    writeFiles(root, { 'posts/bad.mdx': linked(...right) });
    await answers(200, 'Text.');
    writeFiles(root, { 'posts/bad.mdx': linked('/posts/v12/', '/posts/v1-2/#hre', '/tags/ones/', '/abuot/') });
    await answers(
      500,
      'posts/bad.mdx:8:1: /posts/v12/: the site has no such page',
      'posts/bad.mdx:9:1: /posts/v1-2/#hre: the post /posts/v1-2/ has no such place; did you mean #here?',
      'posts/bad.mdx:10:1: /tags/ones/: no post is filed there; did you mean /tags/one/?',
      'posts/bad.mdx:11:1: /abuot/: the site has no such page or file; did you mean /about/?',
    );
    writeFiles(root, {
      'posts/bad.mdx': linked('/about/#x', '/tags/one/#x', '/experiments/penny/#fig-mean', '/experiments/x/'),
    });
    await answers(
      500,
      'posts/bad.mdx:8:1: /about/#x: the page has no such place',
      'posts/bad.mdx:9:1: /tags/one/#x: the page has no such place',
      'posts/bad.mdx:10:1: /experiments/penny/#fig-mean: the page has no such place; did you mean #fig-means?',
      'posts/bad.mdx:11:1: /experiments/x/: the site has no such page',
    );
    writeFiles(root, { 'posts/bad.mdx': sound });
    await answers(200, 'Text.');

    // Also to a reader who comes later, and until it is mended.
    const content = blogFiles['src/content.config.ts'];
    writeFiles(root, { 'src/content.config.ts': `${content}throw new Error('halt');\n` });
    await waitFor(() => output().includes('src/content.config.ts: halt') || undefined, output);
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(new URL('sub/about/', address).href);
    await page.locator('vite-error-overlay #message-content', { hasText: 'src/content.config.ts: halt' }).waitFor();
    writeFiles(root, { 'src/content.config.ts': content });
    await page.locator('vite-error-overlay').waitFor({ state: 'detached' });
    await answers(200, 'Text.');
  },
);
