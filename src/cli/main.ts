#!/usr/bin/env node
/** The command `measured`: runs under the version of Node that the package names, on which results depend. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the installed Node and its version; undefined if it is not there. */
function ownNode(): { program: string; version: string } | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return { program: join(dirname(manifest), 'bin/node'), version };
  } catch {
    return undefined;
  }
}

const args = process.argv.slice(2);
const own = ownNode();
if (own === undefined || own.version === process.versions.node) {
  // Stripping types and compiling would take half of a short command's time.
  await import('../lab/compile-cache.ts');
  const { run } = await import('./run.ts');
  await run(args);
} else {
  const child = spawn(own.program, [fileURLToPath(import.meta.url), ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', () => {
    console.error(
      `Node ${own.version} is not installed: allow the package node its install script, and run npm install`,
    );
    process.exitCode = 1;
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
