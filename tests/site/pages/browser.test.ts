/** The pages in a real browser: accessible, still, small, themed without script, and silent towards other hosts. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { accessibilityFaults } from './accessibility.ts';
import { hasBrowser, launch } from './chromium.ts';
import { serve } from './serve.ts';

const kinds = [
  '/',
  '/posts/everything/',
  '/posts/plain/',
  '/experiments/',
  '/experiments/dice/',
  '/experiments/dice/source/',
  '/claims/',
  '/notation/',
  '/archive/',
  '/tags/maths/',
  '/about/',
  '/404.html',
];

describe.runIf(hasBrowser)('in a browser', () => {
  const { dist } = inject('sites').find(({ base }) => base === '/')!;
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    site = await serve(dist);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** A page at `path` with what it asked for and what it complained of. */
  async function open(path: string, options: Parameters<Browser['newPage']>[0] = {}) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(site.origin + path);
    await page.evaluate(() => document.fonts.ready);
    return { page, requests, complaints };
  }

  const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  describe.each(kinds)('%s', (path) => {
    test('asks no other host, breaks no rule of its policy, and fits windows of every width', async () => {
      const { page, requests, complaints } = await open(path);
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !url.startsWith(site.origin) && !url.startsWith('data:'))).toEqual([]);
      for (const width of [320, 360, 768, 1280, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        const excess = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(excess, `pixels too wide at ${width}`).toBeLessThanOrEqual(0);
      }
      await page.close();
    });

    test('is accessible, light and dark', async () => {
      const { page } = await open(path);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await accessibilityFaults(page), colorScheme).toEqual([]);
      }
      await page.close();
    });
  });

  test('the theme follows the system, and the reader against it', async () => {
    const { page } = await open('/posts/everything/', { colorScheme: 'dark' });
    const dark = await background(page);
    await page.getByLabel('Light').check();
    const light = await background(page);
    expect(light).not.toBe(dark);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByLabel('Dark').check();
    expect(await background(page)).toBe(dark);
    await page.emulateMedia({ media: 'print' });
    expect(await background(page)).not.toBe(dark);
    await page.close();
  });

  test('arrow keys scrub through frames without script, start comes first, the chosen one goes on paper', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/posts/everything/`);
    const shown = (selector: string) =>
      page
        .locator(selector)
        .evaluateAll((all) =>
          all.flatMap((frame) =>
            getComputedStyle(frame).display === 'none' ? [] : [[...frame.parentElement!.children].indexOf(frame)],
          ),
        );
    const label = async () => {
      const said = await shown('#fig-growing div.frame');
      expect(said.length).toBe(1);
      expect(new Set(await shown('#fig-growing .wide g.frame'))).toEqual(new Set(said));
      return page.locator('#fig-growing .frame-label').nth(said[0]!).textContent();
    };
    expect(await label()).toBe('3 seeds');
    await page.locator('#fig-growing input:checked').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await label()).toBe('1 seeds');
    await page.emulateMedia({ media: 'print' });
    expect(await label()).toBe('1 seeds');
    await page.close();
  });

  test('nothing moves while a post loads', async () => {
    const { page } = await open('/posts/everything/');
    const shift = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => done(sum), 300);
        }),
    );
    expect(shift).toBeLessThan(0.01);
    await page.close();
  });
});
