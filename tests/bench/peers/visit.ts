/** Loads a page as on a slow phone, and measures the bytes transferred and the time until text and figures are readable. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Server } from '../../helpers/serve.ts';

export type Visit = {
  /** Bytes of all responses, compressed, without headers. */
  readonly bytes: number;
  readonly requests: number;
  /** Bytes of the scripts among them. */
  readonly scriptBytes: number;
  /** Seconds until the last paragraph and all formulas are there and the fonts are loaded. */
  readonly textReadable: number;
  /** Seconds until every figure is drawn. */
  readonly figuresDrawn: number;
};

/** What the page must contain to be readable. */
export type Readable = {
  /** Words from one of the article's last paragraphs. */
  readonly lastWords: string;
  readonly formulas: number;
  readonly figures: number;
};

const viewport = { width: 375, height: 800 };

/** 6× slower CPU, 1.6 Mbit/s and 150 ms, as in Lighthouse's mobile profile, but applied instead of simulated. */
async function slowPhone(session: CDPSession): Promise<void> {
  await session.send('Network.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
  });
}

const state = (page: Page, readable: Readable) =>
  page.evaluate(({ lastWords, formulas, figures }) => {
    const drawn = [...document.querySelectorAll('figure svg, .vega-embed svg')].filter(
      (each) => each.getBoundingClientRect().height > 40,
    );
    const painted = performance.getEntriesByName('first-contentful-paint').length > 0;
    const text = document.body.textContent.replaceAll(/\s+/g, ' ').includes(lastWords);
    const typeset = document.querySelectorAll('.katex').length >= formulas;
    return {
      text: painted && text && typeset && document.fonts.status === 'loaded',
      figures: painted && drawn.length >= figures,
    };
  }, readable);

/** Loads the page in a new context and waits until the article is complete, at most `patience` seconds. */
export async function visit(
  browser: Browser,
  site: Server,
  path: string,
  readable: Readable,
  patience = 60,
): Promise<Visit> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await slowPhone(await context.newCDPSession(page));
  site.sent();
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  await page.goto(site.origin + path, { waitUntil: 'commit' });
  let textReadable = Infinity;
  let figuresDrawn = Infinity;
  while (seconds() < patience && !(textReadable < Infinity && figuresDrawn < Infinity)) {
    // Evaluation fails while the page is navigating.
    const now = await state(page, readable).catch(() => ({ text: false, figures: false }));
    if (now.text) textReadable = Math.min(textReadable, seconds());
    if (now.figures) figuresDrawn = Math.min(figuresDrawn, seconds());
    await new Promise((tick) => setTimeout(tick, 20));
  }
  await page.waitForLoadState('networkidle');
  await context.close();
  const all = site.sent();
  const bytes = (of: typeof all) => of.reduce((sum, each) => sum + each.bytes, 0);
  return {
    bytes: bytes(all),
    requests: all.length,
    scriptBytes: bytes(all.filter((each) => each.path.endsWith('.js'))),
    textReadable,
    figuresDrawn,
  };
}

/** Whether text with formulas, and figures, are complete with JavaScript disabled. */
export async function readableWithoutScript(
  browser: Browser,
  url: string,
  readable: Readable,
): Promise<{ text: boolean; figures: boolean }> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'networkidle' });
  let result = await state(page, readable);
  // The first paint may come after the load.
  for (let i = 0; i < 50 && !(result.text && result.figures); i++) {
    await page.waitForTimeout(100);
    result = await state(page, readable);
  }
  await context.close();
  return result;
}
