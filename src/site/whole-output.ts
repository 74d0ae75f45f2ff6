/** A build that fails leaves the last good site alone: pages are written beside `dist/` and take its place when whole. */
import { mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
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

/** With fewer bytes than this a disk is full: a page or the code that makes it may be larger. */
const LEAST_FREE = 2 ** 20;

/** What to say of a build that failed where a disk is full, which the tools under it say in their own ways or not at all. */
function fullDisk(folders: readonly string[]): string {
  for (const folder of folders) {
    try {
      const { bavail, bsize } = statfsSync(folder);
      if (bavail * bsize < LEAST_FREE)
        return `the disk of ${folder} is full (${Math.floor((bavail * bsize) / 1024)} kB are free): make room, then build again\n`;
    } catch {
      // It is not there, or its file system does not say.
    }
  }
  return '';
}

/** Builds into a folder of this process, and renames it to `dist` at the very end. Must be the last integration. */
export function wholeOutput(): AstroIntegration {
  let endTurn: Unlock = () => {};
  let output: Replacement | undefined;
  let folders: string[] = [];
  const explain = () => process.stderr.write(fullDisk(folders));
  return {
    name: 'whole-output',
    hooks: {
      'astro:config:setup': async ({ command, config, updateConfig, logger }) => {
        if (command !== 'build') return;
        folders = [fileURLToPath(config.root), dirname(fileURLToPath(config.outDir))];
        // Before the output's own, which makes room.
        process.once('exit', explain);
        output = replaceFolder(fileURLToPath(config.outDir).replace(/[\\/]$/, ''), (text) => logger.warn(text));
        updateConfig({ outDir: pathToFileURL(`${output.building}/`) });
        endTurn = await turnToSync(fileURLToPath(config.root), (text) => logger.info(text));
      },
      'astro:build:start': () => endTurn(),
      'astro:build:done': () => {
        output?.finish();
        process.off('exit', explain);
      },
    },
  };
}
