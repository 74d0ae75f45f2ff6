/** What a browser loads for a page. */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { serve } from '../../helpers/serve.ts';

/** The files that a browser loads for the page at `path` of a built site, each with its bytes, with gzip where it helps. */
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
      return { path, size: packed ? bytes.length : gzipSync(bytes).length };
    });
  await page.close();
  site.close();
  return weights;
}
