/** `_headers`, which Netlify, Cloudflare Pages and others send with each file: what a page's `<meta>` cannot say. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { site } from './config.ts';
import { contentSecurityPolicy } from './policy.ts';

/** The headers of every file: the policy for drawings and data too, no frames of other sites, no guessing of types. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${contentSecurityPolicy(site, 'build')}; frame-ancestors 'self'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
};

/** Astro integration: writes them before what the blog's own `public/_headers` says. */
export function sendHeaders(): AstroIntegration {
  return {
    name: 'send-headers',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const file = join(fileURLToPath(dir), '_headers');
        const own = existsSync(file) ? `\n${readFileSync(file, 'utf8')}` : '';
        const lines = Object.entries(securityHeaders).map(([name, value]) => `  ${name}: ${value}\n`);
        writeFileSync(file, `/*\n${lines.join('')}${own}`);
      },
    },
  };
}
