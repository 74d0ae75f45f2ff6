/** Files beside posts that pages lead to: each is published under a name that holds a hash of it, once a page asks. */
import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

// Astro bundles the pages, so that they hold a copy of this module of their own: both look here.
const place = Symbol.for('measured.published-files');
const shared = globalThis as { [place]?: Map<string, string> };

/** The files by the paths that they are published at. */
function published(): Map<string, string> {
  shared[place] ??= new Map();
  return shared[place];
}

/** A name that stays readable in any address: letters of all scripts, as posts have them, no more than a disk takes. */
function readable(name: string): string {
  let short = [...name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-')];
  while (Buffer.byteLength(short.join('')) > 200) short = short.slice(0, -1);
  return short.join('').replace(/^[-.]+|[-.]+$/g, '') || 'file';
}

/** Percent-encoding undone; what is no encoding stays. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The path at which the site has `file`, named from the folder of the build on. */
export function publish(file: string): `/${string}` {
  const extension = extname(file);
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 8);
  const ending = extension.replace(/[^A-Za-z\d]/g, '');
  const path = `/_astro/${readable(basename(file, extension))}.${hash}${ending && `.${ending}`}` as const;
  published().set(path, resolve(file));
  return path;
}

/** Types that browsers show or play rather than save. */
const types: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.vtt': 'text/vtt; charset=utf-8',
  '.pdf': 'application/pdf',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
};

/** Astro integration: copies the files that the built pages ask for; the dev server hands them out. */
export function publishFiles(): AstroIntegration {
  let base = '/';
  return {
    name: 'publish-files',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/$/, '');
        published().clear();
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const path = decoded((request.url ?? '').split('?')[0]!);
          const file = published().get(path.startsWith(base) ? path.slice(base.length) : path) ?? published().get(path);
          if (file === undefined) return next();
          response.setHeader('content-type', types[extname(file).toLowerCase()] ?? 'application/octet-stream');
          createReadStream(file).on('error', next).pipe(response);
        });
      },
      'astro:build:done': ({ dir }) => {
        for (const [path, file] of published()) {
          const copy = join(fileURLToPath(dir), path);
          mkdirSync(dirname(copy), { recursive: true });
          copyFileSync(file, copy);
        }
      },
    },
  };
}
