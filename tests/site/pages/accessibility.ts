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

/**
 * Each fault with its theme, its rule and its place: every rule in the first of the themes, those of contrast in all. The
 * page's formulas are empty after it.
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
