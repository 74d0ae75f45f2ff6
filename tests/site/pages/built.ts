/** The sites that `build.ts` builds. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

/** A built site: the base path it was built for, and the directory that a host would serve there. */
export type Site = { base: '/' | '/blog/'; dist: string };

export type Built = {
  sites: Site[];
  /** The directory of the blog itself, from its own posts and measured results. */
  blog: string;
  /** A site of posts in several scripts, with fonts for two of them, and what its build said. */
  scripts: { dist: string; said: string };
};

declare module 'vitest' {
  interface ProvidedContext {
    /** The directory of all sites. */
    sites: string;
  }
}

/** Written last: the sites, or why there are none. */
export const reportFile = (directory: string): string => join(directory, 'built.json');

/** Waits for the sites. Throws what a build that failed said. */
export async function built(): Promise<Built> {
  const file = reportFile(inject('sites'));
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 200));
  const report = JSON.parse(readFileSync(file, 'utf8')) as { built: Built } | { failed: string };
  if ('failed' in report) throw new Error(report.failed);
  return report.built;
}

/** The site of tests/fixtures/site at the root of its host. */
export const siteAtRoot = async (): Promise<string> => (await built()).sites.find(({ base }) => base === '/')!.dist;
