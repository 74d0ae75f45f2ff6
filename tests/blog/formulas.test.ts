/** The formulas of this blog's posts lose half of KaTeX's elements, and no letter. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseOptions } from '../../src/site/option-problems.ts';
import { writtenOptions } from '../../src/site/options.ts';
import { repository } from '../helpers/files.ts';
import { expectLighter } from '../math/lighter.ts';
import '../../astro.config.mjs';

const posts = readdirSync(join(repository, 'posts')).filter((file) => file.endsWith('.mdx'));
const written = posts.flatMap((file) =>
  [...readFileSync(join(repository, 'posts', file), 'utf8').matchAll(/\$\$\n([\s\S]*?)\n\$\$|\$([^$\n]+)\$/g)].map(
    ([, block, inline]) => (block ?? inline!).replace(/\\(?:label|ref|eqref)\{[^}]*\}/g, ''),
  ),
);
const parsed = parseOptions(writtenOptions.last);

test('the options of this blog have no problem', () => {
  expect(parsed).toHaveProperty('settings');
});

test('no formula of a post loses a letter or gains an element, and together they lose half', () => {
  if ('problems' in parsed) throw new Error('the options have problems');
  expect(written.length).toBeGreaterThan(100);
  expect(expectLighter(written, parsed.settings.macros)).toBeLessThan(0.55);
});
