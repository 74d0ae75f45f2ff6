/** Formulas and drawings off the screen wait for the reader, and nobody notices: sizes, pictures, links, print, search. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launch, launchWithWindows } from '../../helpers/chromium.ts';
import { serve } from '../../helpers/serve.ts';
import { siteAtRoot } from './built.ts';

const waiting = '.equation[style], .chart .drawing[style]';
/** A style that lays out everything at once. */
const layOutAll = `${waiting}, .symbols dl > div { content-visibility: visible !important; transition: none !important }`;

describe.runIf(hasBrowser)('off the screen', () => {
  let browser: Browser;
  let photographer: Browser;
  let site: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    site = await serve(await siteAtRoot());
    browser = await launch();
    photographer = await launchWithWindows();
  });
  afterAll(async () => {
    await browser?.close();
    await photographer?.close();
    site?.close();
  });

  async function open(
    width: number,
    path = '/posts/everything/',
    more: Parameters<Browser['newPage']>[0] = {},
    from = browser,
  ) {
    const page = await from.newPage({ viewport: { width, height: 600 }, bypassCSP: true, ...more });
    // On a busy machine optional fonts come too late, and change what is laid out afterwards.
    await page.route('**/posts/*/', async (route) => {
      const response = await route.fetch();
      const body = await response.text();
      await route.fulfill({ response, body: body.replaceAll('font-display:optional', 'font-display:block') });
    });
    await page.goto(site.origin + path);
    await page.evaluate(() => Promise.all([...document.fonts].map((font) => font.load())));
    return page;
  }

  /** The heights of all formulas and drawings that are shown, and the whole page's. */
  const heights = (page: Page): Promise<number[]> =>
    page.evaluate(
      (selector) =>
        [...document.querySelectorAll(selector), document.documentElement]
          .filter((each) => each.checkVisibility())
          .map((each) => each.getBoundingClientRect().height),
      waiting,
    );

  /** Whether each of the elements that are shown is laid out. */
  const areLaidOut = (page: Page, selector: string): Promise<boolean[]> =>
    page.evaluate(
      (each) =>
        [...document.querySelectorAll(each)]
          .filter((one) => one.checkVisibility())
          .map((one) => one.checkVisibility({ contentVisibilityAuto: true })),
      selector,
    );

  test.each([320, 375, 800, 1280])(
    'formulas and drawings have the same size before and after, at %i px',
    async (width) => {
      const page = await open(width);
      const inside = '.equation[style] .katex-html, .chart .drawing[style] > g';
      expect(await areLaidOut(page, inside)).toContain(false);
      const before = await heights(page);
      expect(before.length).toBeGreaterThan(5);
      await page.addStyleTag({ content: layOutAll });
      expect(await areLaidOut(page, inside)).not.toContain(false);
      expect(await heights(page)).toEqual(before);
      await page.close();
    },
  );

  test.each([
    [1280, {}],
    [375, {}],
    [375, { isMobile: true, hasTouch: true, deviceScaleFactor: 2 }],
    [1280, { reducedMotion: 'reduce' as const, colorScheme: 'dark' as const }],
  ])('a picture of the whole page has all of them, at %i px, %o', async (width, more) => {
    // Of two pages, since a picture has browsers load the fonts anew.
    const picture = async (content?: string) => {
      const page = await open(width, undefined, more, photographer);
      if (content !== undefined) await page.addStyleTag({ content });
      return page.screenshot({ fullPage: true });
    };
    expect((await picture()).equals(await picture(layOutAll))).toBe(true);
  });

  test('a link to what lies below leads there, and stays there', async () => {
    const page = await open(1280, '/posts/everything/#eq-later');
    const top = () => page.evaluate(() => document.getElementById('eq-later')!.getBoundingClientRect().top);
    const first = await top();
    expect(first).toBeGreaterThanOrEqual(0);
    expect(first).toBeLessThan(600);
    await page.addStyleTag({ content: layOutAll });
    expect(await top()).toBe(first);
    await page.close();
  });

  test('print and the accessibility tree have all of them', async () => {
    const page = await open(1280);
    const names = async () => (await page.locator('body').ariaSnapshot()).match(/img|group|math/g);
    const before = await names();
    await page.addStyleTag({ content: layOutAll });
    expect(await names()).toEqual(before);
    await page.close();
    const printed = await open(1280);
    await printed.emulateMedia({ media: 'print' });
    expect(await areLaidOut(printed, '.equation[style] .katex-html')).not.toContain(false);
    await printed.close();
  });
});
