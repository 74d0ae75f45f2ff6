/**
 * File locks that never go stale: SQLite takes a lock of the operating system, which releases it when the process ends,
 * however it ends. The file's content and age do not matter.
 */
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** SQLite's result codes (https://sqlite.org/rescode.html). */
const BUSY = 5;
const NOT_A_DATABASE = 26;

/** Releases a lock. */
export type Unlock = () => void;

/**
 * Takes the lock of `file`, which need not exist. `held`: another process, or another lock of this one, has it.
 * `unavailable`: the file cannot be written there, or its file system has no locks.
 */
export function tryLock(file: string): Unlock | 'held' | 'unavailable' {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    const held = database;
    // Nothing is written, so no journal file is needed.
    held.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return () => held.close();
  } catch (error) {
    database?.close();
    const code = (error as { errcode?: number }).errcode;
    if (code === BUSY) return 'held';
    if (code !== NOT_A_DATABASE) return 'unavailable';
  }
  // The file is no SQLite database, so nobody holds it as a lock: replace it.
  try {
    rmSync(file);
  } catch {
    return 'unavailable';
  }
  return tryLock(file);
}
