/** Publishes the results of tasks as `/ac/<key>`, so that the site is a store of results from which others build it. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { cacheFile } from '../../lab/project.ts';
import { sharedState } from '../../lab/shared-state.ts';

/** Experiment and key of each task whose result the site was built from; the page of the manifest sets them. */
export const publishedResults = sharedState<{ tasks: readonly (readonly [string, string])[] }>(
  'publishedResults',
  () => ({ tasks: [] }),
);

/** Astro integration: copies their entries out of the cache. */
export function publishResults(): AstroIntegration {
  let root = '';
  return {
    name: 'publish-results',
    hooks: {
      'astro:config:done': ({ config }) => {
        root = fileURLToPath(config.root);
      },
      'astro:build:done': async ({ dir }) => {
        const folder = join(fileURLToPath(dir), 'ac');
        const { tasks } = publishedResults;
        if (tasks.length > 0) await mkdir(folder, { recursive: true });
        await Promise.all(tasks.map(([name, key]) => copyFile(cacheFile(root, name, key), join(folder, key))));
      },
    },
  };
}
