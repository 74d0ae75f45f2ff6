/** The collection `results`: one entry an experiment, as Astro's content layer reads it. */
import { fileURLToPath } from 'node:url';
import type { Loader } from 'astro/loaders';
import { canonical } from './canonical.ts';
import { sha256 } from './key.ts';
import { loaderName } from './loader-name.ts';
import { loadAvailable, loadResults } from './stored.ts';

/**
 * An Astro content loader; the id of an entry is the experiment's name, its data an ExperimentResult. A build fails if
 * a result is missing or stale; the dev server shows the last good one and computes the new one (see dev.ts).
 */
export function resultsLoader(): Loader {
  return {
    name: loaderName,
    async load({ config, store, watcher, logger }) {
      const root = fileURLToPath(config.root);
      const results = await (watcher === undefined
        ? loadResults({ root })
        : loadAvailable(root, (text) => logger.error(text)));
      const names = new Set(results.map((result) => result.name));
      for (const id of store.keys()) if (!names.has(id)) store.delete(id);
      // The digest covers the measures too, which may change while no key does.
      for (const result of results) store.set({ id: result.name, data: result, digest: sha256(canonical(result)) });
    },
  };
}
