/**
 * A store of results that machines share, laid out as Bazel's HTTP cache: `/ac/<key>` holds the entry of a task, as the
 * local cache does, and `/cas/<sha256>` a bundle or a data file. Nothing in it is trusted: readers check what they get.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from '../errors.ts';
import { folderStore } from './folder-store.ts';
import { httpStore } from './http-store.ts';
import type { SharedStore } from './store.ts';

export type { SharedStore, StorePart } from './store.ts';

/** The environment variable with the token that lets a process write to a store. */
export const tokenVariable = 'MEASURED_CACHE_TOKEN';

/** The token as a header can hold it; undefined if it is empty, as a secret that a CI run may not see is. */
function checkedToken(text: string | undefined): string | undefined {
  const token = text?.trim() || undefined;
  // A name and password are encoded; the message must not show the token.
  if (token === undefined || token.includes(':') || /^[\x21-\x7e]+$/.test(token)) return token;
  throw new LabError(`${tokenVariable} has a space or another character that no token has`);
}

/**
 * Opens the store at `address`: an address of http or https, or a folder (relative to `root`) that machines share.
 * `token` is what may write over HTTP. Nothing is asked yet. Throws LabError for an address of another kind.
 */
export function openStore(root: string, address: string, token: string | undefined): SharedStore {
  const [, scheme] = /^([a-z][a-z\d+.-]+):/i.exec(address) ?? [];
  if (scheme === undefined) return folderStore(resolve(root, address));
  const expected = 'a store of results is an address of http or https, or a folder';
  if (!/^(?:https?|file)$/i.test(scheme) || !URL.canParse(address)) throw new LabError(`${address}: ${expected}`);
  const url = new URL(address);
  if (url.username !== '' || url.password !== '')
    throw new LabError(`${url.host}: the address of a store has no password in it: put it into ${tokenVariable}`);
  if (/[?#]/.test(address)) throw new LabError(`${address}: ${expected}, without ? and #`);
  if (url.protocol !== 'file:') return httpStore(url, checkedToken(token));
  if (url.host !== '') throw new LabError(`${address}: the folder of a store is file:///path, or the path alone`);
  return folderStore(fileURLToPath(url));
}
