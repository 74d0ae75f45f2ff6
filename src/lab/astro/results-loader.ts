/** Loads the results of experiments into Astro's content collection `results`, one entry an experiment. */
import { fileURLToPath } from 'node:url';
import type { Loader } from 'astro/loaders';
import { sha256 } from '../plan/task-key.ts';
import { loadAvailable, loadResults } from '../results/load-results.ts';
import { canonicalJson } from '../store/canonical-json.ts';
import { noteLoad, noteLoader } from './reload.ts';

/** The loader's name, by which the dev server makes it load again. */
export const loaderName = 'measured-results';

/**
 * An Astro content loader; the id of an entry is the experiment's name, its data an ExperimentResult. A build fails if
 * a result is missing or stale; the dev server shows the last good one and computes the new one (see dev.ts).
 */
export function resultsLoader(): Loader {
  noteLoader(loaderName);
  return {
    name: loaderName,
    async load({ config, store, watcher, logger }) {
      noteLoad(loaderName);
      const root = fileURLToPath(config.root);
      const results = await (watcher === undefined
        ? loadResults({ root })
        : loadAvailable(root, (text) => logger.error(text)));
      const names = new Set(results.map((result) => result.name));
      for (const id of store.keys()) if (!names.has(id)) store.delete(id);
      // The digest covers the measures, which may change without a key changing.
      for (const result of results) store.set({ id: result.name, data: result, digest: sha256(canonicalJson(result)) });
    },
  };
}
