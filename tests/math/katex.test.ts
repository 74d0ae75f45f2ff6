/** Style sheet, fonts and markup come from one KaTeX. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

test('the KaTeX of this project is the one that rehype-katex sets with', () => {
  const ours = createRequire(import.meta.url);
  const theirs = createRequire(ours.resolve('rehype-katex'));
  expect(theirs.resolve('katex/dist/katex.css')).toBe(ours.resolve('katex/dist/katex.css'));
});
