/** A build that fails leaves the last good site alone: pages are written beside `dist/` and take its place when whole. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Whether a process of that number runs here. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM'; // somebody else's
  }
}

/** Removes what builds that were killed have left: `.dist.<pid>.building` of a process that is no more. */
function clearStale(wanted: string): void {
  const name = basename(wanted);
  for (const entry of readdirSync(dirname(wanted))) {
    const [, owner, pid] = /^\.(.+)\.(\d+)\.(?:building|previous)$/.exec(entry) ?? [];
    if (owner !== name || isRunning(Number(pid))) continue;
    rmSync(join(dirname(wanted), entry), { recursive: true, force: true });
  }
}

/** Puts `built` in the place of `wanted`, whatever other builds do meanwhile; the last one to end stays. */
function takePlace(built: string, wanted: string, previous: string): void {
  for (;;) {
    try {
      renameSync(wanted, previous);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    try {
      renameSync(built, wanted);
      break;
    } catch (error) {
      // Another build was quicker: its pages make room in turn.
      if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
      rmSync(previous, { recursive: true, force: true });
    }
  }
  rmSync(previous, { recursive: true, force: true });
}

/** Waits for builds here that are syncing content, which Astro writes through one temporary file. Gives the end of one's own turn. */
async function turnToSync(root: string): Promise<() => void> {
  const turn = join(root, '.measured/syncing');
  for (;;) {
    try {
      mkdirSync(dirname(turn), { recursive: true });
      writeFileSync(turn, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      // Where nothing can be written, builds do not wait.
      if (codeOf(error) !== 'EEXIST') return () => {};
    }
    await setTimeout(25);
    try {
      const pid = Number(readFileSync(turn, 'utf8'));
      if (pid > 0 && !isRunning(pid)) rmSync(turn, { force: true });
    } catch {
      // It ended meanwhile.
    }
  }
  const end = () => rmSync(turn, { force: true });
  process.once('exit', end);
  return () => {
    process.off('exit', end);
    end();
  };
}

/** Builds into a folder of this process, and renames it to `dist` at the very end. Must be the last integration. */
export function wholeOutput(): AstroIntegration {
  let wanted = '';
  let endTurn = () => {};
  const own = (kind: 'building' | 'previous') => join(dirname(wanted), `.${basename(wanted)}.${process.pid}.${kind}`);
  return {
    name: 'whole-output',
    hooks: {
      'astro:config:setup': async ({ command, config, updateConfig }) => {
        if (command !== 'build') return;
        wanted = fileURLToPath(config.outDir).replace(/[\\/]$/, '');
        updateConfig({ outDir: pathToFileURL(`${own('building')}/`) });
        endTurn = await turnToSync(fileURLToPath(config.root));
      },
      'astro:build:start': () => {
        endTurn();
        clearStale(wanted);
      },
      'astro:build:done': ({ dir }) => takePlace(fileURLToPath(dir), wanted, own('previous')),
    },
  };
}
