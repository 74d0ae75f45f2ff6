/** The browser of the tests, and whether this machine has one. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** False where there is none, unless MEASURED_REQUIRE_BROWSER=1 makes that an error. */
export const hasBrowser = existsSync(executablePath);
if (!hasBrowser && process.env.MEASURED_REQUIRE_BROWSER === '1') throw new Error(`no browser at ${executablePath}`);
if (!hasBrowser) console.warn(`browser tests skipped: no browser at ${executablePath}; set CHROMIUM`);

export function launch(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
}
