/** A file beside a post is published under its own name, in any script, with a hash. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withSiteLinks } from '../../src/site/links/site-links.ts';
import { publishPostFile } from '../../src/site/output/post-files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test.each([
  ['plot data.csv', /^\/_astro\/plot-data\.[\da-f]{8}\.csv$/],
  ['図1.png', /^\/_astro\/図1\.[\da-f]{8}\.png$/],
  ['схема (2).pdf', /^\/_astro\/схема-2\.[\da-f]{8}\.pdf$/],
  ['e\u0301.PDF', /^\/_astro\/é\.[\da-f]{8}\.PDF$/],
  ['🚀.pdf', /^\/_astro\/file\.[\da-f]{8}\.pdf$/],
  [`${'図'.repeat(80)}.csv`, /^\/_astro\/図{66}\.[\da-f]{8}\.csv$/],
])('%s', (name, path) => {
  expect(publishPostFile(join(temporaryFolder({ [name]: 'x' }), name))).toMatch(path);
});

test('its address is percent-encoded', () => {
  const writer = { href: (path: string) => `/sub${path}`, publish: () => '/_astro/図1.png' as const };
  expect(withSiteLinks({ href: 'file:posts/x.png#a' }, writer)).toEqual({ href: '/sub/_astro/%E5%9B%B31.png#a' });
});
