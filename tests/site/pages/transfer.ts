/** What a browser loads for a page. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launch } from '../../helpers/chromium.ts';
import { serve } from '../../helpers/serve.ts';

/** The files that a browser loads for the page at `path` of a built site, each with its bytes, with Brotli where it helps. */
export async function transfer(
  browser: Browser,
  post: { readonly dist: string; readonly path: string },
): Promise<{ path: string; size: number }[]> {
  const site = await serve(post.dist);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const requests = new Set<string>();
  page.on('request', (request) => requests.add(request.url()));
  await page.goto(site.origin + post.path);
  await page.evaluate(() => document.fonts.ready);
  const weights = [...requests]
    .filter((url) => url.startsWith(site.origin))
    .map((url) => {
      const path = new URL(url).pathname;
      const bytes = readFileSync(join(post.dist, path.endsWith('/') ? `${path}index.html` : path));
      const packed = ['.woff2', '.png', '.webp'].includes(extname(path));
      return { path, size: packed ? bytes.length : brotliCompressSync(bytes).length };
    });
  await page.close();
  site.close();
  return weights;
}

/** The tests that posts, by their sites and paths, are light over the wire. */
export function testWeights(posts: readonly { readonly dist: string; readonly path: string }[]): void {
  describe.runIf(hasBrowser)('over the wire', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(() => browser?.close());

    test.each(posts)('$path weighs at most 155 kB, fonts and both layouts of its figures included', async (post) => {
      const weights = await transfer(browser, post);
      const sum = weights.reduce((total, { size }) => total + size, 0);
      expect(sum, JSON.stringify(weights)).toBeLessThanOrEqual(155_000);
    });
  });
}

/** The posts of a built site. */
export const postsOf = (dist: string): { dist: string; path: string }[] =>
  readdirSync(join(dist, 'posts')).map((name) => ({ dist, path: `/posts/${name}/` }));
