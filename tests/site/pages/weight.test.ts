/** Bytes that a browser loads for a post, with gzip, which every host supports. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launch } from '../../helpers/chromium.ts';
import { serve } from '../../helpers/serve.ts';
import { siteAtRoot } from './built.ts';

/** The fixture's posts, and the blog's articles if `npm run build` has built them without a base path. */
const own = new URL('../../../dist', import.meta.url).pathname;
const isBuilt =
  existsSync(join(own, 'index.html')) && readFileSync(join(own, 'index.html'), 'utf8').includes(' href="/rss.xml"');
const dists = [await siteAtRoot(), ...(isBuilt ? [own] : [])];
const posts = dists.flatMap((dist) =>
  readdirSync(join(dist, 'posts')).map((name) => ({ dist, path: `/posts/${name}/` })),
);

describe.runIf(hasBrowser)('over the wire', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test.each(posts)('$path weighs at most 200 kB, fonts and both layouts of its figures included', async (post) => {
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
        return { path, size: packed ? bytes.length : gzipSync(bytes).length };
      });
    const sum = weights.reduce((total, { size }) => total + size, 0);
    expect(sum, JSON.stringify(weights)).toBeLessThanOrEqual(200_000);
    await page.close();
    site.close();
  });
});
