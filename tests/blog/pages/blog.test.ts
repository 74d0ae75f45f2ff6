/** The blog's own articles in Chromium: without script, at two widths, in both themes, by keyboard and in print. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launch } from '../../helpers/chromium.ts';
import { serve } from '../../helpers/serve.ts';
import { accessibilityFaults } from '../../site/pages/accessibility.ts';
import { waitForSites } from '../../site/pages/built.ts';
import { fontFiles, layoutShift } from '../../site/pages/loading.ts';
import { postsOf } from '../../site/pages/transfer.ts';

const { blog } = await waitForSites();
const posts = postsOf(blog).map(({ path }) => ({ path, html: readFileSync(join(blog, path, 'index.html'), 'utf8') }));
const articles = posts.filter(({ html }) => !html.includes('class="series"'));
/** The articles, posts of no series, that hold a mark. */
const holding = (mark: string) => articles.filter(({ html }) => html.includes(mark)).map(({ path }) => path);
// Pages of other kinds are tested with the fixture site.
const kinds = ['/', ...articles.map(({ path }) => path)];
const looks = [
  { width: 360, colorScheme: 'light' },
  { width: 360, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const;

/** Visible figures without a drawing, and labels that stick out of their drawing by more than a pixel. */
function figureFaults(): string[] {
  const faults: string[] = [];
  for (const figure of document.querySelectorAll('figure.chart')) {
    const drawings = [...figure.querySelectorAll('.plot svg')].filter((svg) => svg.getBoundingClientRect().width > 0);
    if (drawings.length !== 1) faults.push(`${figure.id} shows ${drawings.length} drawings`);
    for (const svg of drawings) {
      const box = svg.getBoundingClientRect();
      if (box.height < 20) faults.push(`${figure.id} is ${box.height} high`);
      for (const label of svg.querySelectorAll('text')) {
        const { left, right, top, bottom } = label.getBoundingClientRect();
        const isOut = left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1;
        if (isOut) faults.push(`${figure.id}: “${label.textContent}” stands out of the drawing`);
      }
    }
  }
  return faults;
}

const excess = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

describe.runIf(hasBrowser)('the blog in a browser', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    site = await serve(blog);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** Opens `path` and records its errors; script is off unless asked for. */
  async function open(
    path: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 900 },
      javaScriptEnabled: false,
      ...options,
    });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(site.origin) && !request.url().startsWith('data:'))
        complaints.push(`asks ${request.url()}`);
    });
    await page.goto(site.origin + path);
    return { page, complaints };
  }

  // A page is loaded once for all looks: window size and theme are changed afterwards.
  describe.each(kinds.map((path, i) => ({ path, look: looks[i % looks.length]! })))('$path', ({ path, look }) => {
    test('preloads the fonts that it draws with, has no errors, fits, and shows its figures in every look', async () => {
      const { page, complaints } = await open(path);
      await page.evaluate(() => document.fonts.ready);
      const { asked, drawn } = await page.evaluate(fontFiles);
      expect(drawn.length).toBeGreaterThan(1);
      expect(asked).toEqual(drawn);
      for (const { width, colorScheme } of looks) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        expect(await page.evaluate(excess), `pixels too wide at ${width}`).toBeLessThanOrEqual(0);
        expect(await page.evaluate(figureFaults), `${width} wide, ${colorScheme}`).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await page.close();
    });

    // The fixture's pages are tested in both themes.
    test(`${look.width} wide, ${look.colorScheme}: stays still and is accessible`, async () => {
      const { width, colorScheme } = look;
      const { page } = await open(path, { viewport: { width, height: 800 }, colorScheme, javaScriptEnabled: true });
      expect(await page.evaluate(layoutShift)).toBeLessThan(0.01);
      expect(await accessibilityFaults(page, colorScheme)).toEqual([]);
      await page.close();
    });
  });

  test.each(kinds)('%s stays still when its text fonts come late', async (path) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    let late = 0;
    await page.route('**/source-*.woff2', (route) => {
      late += 1;
      setTimeout(() => route.continue(), 500);
    });
    await page.goto(site.origin + path);
    await page.evaluate(() => document.fonts.ready);
    expect(late).toBeGreaterThan(0);
    expect(await page.evaluate(layoutShift)).toBeLessThan(0.01);
    await page.close();
  });

  test.each(holding('class="frame-row"'))(
    'every radio, proof and wide table of %s works from the keyboard alone',
    async (path) => {
      const { page } = await open(path, { viewport: { width: 360, height: 800 } });
      const focused = () => page.locator(':focus');

      const frames = page.locator('figure.frames').first();
      // Of a grid, the row and the column.
      const labels = () => frames.locator('.frame-label :is(.frame, .frame-row):visible').allTextContents();
      for (const group of await frames.locator('fieldset').all()) {
        const last = await labels();
        await group.locator('input:checked').focus();
        await page.keyboard.press('ArrowLeft');
        expect(await labels()).toHaveLength(last.length);
        expect(await labels()).not.toEqual(last);
      }
      expect(await focused().evaluate((input) => getComputedStyle(input).outlineStyle)).not.toBe('none');

      const proof = page.locator('.post-body > details').first();
      await proof.locator('summary').focus();
      await page.keyboard.press('Enter');
      expect(await proof.getAttribute('open')).not.toBeNull();

      const equation = page.locator('.equation').filter({ has: page.locator('.katex-display') });
      const wide = await equation.evaluateAll((all) => all.findIndex((one) => one.scrollWidth > one.clientWidth + 40));
      await equation.nth(wide).focus();
      await expect.poll(() => equation.nth(wide).evaluate((one) => one.scrollWidth > one.clientWidth)).toBe(true);
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => equation.nth(wide).evaluate((one) => one.scrollLeft)).toBeGreaterThan(0);

      await page.locator('#theme-auto').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      expect(await focused().getAttribute('id')).toBe('theme-dark');
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
      await page.close();
    },
  );

  test.each(holding('class="chart frames"'))(
    '%s prints: light, every proof and one frame of each figure, no navigation, nothing cut',
    async (path) => {
      const { page } = await open(path, { colorScheme: 'dark' });
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light');
      for (const gone of ['.theme', '.site-head nav', '.contents', '.scrubber', '.share'])
        expect(await page.locator(gone).first().isVisible(), gone).toBe(false);
      expect(await page.locator('.page-address').textContent()).toContain(path);
      for (const figure of await page.locator('figure.frames').all())
        expect(await figure.locator('.frame-label:visible').count()).toBe(1);
      for (const proof of await page.locator('.post-body > details').all())
        expect((await proof.boundingBox())!.height).toBeGreaterThan(60);
      const style = (selector: string, name: 'breakAfter' | 'breakInside') =>
        page
          .locator(selector)
          .first()
          .evaluate((element, property) => getComputedStyle(element)[property], name);
      expect(await style('.post-body h2', 'breakAfter')).toBe('avoid');
      for (const whole of ['figure', '.equation', '.derivation', 'tr'])
        expect(await style(`.post-body ${whole}`, 'breakInside'), whole).toBe('avoid');
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      expect(pages).toBeGreaterThan(10);
      expect(pages).toBeLessThan(40);
      await page.close();
    },
  );
});
