/** An error in a post fails the build, with a message that names file, line and column. */
import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { createBlog, runProjectCommand } from '../../invalid-input/project.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The output of the failing build of a blog with this one post; throws if it succeeds. */
async function failedBuild(post: string): Promise<string> {
  const root = createBlog({ 'posts/wrong.mdx': post });
  folders.push(root);
  const { code, output } = await runProjectCommand(root, 'build');
  if (code === 0) throw new Error(`the build succeeded:\n${output}`);
  return output;
}

test('an invalid field, invalid TeX and an unknown citation are all reported with file, line and column', async () => {
  const said = await failedBuild(
    '---\ntitle: [1]\ndate: 2026-11-22\n---\n\nAs $a + \\nope$.\n\nAs [@nobody2020] found.\n',
  );
  expect(said).toContain('posts/wrong.mdx:2:8: title: expected text, found ["1"]: write title: A title');
  expect(said).toContain('posts/wrong.mdx:6:9: Undefined control sequence: \\nope');
  expect(said).toContain('posts/wrong.mdx:8:5: [@nobody2020]: no such entry');
});
