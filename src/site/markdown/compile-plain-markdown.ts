/** Vite plugin: compiles posts and pages in plain Markdown as those in MDX are, so that plugins and components are the same. */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

/** The plugins of @astrojs/mdx that compile a file. */
const compilers = ['@mdx-js/rolldown', '@astrojs/mdx-postprocess'];

/** The plugin for the Markdown files below `folders`. */
export function compilePlainMarkdown(folders: readonly string[]): Plugin {
  const escaped = folders.map((folder) => folder.replaceAll('\\', '/').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const path = `^(?:${escaped.join('|')}).*\\.md`;
  const files = new RegExp(`${path}$`);
  // Of a file, Astro also asks for its styles alone, and replaces what is loaded.
  const loaded = new RegExp(`${path}(?:\\?astroPropagatedAssets)?$`);
  return {
    name: 'astro-measured-plain-markdown',
    configResolved({ plugins }) {
      for (const name of compilers) {
        const transform = plugins.find((each) => each.name === name)?.transform;
        if (typeof transform !== 'object' || !transform.filter) throw new Error(`@astrojs/mdx has no plugin ${name}`);
        transform.filter.id = [/\.mdx$/, files];
      }
    },
    // Before Astro's, which would make HTML of it.
    load: { order: 'pre', filter: { id: loaded }, handler: (id) => readFile(id.split('?')[0]!, 'utf8') },
  };
}
