/** Builds that meet: two at once in one folder both end well, and what a killed one left is cleared away. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { command, copyOf, goodProject } from '../hostile/project.ts';

let good = '';
const folders: string[] = [];
beforeAll(async () => {
  good = await goodProject();
  folders.push(good);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function project(): string {
  const root = copyOf(good);
  folders.push(root);
  return root;
}

/** Every file below `dist`, by path. */
function pages(root: string): Record<string, string> {
  const files = readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  return Object.fromEntries(
    files
      .map((file) => join(file.parentPath, file.name))
      .sort()
      .map((path) => [path.slice(root.length), readFileSync(path, 'latin1')]),
  );
}

const besideDist = (root: string) => readdirSync(root).filter((name) => name.startsWith('.dist'));

test('two builds at once both succeed, and leave one whole site', async () => {
  const [alone, shared] = [project(), project()];
  expect(await command(alone, 'build')).toMatchObject({ code: 0 });
  const both = await Promise.all([command(shared, 'build'), command(shared, 'build')]);
  expect(
    both.map(({ code }) => code),
    both.map(({ output }) => output).join('\n'),
  ).toEqual([0, 0]);
  expect(pages(shared)).toEqual(pages(alone));
  expect(besideDist(shared)).toEqual([]);
});

test('a build clears what a killed one left, and nothing of one that still runs', async () => {
  const root = project();
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const mine = `.dist.${process.pid}.building`;
  for (const name of [`.dist.${dead}.building`, `.dist.${dead}.previous`, mine, `.other.${dead}.building`])
    mkdirSync(join(root, name, 'posts'), { recursive: true });
  expect(await command(root, 'build')).toMatchObject({ code: 0 });
  expect(besideDist(root)).toEqual([mine]);
  expect(existsSync(join(root, `.other.${dead}.building`))).toBe(true);
});
