/** The project and rehype-katex use the same copy of KaTeX, so style sheet, fonts and markup fit together. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

test('the KaTeX of this project is the one that rehype-katex sets with', () => {
  const ours = createRequire(import.meta.url);
  const theirs = createRequire(ours.resolve('rehype-katex'));
  expect(theirs.resolve('katex/dist/katex.css')).toBe(ours.resolve('katex/dist/katex.css'));
});
