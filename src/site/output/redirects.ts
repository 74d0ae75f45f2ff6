/** Old addresses of posts, `redirectFrom`: pages that lead to the new ones without a script, and `_redirects` for hosts that read it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin } from 'vite';
import { sharedState } from '../../lab/shared-state.ts';
import { site } from '../config.ts';
import { escapeHtml } from '../escape-html.ts';
import { decodeAddress } from '../links/safe-url.ts';
import { contentSecurityPolicy } from '../security/policy.ts';

/** A post that old addresses lead to: its path, its file, its title as text, its language. */
type RedirectTarget = {
  readonly path: `/${string}`;
  readonly file: string;
  readonly title: string;
  readonly language: string;
};

/** The posts by their old paths below the site's base. */
const redirects = sharedState('redirects', () => new Map<string, RedirectTarget>());

/** Records the old addresses of all published posts, in the place of those before. */
export function setRedirects(all: readonly (readonly [from: readonly string[], to: RedirectTarget])[]): void {
  redirects.clear();
  for (const [from, to] of all) for (const path of from) redirects.set(decodeAddress(path).normalize('NFC'), to);
}

/** The file of the page at an old path, `old/index.html`; undefined for one that is no page, such as `/feed.php`. */
export function redirectFile(path: string): string | undefined {
  if (/\.html?$/.test(path)) return path.slice(1);
  if (/\.[^/]*$/.test(path)) return undefined;
  return `${path.replace(/^\/|\/$/g, '')}/index.html`;
}

/** A page that leads to `to`, under the policy of all pages. */
function redirectPage(to: string, canonical: string, { title, language }: RedirectTarget): string {
  const name = escapeHtml(title);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentSecurityPolicy(site, 'build'))}">
<meta name="viewport" content="width=device-width">
<title>${name}</title>
<link rel="canonical" href="${escapeHtml(canonical)}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=${escapeHtml(to)}">
</head>
<body>
<p><a href="${escapeHtml(to)}">${name}</a></p>
</body>
</html>
`;
}

/** Writes the pages and the lines of `_redirects` into the built site `dist`. Throws an Error if a page is there already. */
export function writeRedirects(dist: string, base: string, origin: string): void {
  const root = base.replace(/\/$/, '');
  const all = [...redirects].sort(([a], [b]) => (a < b ? -1 : 1));
  const problems: string[] = [];
  for (const [path, target] of all) {
    const name = redirectFile(path);
    if (name === undefined) continue;
    const file = join(dist, name);
    if (existsSync(file)) problems.push(`${target.file}: redirectFrom: ${path} is a page of the site`);
    else {
      mkdirSync(dirname(file), { recursive: true });
      const to = encodeURI(root + target.path);
      writeFileSync(file, redirectPage(to, new URL(to, origin).href, target));
    }
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  if (all.length === 0) return;
  // The rules of the blog's own `public/_redirects` come first.
  const file = join(dist, '_redirects');
  const own = existsSync(file) ? `${readFileSync(file, 'utf8').trimEnd()}\n` : '';
  const lines = all.map(([path, { path: to }]) => `${encodeURI(root + path)} ${encodeURI(root + to)} 301\n`);
  writeFileSync(file, own + lines.join(''));
}

/** Where the dev server leads a request, as a host does with the pages at the old addresses: with or without final slash, ending or `index.html`. */
export function redirectOf(url: string, base: string): string | undefined {
  const root = base.replace(/\/$/, '');
  const path = decodeAddress(url.split('?')[0]!).normalize('NFC');
  const below = (path.startsWith(root) ? path.slice(root.length) : path).replace(/\/index\.html$/, '/');
  const ways = [below, `${below}/`, below.replace(/\/$/, ''), `${below}.html`];
  const target = ways.map((each) => redirects.get(each)).find((each) => each !== undefined);
  return target && encodeURI(root + target.path);
}

/** Vite plugin that answers in the dev server, before Astro refuses addresses without a final slash. */
const redirectPlugin = (base: () => string): Plugin => ({
  name: 'redirects',
  enforce: 'post',
  configureServer: (server) => () => {
    server.middlewares.stack.unshift({
      route: '',
      handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => {
        const location = redirectOf(request.url ?? '', base());
        if (location === undefined) return next();
        response.writeHead(302, { location });
        response.end();
      },
    });
  },
});

/** Astro integration, after the checks of the built site: writes the redirects; the dev server answers with them. */
export function publishRedirects(): AstroIntegration {
  let base = '/';
  let origin = 'https://example.org';
  return {
    name: 'redirects',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({ vite: { plugins: [redirectPlugin(() => base)] } });
      },
      'astro:config:done': ({ config }) => {
        base = config.base;
        origin = config.site ?? origin;
        redirects.clear();
      },
      'astro:build:done': ({ dir }) => writeRedirects(fileURLToPath(dir), base, origin),
    },
  };
}
