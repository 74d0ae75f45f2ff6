/** What a shared store can do, whichever it is. */

/** The two parts of a store: results by task key, and contents by their own SHA-256. */
export type StorePart = 'ac' | 'cas';

/** A store of results that machines share. */
export type SharedStore = {
  /** Its address as messages show it. */
  readonly address: string;
  /** Whether this process may write to it. */
  readonly writable: boolean;
  /** What is stored under a key; undefined if nothing is. Rejects with the reason if the store cannot say. */
  get(part: StorePart, key: string): Promise<Uint8Array | undefined>;
  /** Stores content. Rejects with the reason if it cannot. */
  put(part: StorePart, key: string, content: Uint8Array): Promise<void>;
};

/** Bytes that one content of each part may have: some dozen results are in memory at once. */
export const contentLimits: Readonly<Record<StorePart, number>> = { ac: 2 ** 25, cas: 2 ** 28 };
