/** All components of src/site/components by name. The layout passes them to posts, which import nothing. */
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';

const files = import.meta.glob<{ default: AstroComponentFactory }>('../components/*.astro', { eager: true });

const named: Record<string, AstroComponentFactory> = Object.fromEntries(
  Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.astro$/g, ''), file.default]),
);

/** The components by tag; Markdown links become `SiteLink`. */
export const components: Record<string, AstroComponentFactory> = { ...named, a: named.SiteLink! };
