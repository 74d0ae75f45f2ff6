/** A blog that turns the built-in pages off builds: whatever would lead to one of them is there without a link. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { blogConfiguration } from '../../helpers/blog.ts';
import { repository, textsBelow } from '../../helpers/files.ts';
import { createBlog, runProjectCommand } from '../../invalid-input/project.ts';
import { pages } from './files.ts';

const post = `---
title: A post
date: 2026-01-02
---

The mean was <Value of="dice.six" format=".2f" />. <Claim of="dice.six" within={[2, 5]}>It is about three.</Claim>

<Chart of="dice" show="means">Means.</Chart>
`;
const off = '{ archive: false, experiments: false, claims: false, notation: false, about: false }';

test('every built-in page may be turned off, with posts that measure and claim', async () => {
  const root = createBlog({
    ...textsBelow(join(repository, 'tests/fixtures/site'), 'experiments'),
    'astro.config.mjs': blogConfiguration(`pages: ${off},`),
    'posts/post.mdx': post,
  });
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const step of ['experiments', 'build'] as const)
    expect(await runProjectCommand(root, step)).toMatchObject({ code: 0 });
  for (const page of ['archive', 'experiments', 'claims', 'notation', 'about'])
    expect(existsSync(join(root, 'dist', page)), page).toBe(false);
  const all = pages(join(root, 'dist'));
  expect(all.map(({ path }) => path)).toContain('posts/post/');
  for (const { path, html } of all)
    expect(html, path).not.toMatch(/href="\/(?:archive|experiments|claims|notation|about)\//);
});
