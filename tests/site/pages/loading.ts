/** Functions evaluated in a page: layout shifts and font requests while it loads. */

/** The sum of the layout-shift scores while the page loads. */
export const layoutShift = () =>
  new Promise<number>((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(sum), 200);
  });

/**
 * The font files that a page requests at its start, and those it draws with, on the screen and off it; files of rarer
 * letters of labels may come later.
 */
export async function fontFiles(): Promise<{ asked: string[]; drawn: string[] }> {
  for (const each of document.querySelectorAll<HTMLElement | SVGElement>('.equation, .drawing')) {
    each.style.transition = 'none';
    each.style.contentVisibility = 'visible';
  }
  document.body.getBoundingClientRect();
  await document.fonts.ready;
  const name = (address: string) => new URL(address, document.baseURI).pathname;
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const faces = rules.filter((rule) => rule instanceof CSSFontFaceRule);
  // The faces of style sheets come first, in their order.
  const loaded = [...document.fonts].map(({ status }, i) => ({
    status,
    source: faces[i]!.style.getPropertyValue('src'),
  }));
  return {
    asked: [...document.querySelectorAll<HTMLLinkElement>('link[rel=preload]')].map(({ href }) => name(href)).sort(),
    drawn: loaded
      .filter(
        ({ status, source }) => status === 'loaded' && source.includes('url(') && !source.includes('source-sans-more.'),
      )
      .map(({ source }) => name(/url\("([^"]+)"\)/.exec(source)![1]!))
      .sort(),
  };
}
