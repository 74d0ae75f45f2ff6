/** Writes `_headers` (Netlify, Cloudflare Pages): HTTP security headers, some of which a page's `<meta>` cannot set. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { site } from '../config.ts';
import { contentSecurityPolicy } from '../security/policy.ts';

/** The headers of every file: the policy, also for SVG and data; no framing by other sites; no sniffing of types. */
const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${contentSecurityPolicy(site, 'build')}; frame-ancestors 'self'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
};

/** Astro integration: writes them before the content of the blog's own `public/_headers`. */
export function writeHeaders(): AstroIntegration {
  return {
    name: 'headers',
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
