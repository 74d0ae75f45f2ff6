/** A shared store in a folder, such as one on a network disk. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorReason, writeAtomic } from './cache.ts';
import { contentLimits, type SharedStore } from './store.ts';

/** The store in `folder`, which is made when something is first written. */
export function folderStore(folder: string): SharedStore {
  return {
    address: folder,
    writable: true,
    async get(part, key) {
      const file = join(folder, part, key);
      try {
        const { size } = await stat(file);
        if (size > contentLimits[part]) throw new Error(`a file has more than ${contentLimits[part]} bytes`);
        return await readFile(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw new Error(errorReason(error), { cause: error });
      }
    },
    async put(part, key, content) {
      const file = join(folder, part, key);
      try {
        // Contents that are named by their digest never change: another machine may have written them.
        if (part === 'cas' && (await stat(file).catch(() => undefined))?.size === content.length) return;
        await writeAtomic(file, content);
      } catch (error) {
        throw new Error(errorReason(error), { cause: error });
      }
    },
  };
}
