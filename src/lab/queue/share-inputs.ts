/** Puts what a worker needs into the shared store: a task's code and data files, by their SHA-256. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { normalizedContent } from '../data-files/line-endings.ts';
import type { TaskRequest } from '../run/worker.ts';
import type { SharedStore } from '../store/store.ts';

/** A function that shares the inputs of a task, each content once. It rejects if the store does not take one. */
export function inputSharing(root: string, store: SharedStore): (request: TaskRequest) => Promise<void> {
  const contents = new Map<string, Promise<void>>();
  const share = (digest: string, read: () => Promise<Uint8Array>): Promise<void> => {
    const sent = contents.get(digest) ?? read().then((content) => store.put('cas', digest, content));
    contents.set(digest, sent);
    return sent;
  };
  return async ({ task, code, data }) => {
    await share(task.inputs.code, async () => Buffer.from(code));
    for (const [name, path] of Object.entries(data))
      await share(task.inputs.data[name]!, async () => normalizedContent(path, await readFile(join(root, path))));
  };
}
