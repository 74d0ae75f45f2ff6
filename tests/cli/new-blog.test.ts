/** `new blog` writes a blog: its files, where it takes the package from, and never over files that are there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../../src/cli/commands.ts';
import { repository, textsBelow } from '../helpers/files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

async function newBlog(root: string, ...words: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const context = { root, today: '2026-11-22', print: (line: string) => void lines.push(line) };
  return { code: await runCommand(['new', 'blog', ...words], context), said: lines.join('\n') };
}

test('a blog has what its commands need, and nothing is left of the template’s marks', async () => {
  const root = temporaryFolder();
  expect(await newBlog(root, 'my-blog')).toMatchObject({ code: 0, said: expect.stringContaining('npm install') });
  const files = textsBelow(root, 'my-blog');
  expect(Object.keys(files).map((path) => path.slice('my-blog/'.length))).toEqual([
    '.github/workflows/publish.yml',
    '.github/workflows/report.yml',
    '.gitignore',
    '.npmrc',
    'README.md',
    'astro.config.mjs',
    'experiments/coin-flips.charts.ts',
    'experiments/coin-flips.ts',
    'package.json',
    'posts/coin-flips.mdx',
    'posts/coin-flips.ts',
    'posts/references.bib',
    'src/content.config.ts',
    'tsconfig.json',
  ]);
  for (const [path, text] of Object.entries(files)) expect(text, path).not.toMatch(/\b(?:NAME|TITLE|SOURCE|DATE)\b/);
  expect(files['my-blog/posts/coin-flips.mdx']).toContain('date: 2026-11-22');
});

test('run from a checkout, the blog takes the package from there', async () => {
  const root = temporaryFolder();
  await newBlog(root, 'my-blog');
  const { dependencies } = JSON.parse(readFileSync(join(root, 'my-blog/package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const source = dependencies['astro-measured']!;
  expect(source).toMatch(/^file:/);
  expect(join(root, 'my-blog', source.slice('file:'.length))).toBe(join(repository));
});

test.each([
  ['it\'s "my" blog', 'It s my blog', 'it-s-my-blog'],
  ['数値', '数値', 'blog'],
  ['--', 'My blog', 'blog'],
])('a folder called %s', async (folder, title, name) => {
  const root = temporaryFolder();
  expect(await newBlog(root, '--', folder)).toMatchObject({ code: 0 });
  expect(readFileSync(join(root, folder, 'astro.config.mjs'), 'utf8')).toContain(`title: '${title}'`);
  expect(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))).toMatchObject({ name });
});

test.each([
  ['a folder with files', { 'my-blog/notes.txt': 'mine' }, 'my-blog has files already, such as notes.txt'],
  ['a file of that name', { 'my-blog': 'mine' }, 'my-blog is no folder'],
])('%s is left alone', async (_, files, said) => {
  const root = temporaryFolder(files);
  const before = textsBelow(root);
  expect(await newBlog(root, 'my-blog')).toEqual({ code: 1, said: `${said}; choose another name` });
  expect(textsBelow(root)).toEqual(before);
});

test('a folder with nothing but a git repository may become a blog', async () => {
  const root = temporaryFolder({ 'my-blog/.git/HEAD': 'ref: refs/heads/main\n' });
  expect((await newBlog(root, 'my-blog')).code).toBe(0);
});
