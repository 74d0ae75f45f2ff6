/** Bytes that a browser loads for a post of this blog. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launch } from '../../helpers/chromium.ts';
import { waitForSites } from '../../site/pages/built.ts';
import { transfer } from '../../site/pages/transfer.ts';

const dist = (await waitForSites()).blog;
const posts = readdirSync(join(dist, 'posts')).map((name) => ({ dist, path: `/posts/${name}/` }));

describe.runIf(hasBrowser)('over the wire', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test.each(posts)('$path weighs at most 200 kB, fonts and both layouts of its figures included', async (post) => {
    const weights = await transfer(browser, post);
    const sum = weights.reduce((total, { size }) => total + size, 0);
    expect(sum, JSON.stringify(weights)).toBeLessThanOrEqual(200_000);
  });
});
