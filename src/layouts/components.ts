/** Every component of src/components by its name: the layout hands them to posts, which import nothing. */
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import Link from '../components/Link.astro';

const files = import.meta.glob<{ default: AstroComponentFactory }>('../components/*.astro', { eager: true });

const named = Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.astro$/g, ''), file.default]);

export const components: Record<string, AstroComponentFactory> = { ...Object.fromEntries(named), a: Link };
