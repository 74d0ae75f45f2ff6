/** Finds Chromium for the tests, if it is installed. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const withWindows = '/usr/bin/chromium';
const shell = '/usr/bin/chromium-headless-shell';
const find = (programs: readonly string[]) => process.env.CHROMIUM ?? programs.find(existsSync) ?? withWindows;
// The shell, which has no windows and is a package of its own, opens a page in a third of the time.
const executablePath = find([shell, withWindows]);

/** Whether Chromium is installed; with MEASURED_REQUIRE_BROWSER=1 its absence is an error. */
export const hasBrowser = existsSync(executablePath);
if (!hasBrowser && process.env.MEASURED_REQUIRE_BROWSER === '1') throw new Error(`no browser at ${executablePath}`);
if (!hasBrowser) console.warn(`browser tests skipped: no browser at ${executablePath}; set CHROMIUM`);

/** Launches it, with letters as wide as on screens. */
export function launch(program = executablePath): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'];
  return chromium.launch({ executablePath: program, args });
}

/** Launches the browser that has windows, if it is installed: it takes pictures of pages in another way than its shell. */
export const launchWithWindows = (): Promise<Browser> => launch(find([withWindows, shell]));
