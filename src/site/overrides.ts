/** Vite plugin: the blog's own layouts, components and style sheets take the place of the package's of the same name. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const packageFolder = fileURLToPath(new URL('.', import.meta.url));
const pathOf = (id: string): string => id.split('?')[0]!;
const isWithin = (folder: string, file: string): boolean => file.startsWith(folder);

/** The files of the package that a blog may replace, by their paths in it. */
const replaceable = /^(?:components|layouts|styles)[\\/][^\\/]+\.(?:astro|css)$/;

/** Whether a file in the folder `source` of a blog, there or not, takes the place of one of the package. */
export function replacesPart(source: string, file: string): boolean {
  const name = relative(source, file);
  return replaceable.test(name) && existsSync(join(packageFolder, name));
}

/** The module that exports the blog's own components by path, for posts. */
const ownComponents = 'virtual:astro-measured/components';

/**
 * The plugin for a blog whose sources are in the folder `source`. Only what the package itself imports is replaced, so
 * that `src/layouts/Post.astro` may import `astro-measured/layouts/Post.astro` and add to it.
 */
export function overrides(source: string): Plugin {
  let root = '';
  return {
    name: 'astro-measured-overrides',
    enforce: 'pre',
    configResolved: (config) => {
      root = config.root;
      // The dev server also serves fonts of the package and of KaTeX, which may lie outside of the blog.
      config.server.fs.allow.push(packageFolder, dirname(createRequire(import.meta.url).resolve('katex/package.json')));
    },
    async resolveId(id, importer, options) {
      if (id === ownComponents) return `\0${id}`;
      if (importer === undefined || !isWithin(packageFolder, pathOf(importer))) return undefined;
      const found = await this.resolve(id, importer, { ...options, skipSelf: true });
      if (!found || !isWithin(packageFolder, pathOf(found.id))) return undefined;
      const name = relative(packageFolder, pathOf(found.id));
      if (!replaceable.test(name)) return undefined;
      const own = join(source, name);
      return existsSync(own) ? found.id.replace(pathOf(found.id), own) : undefined;
    },
    load(id) {
      if (id !== `\0${ownComponents}`) return undefined;
      const folder = `/${relative(root, join(source, 'components')).replaceAll(sep, '/')}`;
      return `export default import.meta.glob('${folder}/*.astro', { eager: true, import: 'default' });`;
    },
  };
}
