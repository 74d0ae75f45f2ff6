/** Compiles posts again in dev if what they were made of besides their text has changed. */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { forgetModules } from '../../lab/astro/reload.ts';
import { markdownFileAt } from '../links/link-targets.ts';
import { decodeAddress } from '../links/safe-url.ts';
import { outdatedPosts } from './markdown.ts';

/** Astro integration: before the dev server makes a page or a feed, it forgets the posts that are to be compiled again. */
export function compileAgain(): AstroIntegration {
  let base = '';
  let linked: readonly string[] = [];
  return {
    name: 'compile-again',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/$/, '');
        linked = [config.publicDir, new URL('pages/', config.srcDir)].map((folder) => fileURLToPath(folder));
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, _, next) => {
          const path = decodeAddress((request.url ?? '').split('?')[0]!);
          if (/(?:\/|\.xml|\.json)$/.test(path)) {
            const below = path.startsWith(base) ? path.slice(base.length) : path;
            const outdated = outdatedPosts(markdownFileAt(below, process.cwd()));
            if (outdated.size > 0) forgetModules(server, (id) => outdated.has(id.split('?')[0]!));
          }
          next();
        });
        // Other folders have watchers that do the same.
        for (const event of ['add', 'unlink'])
          server.watcher.on(event, (path: string) => {
            if (linked.some((folder) => path.startsWith(folder))) server.ws.send({ type: 'full-reload' });
          });
      },
    },
  };
}
