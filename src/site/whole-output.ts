/** A build that fails leaves the last good site alone: pages are written beside `dist/` and take its place when whole. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';
import { tryLock, type Unlock } from './file-lock.ts';
import { type Replacement, replaceFolder } from './replace-folder.ts';

/** How a wait goes on: tests have no time. */
export type Patience = {
  /** One look a tenth of a second: half a minute to each line, ten minutes in all. */
  readonly pause: () => Promise<void>;
  readonly looksToSay: number;
  readonly looks: number;
};

const patience: Patience = { pause: () => setTimeout(100), looksToSay: 300, looks: 6000 };

const ownerOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim() || 'another build';
  } catch {
    return 'another build';
  }
};

/**
 * Waits for builds here that are syncing content, which Astro writes through one temporary file. Gives the end of one's
 * own turn. `say` hears whom it waits for. Throws when the wait has no end.
 */
export async function turnToSync(
  root: string,
  say: (message: string) => void,
  { pause, looksToSay, looks }: Patience = patience,
): Promise<Unlock> {
  const turn = join(root, '.measured/syncing');
  const owner = `${turn}.by`;
  for (let look = 0; look < looks; look++) {
    // Where nothing can be written, builds do not wait.
    try {
      mkdirSync(dirname(turn), { recursive: true });
    } catch {
      return () => {};
    }
    const unlock = tryLock(turn);
    if (unlock === 'unavailable') return () => {};
    if (unlock !== 'held') {
      try {
        writeFileSync(owner, `process ${process.pid} on ${hostname()}`);
      } catch {
        // Others who wait will know less.
      }
      return unlock;
    }
    if (look % looksToSay === looksToSay / 10) say(`waits for ${ownerOf(owner)}, which reads the content of ${root}`);
    await pause();
  }
  throw new Error(
    `${relative(root, turn)} is held by ${ownerOf(owner)}, a build that reads the content of ${root} and does not end: end it, then build again`,
  );
}

/** Builds into a folder of this process, and renames it to `dist` at the very end. Must be the last integration. */
export function wholeOutput(): AstroIntegration {
  let endTurn: Unlock = () => {};
  let output: Replacement | undefined;
  return {
    name: 'whole-output',
    hooks: {
      'astro:config:setup': async ({ command, config, updateConfig, logger }) => {
        if (command !== 'build') return;
        output = replaceFolder(fileURLToPath(config.outDir).replace(/[\\/]$/, ''), (text) => logger.warn(text));
        updateConfig({ outDir: pathToFileURL(`${output.building}/`) });
        endTurn = await turnToSync(fileURLToPath(config.root), (text) => logger.info(text));
      },
      'astro:build:start': () => endTurn(),
      'astro:build:done': () => output?.finish(),
    },
  };
}
