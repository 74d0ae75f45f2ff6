/** Runs axe, an accessibility checker, on a page. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * Replaces drawn formulas by boxes of their size: they are thousands of elements, all hidden from assistive technology.
 */
function emptyFormulas(): void {
  const formulas = [...document.querySelectorAll<HTMLElement>('.katex-html[aria-hidden="true"]')];
  const sizes = formulas.map((formula) => formula.getBoundingClientRect());
  for (const [i, formula] of formulas.entries()) {
    formula.replaceChildren();
    formula.style.cssText = `display: inline-block; width: ${sizes[i]!.width}px; height: ${sizes[i]!.height}px`;
  }
}

/**
 * The violations, each with theme, rule and place: all rules in the first theme, the contrast rules in every theme. Empties
 * the page's formulas.
 */
export async function accessibilityFaults(page: Page, ...themes: ('light' | 'dark')[]): Promise<string[]> {
  await page.evaluate(emptyFormulas);
  await page.evaluate(axe.source);
  const faults: string[] = [];
  for (const [i, colorScheme] of themes.entries()) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(
      (rules) => (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'], ...rules }),
      i === 0 ? {} : { runOnly: ['color-contrast', 'link-in-text-block'] },
    );
    for (const { id, nodes } of violations)
      for (const { target, failureSummary } of nodes)
        faults.push(`${colorScheme}: ${id}: ${target.join(' ')}: ${failureSummary}`);
  }
  return faults;
}
