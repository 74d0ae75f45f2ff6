/** What a build bundles of the packages that this one imports: Astro's own modules, and nothing of the others. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { externalPackages } from '../../src/site/external-packages.ts';

const importer = fileURLToPath(new URL('../../src/site/content.ts', import.meta.url));
const { resolveId } = externalPackages();

// Shiki has three hundred grammars, which would all be bundled.
test.each(['@astrojs/markdown-remark/shiki', '@astrojs/rss', 'shiki/langs', 'culori', 'zod'])(
  '%s stays outside',
  (id) => {
    expect(resolveId(id, importer)).toMatchObject({ external: true });
  },
);

test.each(['astro/zod', 'astro:content', '@astrojs/mdx/server.js', 'node:fs', './posts.ts'])(
  '%s is Astro’s to resolve',
  (id) => {
    expect(resolveId(id, importer)).toBeUndefined();
  },
);

test('what a blog imports is Astro’s to resolve', () => {
  expect(resolveId('@astrojs/rss', '/blog/src/pages/feed.ts')).toBeUndefined();
});
