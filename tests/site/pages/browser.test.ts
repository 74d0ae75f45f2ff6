/** The pages in Chromium: accessibility, layout shifts, fonts, themes without script, and no request to another host. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launch } from '../../helpers/chromium.ts';
import { serve } from '../../helpers/serve.ts';
import { accessibilityFaults } from './accessibility.ts';
import { siteAtRoot } from './built.ts';
import { fontFiles, layoutShift } from './loading.ts';

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
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    site = await serve(await siteAtRoot());
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** Opens `path`, and records the page's requests and console errors. */
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
    test('preloads the fonts that it draws with, asks no other host, obeys its policy, fits windows of every width', async () => {
      const { page, requests, complaints } = await open(path);
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !url.startsWith(site.origin) && !url.startsWith('data:'))).toEqual([]);
      const { asked, drawn } = await page.evaluate(fontFiles);
      expect(drawn.length).toBeGreaterThan(1);
      expect(asked).toEqual(drawn);
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
      expect(await accessibilityFaults(page, 'light', 'dark')).toEqual([]);
      await page.close();
    });
  });

  test('the theme follows the system, unless the reader chooses the other', async () => {
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

  test('the drawn parts of formulas have a size, tables stand on their ground, lines of a diff have colours', async () => {
    const { page } = await open('/posts/everything/');
    const widths = await page
      .locator('.katex svg')
      .evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect().width));
    expect(widths.length).toBeGreaterThan(0);
    expect(Math.min(...widths)).toBeGreaterThan(0);
    const ground = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((each) => getComputedStyle(each).getPropertyValue('--ground'));
    expect(await ground('.markdown-alert .table')).toBe(await ground('pre'));
    expect(await ground('.post-body > .table')).not.toBe(await ground('pre'));
    const colours = await page
      .locator('pre[data-language="diff"] .line > span')
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).color));
    const text = await page.locator('pre[data-language="diff"]').evaluate((each) => getComputedStyle(each).color);
    expect(new Set([...colours, text]).size).toBe(3);
    await page.close();
  });

  test('without script, arrow keys go through frames from the first, and the chosen frame is printed', async () => {
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
      const said = await shown('#fig-growing .frame-label .frame');
      expect(said.length).toBe(1);
      expect(new Set(await shown('#fig-growing .wide g.frame'))).toEqual(new Set(said));
      return page.locator('#fig-growing .frame-label .frame').nth(said[0]!).textContent();
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

  test('without script, arrow keys choose both parameters of a grid, of which one frame is shown and printed', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(`${site.origin}/posts/everything/`);
    const figure = page.locator('#fig-throws');
    const shown = async () => {
      // A group of rows shows one, which may hold a group of frames, which shows one.
      const bad = await figure
        .locator('.wide g:has(> .frame), .wide g:has(> .frame-row)')
        .evaluateAll(
          (groups) =>
            groups.filter(
              (group) => [...group.children].filter((each) => getComputedStyle(each).display !== 'none').length !== 1,
            ).length,
        );
      expect(bad).toBe(0);
      return (await figure.locator('.frame-label :is(.frame, .frame-row):visible').allTextContents()).join(', ');
    };
    const press = async (group: number, key: string) => {
      await figure.locator('fieldset').nth(group).locator('input:checked').focus();
      await page.keyboard.press(key);
    };
    expect(await shown()).toBe('2 seeds, from 1');
    await press(0, 'ArrowRight');
    expect(await shown()).toBe('3 seeds, from 1');
    await press(1, 'ArrowLeft');
    expect(await shown()).toBe('3 seeds, from 0');
    expect(await figure.locator('fieldset').first().locator('legend').textContent()).toBe(
      'Throws of choice, Seeds: frames',
    );
    await page.emulateMedia({ media: 'print' });
    expect(await shown()).toBe('3 seeds, from 0');
    expect(await figure.locator('fieldset').first().isVisible()).toBe(false);
    await page.close();
  });

  test.each([375, 1280])(
    'a symbol that is pointed at tells its meaning, a formula all of its own, at %i px',
    async (width) => {
      const page = await browser.newPage({ viewport: { width, height: 700 }, javaScriptEnabled: false });
      await page.goto(`${site.origin}/posts/everything/`);
      const meanings = page.locator('.symbols dl > div');
      const shown = async () => {
        const all = await meanings.evaluateAll((rows) =>
          rows
            .filter((row) => getComputedStyle(row).position === 'static')
            .map((row) => row.querySelector('dd')!.textContent),
        );
        return all.map((text) => text.replace(/\s+/g, ' ').slice(0, 9));
      };
      const places = () =>
        page
          .locator('.post-body > :not(.symbols)')
          .evaluateAll((all) => all.map((each) => (each as HTMLElement).offsetTop));
      expect(await shown()).toEqual([]);
      const before = await places();
      await page.locator('#eq-hidden [class*=" y"]').first().hover();
      expect(await shown()).toEqual(['The weigh']);
      expect(await places()).toEqual(before);
      const box = (await page.locator('.symbols').boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      await page.mouse.move(1, 1);
      expect(await shown()).toEqual([]);
      // The drawing of a root covers what is below it.
      await page.locator('.equation .sqrt .mord.y1').hover();
      expect(await shown()).toEqual(['The weigh']);
      await page.mouse.move(1, 1);
      await page.keyboard.press('Tab');
      await page.locator('#eq-later').focus();
      expect(await shown()).toEqual(['The mean ']);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.symbols').isVisible()).toBe(false);
      await page.close();
    },
  );

  describe('a link shows what it leads to', () => {
    const targets = ['eq-hidden', 'eq-later', 'thm-square', 'fig-means', 'user-content-fn-one', 'bib-glorot2010'];
    const parts = (page: Page, target: string) => ({
      link: page.locator(`[interestfor="preview-${target}"]`).first(),
      preview: page.locator(`[id="preview-${target}"]`),
    });

    test.concurrent.for([375, 1280])(
      'without script, until the pointer leaves or Escape is pressed, at %i pixels',
      async (width, { expect }) => {
        // Each waits for the browser's delays, so all do at once.
        const visit = async (target: string): Promise<void> => {
          const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width, height: 900 } });
          await page.goto(`${site.origin}/posts/everything/`);
          const { link, preview } = parts(page, target);
          await link.scrollIntoViewIfNeeded();
          const before = await link.boundingBox();
          for (const end of ['leave', 'Escape']) {
            await link.hover();
            await preview.waitFor({ state: 'visible' });
            expect(await link.boundingBox(), target).toEqual(before);
            const box = (await preview.boundingBox())!;
            expect(box.x, target).toBeGreaterThanOrEqual(0);
            expect(box.x + box.width, target).toBeLessThanOrEqual(width);
            await (end === 'leave' ? page.mouse.move(0, 0) : page.keyboard.press('Escape'));
            await preview.waitFor({ state: 'hidden' });
            await page.mouse.move(0, 0);
          }
          await page.close();
        };
        await Promise.all(targets.map(visit));
      },
    );

    test('of frames the one that they show first', async () => {
      const page = await browser.newPage({ bypassCSP: true });
      await page.goto(`${site.origin}/posts/everything/`);
      const { link, preview } = parts(page, 'fig-growing');
      await link.hover();
      await preview.waitFor({ state: 'visible' });
      // On one page, since letters that are not there at the first paint are drawn by another font.
      const rule = await preview.locator('style').textContent();
      const drawn = async (rule: string | null) => {
        await preview.locator('> svg').evaluate((svg, rule) => {
          svg.querySelector('style')!.textContent = rule;
          const use = svg.querySelector('use')!;
          use.replaceWith(use.cloneNode());
        }, rule);
        return (await preview.locator('> svg').screenshot({ animations: 'disabled' })).toString('base64');
      };
      const shown = await drawn(rule);
      expect(await drawn('')).not.toBe(shown);
      expect(await drawn(rule)).toBe(shown);
      await page.close();
    });

    test('a formula a fifth wider than the text of a phone, all of it', async () => {
      const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 375, height: 900 } });
      await page.goto(`${site.origin}/posts/everything/`);
      const { link, preview } = parts(page, 'eq-hidden');
      await link.hover();
      await preview.waitFor({ state: 'visible' });
      const excess = await preview.evaluate((shown) => {
        const formulaIn = (box: Element) => box.querySelector<HTMLElement>('.katex-display > .katex')!;
        const box = document.querySelector('#eq-hidden')!;
        const width = (1.2 * box.clientWidth) / Number.parseFloat(getComputedStyle(formulaIn(box)).fontSize);
        formulaIn(shown).style.minWidth = `${width}em`;
        return shown.scrollWidth - shown.clientWidth;
      });
      expect(excess).toBeLessThanOrEqual(0);
      await page.close();
    });

    test('on focus', async () => {
      const page = await browser.newPage({ javaScriptEnabled: false });
      await page.goto(`${site.origin}/posts/everything/`);
      const { link, preview } = parts(page, 'user-content-fn-one');
      await link.focus();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      await preview.waitFor({ state: 'visible' });
      await page.close();
    });

    test('by the rules for browsers without interestfor', async () => {
      const { page } = await open('/posts/everything/');
      const rules = await page.evaluate(() => {
        const all = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]);
        return all.find((rule) => rule.cssText.startsWith('@supports not selector'))!.cssText;
      });
      // The browser itself opens nothing.
      const content = `${rules.replace(/^@supports[^{]*/, '@media all')} * { interest-delay: 1000s }`;
      await page.addStyleTag({ content });
      for (const target of targets) {
        const { link, preview } = parts(page, target);
        await link.hover();
        await preview.waitFor({ state: 'visible' });
        await page.mouse.move(0, 0);
        await preview.waitFor({ state: 'hidden' });
      }
      await page.close();
    });

    test('and a target that was led to leads back', async () => {
      const page = await browser.newPage({ javaScriptEnabled: false });
      await page.goto(`${site.origin}/posts/everything/`);
      for (const target of targets.filter((name) => !name.startsWith('user-content'))) {
        const back = page.locator(`[href^="#from-${target}"]`).first();
        expect(await back.isVisible()).toBe(false);
        await parts(page, target).link.click();
        await back.click();
        expect(page.url()).toContain(`#from-${target}`);
      }
      await page.close();
    });
  });

  // Most of the time passes in the browser's delays.
  test.concurrent.for([375, 1280])(
    'previews and tooltips stand within the window and beside what they tell of, wherever that is, at %i px',
    async (width, { expect }) => {
      const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width, height: 700 } });
      await page.goto(`${site.origin}/posts/everything/`);
      const kinds = [
        ['[interestfor="preview-bib-glorot2010"]', '[id="preview-bib-glorot2010"]'],
        ['[interestfor="preview-eq-hidden"]', '[id="preview-eq-hidden"]'],
        ['[interestfor="preview-fig-growing"]', '[id="preview-fig-growing"]'],
        ['.post-body p .value', '.post-body p .value + .behind'],
        ['.post-body .claim-mark', '.claim-mark + .behind'],
        ['#eq-hidden [class*=" y"]', '.symbols'],
      ] as const;
      for (const [pointed, shown] of kinds)
        for (const block of ['start', 'center', 'end'] as const) {
          const where = `${pointed} at ${block}`;
          await page.mouse.move(0, 0);
          const panel = page.locator(shown).first();
          if (shown !== '.symbols') await panel.waitFor({ state: 'hidden' });
          const target = page.locator(pointed).first();
          await target.evaluate((element, at) => element.scrollIntoView({ block: at, behavior: 'instant' }), block);
          await target.hover();
          await panel.waitFor({ state: 'visible' });
          // The browser's delays, and a list of meanings that is there from the start.
          await expect.poll(async () => (await panel.boundingBox())!.height, { message: where }).toBeGreaterThan(10);
          const [box, own] = [(await panel.boundingBox())!, (await target.boundingBox())!];
          expect(box.x, where).toBeGreaterThanOrEqual(8);
          expect(box.x + box.width, where).toBeLessThanOrEqual(width - 8);
          expect(box.y, where).toBeGreaterThanOrEqual(0);
          expect(box.y + box.height, where).toBeLessThanOrEqual(700);
          expect(box.y + box.height <= own.y || box.y >= own.y + own.height, where).toBe(true);
        }
      await page.close();
    },
  );

  test('nothing moves while a post loads', async () => {
    const { page } = await open('/posts/everything/');
    expect(await page.evaluate(layoutShift)).toBeLessThan(0.01);
    await page.close();
  });
});
