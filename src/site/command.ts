/** Records whether Astro runs `dev` or `build`, and removes environment variables that would override it. */
import type { AstroIntegration } from 'astro';
import { sharedState } from '../lab/shared-state.ts';

const shared = sharedState<{ command?: string; server?: string }>('command', () => ({}));

/** Keys of `import.meta.env` that environment variables of the same name, which hosts may have set, would override. */
const overridable = ['DEV', 'PROD', 'SSR', 'MODE', 'SITE', 'BASE_URL', 'ASSETS_PREFIX'];

/** Whether the dev server runs, which shows drafts and reads everything anew for each page. */
export const isDev = (): boolean => shared.command === 'dev';

/** Whether `astro build` runs, rather than `astro check` or `astro sync`. */
export const isBuild = (): boolean => shared.command === 'build';

/** The dev server's origin on this machine, whatever address a browser uses. */
export const devServerOrigin = (): string => shared.server!;

/** Astro integration, must be first: records the command, and clears or sets the variables that Vite and Astro read. */
export function commandMode(): AstroIntegration {
  return {
    name: 'command-mode',
    hooks: {
      'astro:config:setup': ({ command }) => {
        shared.command = command;
        // Astro has read it already, so deleting it would have no effect.
        if (process.env.ASTRO_PERFORMANCE_BENCHMARK)
          throw new Error('ASTRO_PERFORMANCE_BENCHMARK is set, with which Astro leaves out parts of pages: unset it');
        for (const name of overridable) delete process.env[name];
        process.env.NODE_ENV = command === 'dev' ? 'development' : 'production';
      },
      'astro:server:start': ({ address: { address, family, port } }) => {
        const host = /^(?:::|0\.0\.0\.0)$/.test(address) ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
        shared.server = `http://${host}:${port}`;
      },
    },
  };
}
