/** A build that fails leaves the last good site alone: pages are written beside `dist/` and take its place when whole. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Builds into `.dist.building`, and renames it to `dist` at the very end. Must be the last integration. */
export function wholeOutput(): AstroIntegration {
  let wanted = '';
  return {
    name: 'whole-output',
    hooks: {
      'astro:config:setup': ({ command, config, updateConfig }) => {
        if (command !== 'build') return;
        wanted = fileURLToPath(config.outDir).replace(/[\\/]$/, '');
        const building = join(dirname(wanted), `.${basename(wanted)}.building`);
        updateConfig({ outDir: pathToFileURL(`${building}/`) });
      },
      'astro:build:done': ({ dir }) => {
        const previous = join(dirname(wanted), `.${basename(wanted)}.previous`);
        rmSync(previous, { recursive: true, force: true });
        if (existsSync(wanted)) renameSync(wanted, previous);
        renameSync(fileURLToPath(dir), wanted);
        rmSync(previous, { recursive: true, force: true });
      },
    },
  };
}
