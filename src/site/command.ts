/** What differs while writing follows the command, `dev` or `build`: whatever the environment says, a build is what is published. */
import type { AstroIntegration } from 'astro';

// Astro bundles the pages, so that they hold a copy of this module of their own: both look here.
const place = Symbol.for('measured.command');
const serverPlace = Symbol.for('measured.dev-server');
const shared = globalThis as { [place]?: string; [serverPlace]?: string };

/** What code asks of `import.meta.env`; Astro lets variables of these names, which hosts may well have, answer first. */
const asked = ['DEV', 'PROD', 'SSR', 'MODE', 'SITE', 'BASE_URL', 'ASSETS_PREFIX'];

/** Whether the dev server asks, which shows drafts and reads everything anew for each page. */
export const isDev = (): boolean => shared[place] === 'dev';

/** Whether the site is being built, rather than only its types or its content looked at. */
export const isBuild = (): boolean => shared[place] === 'build';

/** The origin that the dev server answers at on this machine, whatever address a browser reaches it by. */
export const devServer = (): string => shared[serverPlace]!;

/** Astro integration, the first: notes the command, and makes Vite and Astro follow it where they look at the environment. */
export function followCommand(): AstroIntegration {
  return {
    name: 'follow-command',
    hooks: {
      'astro:config:setup': ({ command }) => {
        shared[place] = command;
        // Read by Astro as it starts, so that it is too late to remove it.
        if (process.env.ASTRO_PERFORMANCE_BENCHMARK)
          throw new Error('ASTRO_PERFORMANCE_BENCHMARK is set, with which Astro leaves out parts of pages: unset it');
        for (const name of asked) delete process.env[name];
        process.env.NODE_ENV = command === 'dev' ? 'development' : 'production';
      },
      'astro:server:start': ({ address: { address, family, port } }) => {
        const host = /^(?:::|0\.0\.0\.0)$/.test(address) ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
        shared[serverPlace] = `http://${host}:${port}`;
      },
    },
  };
}
