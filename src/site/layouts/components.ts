/** The components that posts use by name: the package's, and the blog's own. The layout passes them to posts, which import nothing. */
import ownComponents from 'virtual:astro-measured/components';
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';

const files = import.meta.glob<{ default: AstroComponentFactory }>('../components/**/*.astro', { eager: true });

const nameOf = (path: string): string => path.replace(/^.*\/|\.astro$/g, '');

const named: Record<string, AstroComponentFactory> = Object.fromEntries([
  ...Object.entries(files).map(([path, file]) => [nameOf(path), file.default] as const),
  ...Object.entries(ownComponents).map(([path, component]) => [nameOf(path), component] as const),
]);

/** The components by tag; Markdown links become `SiteLink`. */
export const components: Record<string, AstroComponentFactory> = { ...named, a: named.SiteLink! };
