/** Finds Chromium for the tests, if it is installed. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Whether Chromium is installed; with MEASURED_REQUIRE_BROWSER=1 its absence is an error. */
export const hasBrowser = existsSync(executablePath);
if (!hasBrowser && process.env.MEASURED_REQUIRE_BROWSER === '1') throw new Error(`no browser at ${executablePath}`);
if (!hasBrowser) console.warn(`browser tests skipped: no browser at ${executablePath}; set CHROMIUM`);

/** Launches it. */
export function launch(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
}
