/** A static file server on 127.0.0.1 that logs the size of every response. */
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** A response: its path, and its size in bytes without headers. */
export type LoggedResponse = { readonly path: string; readonly bytes: number };

export type Host = {
  readonly url: string;
  /** The responses since the last call. */
  sent(): LoggedResponse[];
  close(): void;
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const COMPRESSED_ALREADY = new Set(['.woff2', '.png', '.ico']);

/** Serves `folder`; text is compressed with Brotli at quality 9, as a CDN does. */
export async function host(folder: string): Promise<Host> {
  const files = new Map<string, Buffer>();
  let log: LoggedResponse[] = [];
  const server = createServer((request, response) => {
    let path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    if (path.endsWith('/')) path += 'index.html';
    let file = join(folder, path);
    if (extname(file) === '' && statSync(`${file}.html`, { throwIfNoEntry: false })) file += '.html';
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
      log.push({ path, bytes: 0 });
      response.writeHead(404).end();
      return;
    }
    const type = extname(file);
    const plain = COMPRESSED_ALREADY.has(type);
    if (!files.has(file)) {
      const bytes = readFileSync(file);
      const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
      files.set(file, plain ? bytes : brotliCompressSync(bytes, { params }));
    }
    const body = files.get(file)!;
    log.push({ path, bytes: body.length });
    response.writeHead(200, {
      'content-type': TYPES[type] ?? 'application/octet-stream',
      ...(plain ? {} : { 'content-encoding': 'br' }),
    });
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent() {
      const responses = log;
      log = [];
      return responses;
    },
    close: () => server.close(),
  };
}
