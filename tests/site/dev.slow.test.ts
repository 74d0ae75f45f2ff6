/** While an author writes: what is wrong with a post stands in the page, and goes once it is mended. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { goodProject, lay } from '../hostile/project.ts';
import { serve, until } from '../lab/dev-site.ts';
import { hasBrowser, launch } from './pages/chromium.ts';

const repository = new URL('../..', import.meta.url).pathname;
const sound = '---\ntitle: Sound\ndate: 2026-01-02\n---\n\nText.\n';
const wrongFields = '---\ntitle: Sound\ndate: soon\ntgas: [x]\n---\n\nText.\n';
const wrongBody = '---\ntitle: Sound\ndate: 2026-01-02\n---\n\nText.\n\n<Chrt />\n';

test.runIf(hasBrowser)(
  'dev shows a located error in the page for front matter and for text, until the file is mended',
  async () => {
    const good = await goodProject();
    // A dev server watches nothing in `.measured`, where that blog lies; its imports ask for the same depth.
    mkdirSync(join(repository, '.astro'), { recursive: true });
    const root = mkdtempSync(join(repository, '.astro/dev-'));
    onTestFinished(() => {
      for (const folder of [good, root]) rmSync(folder, { recursive: true, force: true });
    });
    cpSync(good, root, { recursive: true });
    lay(root, { 'posts/bad.mdx': sound });
    const { address, output } = await serve({ root });

    const browser = await launch();
    onTestFinished(() => browser.close());

    /** Waits for the status, since the server takes a moment to see what was written, then looks for the words. */
    const answers = async (status: number, ...says: readonly string[]): Promise<void> => {
      const url = new URL('posts/bad/', address).href;
      await until(async () => ((await fetch(url)).status === status ? true : undefined), output);
      // A new page each time: one that is open reloads itself meanwhile.
      const page = await browser.newPage();
      // As in the other tests, nothing is said about how long it takes.
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
    lay(root, { 'posts/bad.mdx': wrongFields });
    await answers(500, 'posts/bad.mdx:3:7: date: expected a date', 'posts/bad.mdx:4:1: unknown field');
    lay(root, { 'posts/bad.mdx': sound });
    await answers(200, 'Text.');
    lay(root, { 'posts/bad.mdx': wrongBody });
    await answers(500, 'posts/bad.mdx:8:1: <Chrt>: no such component');
    lay(root, { 'posts/bad.mdx': sound });
    await answers(200, 'Text.');
  },
);
