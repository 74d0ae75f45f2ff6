/** Atomic output: builds write to a temporary folder that replaces `dist/` at the end, so a failed one changes nothing. */
import { mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';
import { tryLock, type Unlock } from './file-lock.ts';
import { type DirectorySwap, swapDirectory } from './swap-directory.ts';

/** How to wait for the lock; tests pass a `pause` that takes no time. */
export type LockOptions = {
  readonly pause: () => Promise<void>;
  /** Attempts from one message to the next, and in all. */
  readonly looksToSay: number;
  readonly looks: number;
};

/** An attempt every 0.1 s, a message every 30 s, 10 minutes in all. */
const defaultOptions: LockOptions = { pause: () => setTimeout(100), looksToSay: 300, looks: 6000 };

const ownerOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim() || 'another build';
  } catch {
    return 'another build';
  }
};

/**
 * Waits until no other build in `root` syncs content, which Astro writes through one temporary file, and returns the
 * function that releases the lock. `say` gets a message about who holds it. Throws when the time is up.
 */
export async function acquireSyncLock(
  root: string,
  say: (message: string) => void,
  { pause, looksToSay, looks }: LockOptions = defaultOptions,
): Promise<Unlock> {
  const lockFile = join(root, '.measured/syncing');
  const ownerFile = `${lockFile}.by`;
  for (let attempt = 0; attempt < looks; attempt++) {
    // A read-only folder needs no lock.
    try {
      mkdirSync(dirname(lockFile), { recursive: true });
    } catch {
      return () => {};
    }
    const unlock = tryLock(lockFile);
    if (unlock === 'unavailable') return () => {};
    if (unlock !== 'held') {
      try {
        writeFileSync(ownerFile, `process ${process.pid} on ${hostname()}`);
      } catch {
        // Only the messages of waiting builds need it.
      }
      return unlock;
    }
    if (attempt % looksToSay === looksToSay / 10)
      say(`waits for ${ownerOf(ownerFile)}, which reads the content of ${root}`);
    await pause();
  }
  throw new Error(
    `${relative(root, lockFile)} is held by ${ownerOf(ownerFile)}, a build that reads the content of ${root} and does not end: end it, then build again`,
  );
}

/** A disk with fewer free bytes counts as full: a page or a bundle may be larger. */
const LEAST_FREE = 2 ** 20;

/** A message if one of the disks is full, which Astro and Vite report unclearly or not at all; else empty. */
function fullDiskMessage(folders: readonly string[]): string {
  for (const folder of folders) {
    try {
      const { bavail, bsize } = statfsSync(folder);
      if (bavail * bsize < LEAST_FREE)
        return `the disk of ${folder} is full (${Math.floor((bavail * bsize) / 1024)} kB are free): make room, then build again\n`;
    } catch {
      // The folder is missing, or its file system does not report free space.
    }
  }
  return '';
}

/** Astro integration, must be last: builds into a folder of this process, and renames it to `dist` at the very end. */
export function atomicOutput(): AstroIntegration {
  let releaseSyncLock: Unlock = () => {};
  let output: DirectorySwap | undefined;
  let folders: string[] = [];
  const explain = () => process.stderr.write(fullDiskMessage(folders));
  return {
    name: 'atomic-output',
    hooks: {
      'astro:config:setup': async ({ command, config, updateConfig, logger }) => {
        if (command !== 'build') return;
        folders = [fileURLToPath(config.root), dirname(fileURLToPath(config.outDir))];
        // Registered before the exit handler of `swapDirectory`, which frees space.
        process.once('exit', explain);
        output = swapDirectory(fileURLToPath(config.outDir).replace(/[\\/]$/, ''), (text) => logger.warn(text));
        updateConfig({ outDir: pathToFileURL(`${output.building}/`) });
        releaseSyncLock = await acquireSyncLock(fileURLToPath(config.root), (text) => logger.info(text));
      },
      'astro:build:start': () => releaseSyncLock(),
      'astro:build:done': () => {
        output?.finish();
        process.off('exit', explain);
      },
    },
  };
}
