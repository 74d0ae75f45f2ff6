/**
 * Replaces a folder as a whole: the new content is written under a hidden name and renamed at the end.
 *
 *     dist/  .dist.<id>.building/     beside the folder, if possible: two renames
 *     dist/.<id>.building/            within it, if it cannot be renamed (a mounted volume): a rename for each entry
 *
 * `.<id>.lock` is locked while the process runs, to tell what killed processes have left from what is in use.
 */
import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { tryLock, type Unlock } from './file-lock.ts';

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? error);

/** A folder to write in, and what to do with it at the end. */
export type DirectorySwap = {
  /** Where the new content is to be written. */
  readonly building: string;
  /** Replaces the old content by it. */
  finish(): void;
};

/** Whether a path exists, even as a broken link. */
const exists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** `path` with links resolved. Throws an Error if it is a broken link or no folder; it need not exist. */
function folderAt(path: string): string {
  if (!exists(path)) return path;
  let real: string;
  try {
    real = realpathSync(path);
  } catch (error) {
    throw new Error(`${path} is a link that leads nowhere (${codeOf(error)}): make the folder, or remove the link`);
  }
  if (!statSync(real).isDirectory()) throw new Error(`${path} is no folder: move it away`);
  return real;
}

/** Whether `folder` can be renamed. Tests by moving a folder out of it, which fails across file systems too. */
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

/** Moves a file or folder and replaces what is at `to`; false if `from` does not exist. */
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

/** Names of temporary entries: `.dist.<id>.lock` beside the folder, `.<id>.lock` within. */
const temporaryName = /^\.(?:(.+)\.)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(?:building|previous|lock)$/;

/** Whether an entry of the folder must stay: temporary ones, and `.git` of a checkout, which Astro keeps too. */
const mustStay = (name: string): boolean => name === '.git' || temporaryName.test(name);

/** Removes the old content, but moves its `.git` to the new. */
function discard(previous: string, folder: string): void {
  const [from, to] = [join(previous, '.git'), join(folder, '.git')];
  if (exists(from) && !exists(to)) renameSync(from, to);
  rmSync(previous, { recursive: true, force: true });
}

/** Replaces `folder` by `building` beside it; of concurrent builds the last to finish wins. */
function replaceByRename(building: string, folder: string, previous: string): void {
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
      // Another build was quicker: replace its content in turn.
      if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') discard(previous, folder);
      else {
        if (exists(previous)) renameSync(previous, folder);
        throw error;
      }
    }
  }
}

/** Moves the old content back. */
function restoreEntries(previous: string, folder: string): void {
  for (const name of entriesOf(previous)) if (name !== '.git') move(join(previous, name), join(folder, name));
}

/** Replaces the entries of `folder` by those of `building` within it. */
function replaceEntries(building: string, folder: string, previous: string): void {
  mkdirSync(previous);
  try {
    for (const name of entriesOf(folder)) if (!mustStay(name)) move(join(folder, name), join(previous, name));
    for (const name of entriesOf(building)) move(join(building, name), join(folder, name));
  } catch (error) {
    restoreEntries(previous, folder);
    throw error;
  }
}

/** Releases a lock. Its file is removed before, where open files can be, so that no other process locks it meanwhile. */
function release(lock: string, unlock: Unlock): void {
  try {
    rmSync(lock, { force: true });
  } catch {
    // Windows cannot remove an open file: it is removed below.
  }
  unlock();
  rmSync(lock, { force: true });
}

/** Restores what killed processes have moved away, and removes their temporary entries in `place`. */
function cleanUp(folder: string, place: string, warn: (message: string) => void): void {
  const within = place === folder;
  for (const entry of entriesOf(place)) {
    const [, name, id] = temporaryName.exec(entry) ?? [];
    if (id === undefined || name !== (within ? undefined : basename(folder))) continue;
    const pathOf = (kind: string) => join(place, `.${name === undefined ? '' : `${name}.`}${id}.${kind}`);
    const [lock, previous] = [pathOf('lock'), pathOf('previous')];
    const unlock = tryLock(lock);
    if (typeof unlock === 'string') continue;
    try {
      if (within) restoreEntries(previous, folder);
      else if (!exists(folder) && exists(previous)) renameSync(previous, folder);
      discard(previous, folder);
      rmSync(pathOf('building'), { recursive: true, force: true });
    } catch (error) {
      warn(`what an earlier build left cannot be removed (${codeOf(error)}): remove ${pathOf('*')}`);
    }
    release(lock, unlock);
  }
}

/** Restores the folder at `path` if a process was killed while replacing it, and removes what it has left. */
export function restoreDirectory(path: string, warn: (message: string) => void): void {
  const folder = folderAt(path);
  for (const place of [dirname(folder), folder]) cleanUp(folder, place, warn);
}

/**
 * Begins to replace the folder at `path`, which may be missing, a link to a folder, or impossible to rename. Throws an
 * Error if it could not be replaced at the end; `warn` gets messages about what could not be removed.
 */
export function swapDirectory(path: string, warn: (message: string) => void): DirectorySwap {
  restoreDirectory(path, warn);
  const folder = folderAt(path);
  const beside = (id: string, kind: string) => join(dirname(folder), `.${basename(folder)}.${id}.${kind}`);
  const isWithin = exists(folder) && !canMove(folder, beside(randomUUID(), 'building'));
  const name = (id: string, kind: string) => (isWithin ? join(folder, `.${id}.${kind}`) : beside(id, kind));
  let id: string;
  let unlock: ReturnType<typeof tryLock>;
  do {
    id = randomUUID();
    unlock = tryLock(name(id, 'lock'));
    // Another process may take the new file for a leftover and remove it before it is locked: try again.
  } while (unlock === 'held' || (unlock !== 'unavailable' && !exists(name(id, 'lock'))));
  const [building, previous, lock] = [name(id, 'building'), name(id, 'previous'), name(id, 'lock')];
  try {
    mkdirSync(building);
  } catch (error) {
    throw new Error(`${building} cannot be made (${codeOf(error)}): make ${dirname(building)} yours`);
  }
  const cleanUpOwn = () => {
    rmSync(building, { recursive: true, force: true });
    if (typeof unlock === 'function') release(lock, unlock);
  };
  // For builds that fail.
  process.once('exit', cleanUpOwn);
  return {
    building,
    finish() {
      process.off('exit', cleanUpOwn);
      if (isWithin) replaceEntries(building, folder, previous);
      else replaceByRename(building, folder, previous);
      try {
        discard(previous, folder);
      } catch (error) {
        warn(`the site is in its place, but the last one cannot be removed (${codeOf(error)}): remove ${previous}`);
      }
      cleanUpOwn();
    },
  };
}
