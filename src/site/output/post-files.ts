/** Publishes the files beside posts that pages link to, each under a name with a hash of its content. */
import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { sharedState } from '../../lab/shared-state.ts';
import { decodeAddress } from '../links/safe-url.ts';
import { mediaType } from './media-types.ts';

/** The files by the paths at which they are published. */
const published = sharedState('published-files', () => new Map<string, string>());

/** A file name that is readable in a URL: letters of any script, digits, `_.-`; at most 200 bytes, as disks require. */
function readableName(name: string): string {
  let short = [...name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-')];
  while (Buffer.byteLength(short.join('')) > 200) short = short.slice(0, -1);
  return short.join('').replace(/^[-.]+|[-.]+$/g, '') || 'file';
}

/** Registers `file`, a path relative to the build's folder, and returns the path at which it is published. */
export function publishPostFile(file: string): `/${string}` {
  const extension = extname(file);
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 8);
  const ending = extension.replace(/[^A-Za-z\d]/g, '');
  const path = `/_astro/${readableName(basename(file, extension))}.${hash}${ending && `.${ending}`}` as const;
  published.set(path, resolve(file));
  return path;
}

/** Astro integration: copies the registered files into the built site; the dev server serves them. */
export function publishPostFiles(): AstroIntegration {
  let base = '/';
  return {
    name: 'post-files',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/$/, '');
        published.clear();
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const path = decodeAddress((request.url ?? '').split('?')[0]!);
          const file = published.get(path.startsWith(base) ? path.slice(base.length) : path) ?? published.get(path);
          if (file === undefined) return next();
          response.setHeader('content-type', mediaType(file));
          createReadStream(file).on('error', next).pipe(response);
        });
      },
      'astro:build:done': ({ dir }) => {
        for (const [path, file] of published) {
          const copy = join(fileURLToPath(dir), path);
          mkdirSync(dirname(copy), { recursive: true });
          copyFileSync(file, copy);
        }
      },
    },
  };
}
