/**
 * A folder that is replaced as a whole, at the end of the work: the new one is made under a hidden name and renamed.
 *
 *     dist/  .dist.<id>.building/     beside it, where that is possible: two renames
 *     dist/.<id>.building/            within it, where it cannot move (a mounted volume): a rename for each entry
 *
 * `.<id>.lock` is held as long as the work goes on, so that what a killed one has left is known from what is in use.
 */
import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { tryLock, type Unlock } from './file-lock.ts';

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? error);

/** A folder to write in, and what to do with it at the end. */
export type Replacement = {
  /** Where the new content is to be written. */
  readonly building: string;
  /** Puts it in the place of the old. */
  finish(): void;
};

/** Whether something has that name, be it a link that leads nowhere. */
const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** The folder that `path` is or leads to. Throws where it is something else. */
function folderAt(path: string): string {
  if (!isThere(path)) return path;
  let real: string;
  try {
    real = realpathSync(path);
  } catch (error) {
    throw new Error(`${path} is a link that leads nowhere (${codeOf(error)}): make the folder, or remove the link`);
  }
  if (!statSync(real).isDirectory()) throw new Error(`${path} is no folder: move it away`);
  return real;
}

/** Whether `folder` can be renamed: tried with one within, which a border between file systems stops as well. */
function canMove(folder: string, probe: string): boolean {
  const inner = join(folder, basename(probe));
  try {
    mkdirSync(inner);
  } catch (error) {
    throw new Error(`${folder} cannot be written (${codeOf(error)}): make it yours, or remove it`);
  }
  try {
    renameSync(inner, probe);
    return true;
  } catch {
    return false;
  } finally {
    for (const path of [inner, probe]) rmSync(path, { recursive: true, force: true });
  }
}

/** Moves a file or folder over what may stand at `to`; false if it is not there. */
function move(from: string, to: string): boolean {
  try {
    rmSync(to, { recursive: true, force: true });
    renameSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

const entriesOf = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
};

/** The names that work gives: `.dist.<id>.lock` beside the folder, `.<id>.lock` within. */
const ownName = /^\.(?:(.+)\.)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(?:building|previous|lock)$/;

/** Ours within the folder, or a repository that the folder is a checkout of, which Astro keeps too. */
const stays = (name: string): boolean => name === '.git' || ownName.test(name);

/** Removes the old content, but the repository that it is a checkout of. */
function discard(previous: string, folder: string): void {
  const [from, to] = [join(previous, '.git'), join(folder, '.git')];
  if (isThere(from) && !isThere(to)) renameSync(from, to);
  rmSync(previous, { recursive: true, force: true });
}

/** Puts `building` beside `folder` in its place, whatever others do meanwhile; the last one to end stays. */
function swap(building: string, folder: string, previous: string): void {
  for (;;) {
    try {
      renameSync(folder, previous);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    try {
      renameSync(building, folder);
      return;
    } catch (error) {
      // Another was quicker: its content makes room in turn.
      if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') discard(previous, folder);
      else {
        if (isThere(previous)) renameSync(previous, folder);
        throw error;
      }
    }
  }
}

/** Moves what was taken away back. */
function bringBack(previous: string, folder: string): void {
  for (const name of entriesOf(previous)) if (name !== '.git') move(join(previous, name), join(folder, name));
}

/** The same for `building` within `folder`. */
function exchange(building: string, folder: string, previous: string): void {
  mkdirSync(previous);
  try {
    for (const name of entriesOf(folder)) if (!stays(name)) move(join(folder, name), join(previous, name));
    for (const name of entriesOf(building)) move(join(building, name), join(folder, name));
  } catch (error) {
    bringBack(previous, folder);
    throw error;
  }
}

/** Ends a lock and removes its file: first, where a file that is open can be, so that nobody gets one that is gone. */
function release(lock: string, unlock: Unlock): void {
  try {
    rmSync(lock, { force: true });
  } catch {
    // Windows: below.
  }
  unlock();
  rmSync(lock, { force: true });
}

/** Brings back what work that was killed has taken away and not replaced, and removes what it has left. */
function clear(folder: string, place: string, warn: (message: string) => void): void {
  const within = place === folder;
  for (const entry of entriesOf(place)) {
    const [, name, id] = ownName.exec(entry) ?? [];
    if (id === undefined || name !== (within ? undefined : basename(folder))) continue;
    const own = (kind: string) => join(place, `.${name === undefined ? '' : `${name}.`}${id}.${kind}`);
    const [lock, previous] = [own('lock'), own('previous')];
    const unlock = tryLock(lock);
    if (typeof unlock === 'string') continue;
    try {
      if (within) bringBack(previous, folder);
      else if (!isThere(folder) && isThere(previous)) renameSync(previous, folder);
      discard(previous, folder);
      rmSync(own('building'), { recursive: true, force: true });
    } catch (error) {
      warn(`what an earlier build left cannot be removed (${codeOf(error)}): remove ${own('*')}`);
    }
    release(lock, unlock);
  }
}

/** Brings back what a killed replacement of the folder at `path` has taken away, and removes what it has left. */
export function mendFolder(path: string, warn: (message: string) => void): void {
  const folder = folderAt(path);
  for (const place of [dirname(folder), folder]) clear(folder, place, warn);
}

/**
 * Begins to replace the folder at `path`, which may not exist, be a link to a folder, or be one that cannot move. Throws
 * where it could not be replaced in the end; `warn` hears what is left behind.
 */
export function replaceFolder(path: string, warn: (message: string) => void): Replacement {
  mendFolder(path, warn);
  const folder = folderAt(path);
  const beside = (id: string, kind: string) => join(dirname(folder), `.${basename(folder)}.${id}.${kind}`);
  const isWithin = isThere(folder) && !canMove(folder, beside(randomUUID(), 'building'));
  const name = (id: string, kind: string) => (isWithin ? join(folder, `.${id}.${kind}`) : beside(id, kind));
  let id: string;
  let unlock: ReturnType<typeof tryLock>;
  do {
    id = randomUUID();
    unlock = tryLock(name(id, 'lock'));
    // Another may have taken it for one that was left, between its making and its locking.
  } while (unlock === 'held' || (unlock !== 'unavailable' && !isThere(name(id, 'lock'))));
  const [building, previous, lock] = [name(id, 'building'), name(id, 'previous'), name(id, 'lock')];
  try {
    mkdirSync(building);
  } catch (error) {
    throw new Error(`${building} cannot be made (${codeOf(error)}): make ${dirname(building)} yours`);
  }
  const end = () => {
    rmSync(building, { recursive: true, force: true });
    if (typeof unlock === 'function') release(lock, unlock);
  };
  // A build that fails.
  process.once('exit', end);
  return {
    building,
    finish() {
      process.off('exit', end);
      if (isWithin) exchange(building, folder, previous);
      else swap(building, folder, previous);
      try {
        discard(previous, folder);
      } catch (error) {
        warn(`the site is in its place, but the last one cannot be removed (${codeOf(error)}): remove ${previous}`);
      }
      end();
    },
  };
}
