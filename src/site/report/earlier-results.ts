/** The published results of an experiment, from the cache or a store, if they are still there. */
import { readFile } from 'node:fs/promises';
import { cacheFile } from '../../lab/project.ts';
import { readEarlier } from '../../lab/store/cache.ts';
import type { SharedStore } from '../../lab/store/store.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** The text of a task's entry in the cache of the project, else in the store. */
async function entryOf(root: string, name: string, key: string, store: SharedStore | undefined) {
  const local = await readFile(cacheFile(root, name, key), 'utf8').catch(() => undefined);
  if (local !== undefined) return local;
  const shared = await store?.get('ac', key).catch(() => undefined);
  return shared && Buffer.from(shared).toString();
}

/** The flat table of records of the tasks `keys`; undefined if one of them is nowhere, or damaged. */
export async function earlierRecords(
  root: string,
  name: string,
  keys: readonly string[],
  store: SharedStore | undefined,
): Promise<Rows | undefined> {
  const rows: Record<string, unknown>[] = [];
  for (const key of keys) {
    const text = await entryOf(root, name, key, store);
    const entry = text === undefined ? undefined : readEarlier(text, key);
    if (entry === undefined) return undefined;
    const { params, seeds } = entry.inputs;
    rows.push(...entry.records.map((record, i) => ({ ...params, seed: seeds[i], ...record })));
  }
  return rows;
}
