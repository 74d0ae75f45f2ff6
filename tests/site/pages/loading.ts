/** Evaluated in a page: what happens while it loads. */

/** What moved while the page loaded, as a share of the window. */
export const shift = () =>
  new Promise<number>((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(sum), 200);
  });

/** The font files that a page asks for at its start, and those that it draws with; rarer letters may come later. */
export function fonts(): { asked: string[]; drawn: string[] } {
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
      .filter(({ status, source }) => status === 'loaded' && source.includes('url(') && !source.includes('-more.'))
      .map(({ source }) => name(/url\("([^"]+)"\)/.exec(source)![1]!))
      .sort(),
  };
}
