/** A static file server for a built site, on a free port of 127.0.0.1. */
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
};
const compressedAlready = ['.woff2', '.png', '.webp', '.ico'];

/** Quality 9, as a CDN does. */
const brotli = (bytes: Buffer): Buffer =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
const encoders = { br: brotli, gzip: gzipSync };

/** A response: its path, and its size in bytes without headers. */
export type LoggedResponse = { readonly path: string; readonly bytes: number };

/** A running server. */
export type Server = {
  readonly origin: string;
  /** The responses since the last call. */
  sent(): LoggedResponse[];
  close(): void;
};

/** How a site is served. */
export type Options = {
  /** The path that the site lies below. */
  readonly base?: string;
  /** How text is compressed; otherwise it is not. */
  readonly encoding?: keyof typeof encoders;
};

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/**
 * Serves a folder as hosts do: addresses with a slash at the end are `index.html`, those without an ending may be `.html`,
 * `_headers` and `_redirects` are not served, and what is missing is `404.html`. Files may not change meanwhile.
 */
export async function serve(folder: string, { base = '/', encoding }: Options = {}): Promise<Server> {
  const bodies = new Map<string, Buffer>();
  let log: LoggedResponse[] = [];
  const fileAt = (path: string): string | undefined => {
    if (!path.startsWith(base) || /\/_(?:headers|redirects)$/.test(path)) return undefined;
    const asked = join(folder, path.slice(base.length), path.endsWith('/') ? 'index.html' : '');
    return [asked, `${asked}.html`].find(isFile);
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const found = fileAt(path);
    const file = found ?? join(folder, '404.html');
    const compress =
      encoding !== undefined && !compressedAlready.includes(extname(file)) ? encoders[encoding] : undefined;
    if (!bodies.has(file)) {
      const bytes = isFile(file) ? readFileSync(file) : Buffer.alloc(0);
      bodies.set(file, compress?.(bytes) ?? bytes);
    }
    const body = bodies.get(file)!;
    log.push({ path, bytes: body.length });
    response.writeHead(found === undefined ? 404 : 200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      ...(compress && { 'content-encoding': encoding }),
    });
    response.end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent() {
      const responses = log;
      log = [];
      return responses;
    },
    close: () => server.close(),
  };
}
