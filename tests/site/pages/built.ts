/** Access to the sites that `build.ts` builds for the tests of pages. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/** A built site: the base path it was built for, and the directory that a host would serve there. */
export type Site = { base: '/' | '/blog/'; dist: string };

export type Built = {
  sites: Site[];
  /** The directory of the blog itself, from its own posts and measured results. */
  blog: string;
  /** A site of posts in several scripts, with fonts for two of them, and the output of its build. */
  scripts: { dist: string; said: string };
};

declare module 'vitest' {
  interface ProvidedContext {
    /** The directory of all sites. */
    sites: string;
  }
}

/** The file that `build.ts` writes last: the sites, or the error. */
export const reportFile = (directory: string): string => join(directory, 'built.json');

/** Waits for the sites. Throws the output of a build that failed. */
export async function waitForSites(): Promise<Built> {
  const file = reportFile(inject('sites'));
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 200));
  const report = JSON.parse(readFileSync(file, 'utf8')) as { built: Built } | { failed: string };
  if ('failed' in report) throw new Error(report.failed);
  return report.built;
}

/** The site of tests/fixtures/site at the root of its host. */
export const siteAtRoot = async (): Promise<string> =>
  (await waitForSites()).sites.find(({ base }) => base === '/')!.dist;
