/** What axe finds wrong with a page. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Formulas as they are drawn are thousands of elements that are hidden from assistive technology: boxes of their size stand for them. */
function emptyFormulas(): void {
  const formulas = [...document.querySelectorAll<HTMLElement>('.katex-html[aria-hidden="true"]')];
  const sizes = formulas.map((formula) => formula.getBoundingClientRect());
  for (const [i, formula] of formulas.entries()) {
    formula.replaceChildren();
    formula.style.cssText = `display: inline-block; width: ${sizes[i]!.width}px; height: ${sizes[i]!.height}px`;
  }
}

/** Each fault with its rule and its place. The page's formulas are empty after it. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(emptyFormulas);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
