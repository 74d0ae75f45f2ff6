/**
 * Vite plugin: what this package imports is found where the package lies. A built page would look for it from the blog's
 * folder, where package managers other than npm put only what the blog itself asks for.
 */
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const packageSources = fileURLToPath(new URL('..', import.meta.url));

/** Astro itself and its integrations, some of whose modules exist only in a bundle. */
const ofAstro = /^(?:astro|@astrojs\/mdx)(?:$|[/:])/;

/** The plugin. Packages in JavaScript stay outside of the bundle, under their absolute paths; style sheets are bundled. */
export function externalPackages() {
  return {
    name: 'astro-measured-packages',
    enforce: 'pre',
    apply: 'build',
    resolveId(id: string, importer?: string) {
      const isPackage = /^[\w@][^:]*$/.test(id) && !isBuiltin(id) && !ofAstro.test(id);
      if (!isPackage || importer === undefined || !importer.startsWith(packageSources)) return undefined;
      const file = fileURLToPath(import.meta.resolve(id));
      return { id: file, external: /\.[cm]?js$/.test(file) };
    },
  } satisfies Plugin;
}
