/** The collection `results`: one entry an experiment, as Astro's content layer reads it. */
import { fileURLToPath } from 'node:url';
import type { Loader } from 'astro/loaders';
import { loadResults } from './stored.ts';

/** An Astro content loader; the id of an entry is the experiment's name, its data an ExperimentResult. */
export function resultsLoader(): Loader {
  return {
    name: 'measured-results',
    async load({ config, store }) {
      const results = await loadResults({ root: fileURLToPath(config.root) });
      store.clear();
      for (const result of results) store.set({ id: result.name, data: result, digest: result.key });
    },
  };
}
