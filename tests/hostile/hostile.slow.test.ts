/**
 * Whatever an author gets wrong: the command fails, the message leads to the place, the last good pages stand, and the
 * cache keeps what it had.
 */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { charts } from '../fixtures/broken/charts.ts';
import { commandLine, config } from '../fixtures/broken/config.ts';
import { dataFiles } from '../fixtures/broken/data-files.ts';
import { experiments } from '../fixtures/broken/experiments.ts';
import { frontMatter, images } from '../fixtures/broken/front-matter.ts';
import { imports } from '../fixtures/broken/imports.ts';
import { labels, tex } from '../fixtures/broken/maths.ts';
import { components, mdx } from '../fixtures/broken/mdx.ts';
import { measures, records } from '../fixtures/broken/records.ts';
import { type Broken, type Command, command, copyOf, goodProject, lay, precious } from './project.ts';

const TABLES: readonly [area: string, command: Command, cases: readonly Broken[]][] = [
  ['front matter', 'build', frontMatter],
  ['images', 'build', images],
  ['MDX', 'build', mdx],
  ['components', 'build', components],
  ['TeX', 'build', tex],
  ['labels', 'build', labels],
  ['charts', 'build', charts],
  ['config', 'build', config],
  ['command line', 'experiments', commandLine],
  ['experiments', 'experiments', experiments],
  ['records', 'experiments', records],
  ['measures', 'build', measures],
  ['data files', 'experiments', dataFiles],
  ['import', 'import', imports],
];

let good = '';
const folders: string[] = [];
beforeAll(async () => {
  good = await goodProject();
  folders.push(good);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function attempt(name: Command, { files = {}, args = [] }: Omit<Broken, 'name' | 'says'>) {
  const root = copyOf(good);
  folders.push(root);
  const before = precious(root);
  lay(root, files);
  const outcome = await command(root, name, args);
  const after = precious(root);
  return { ...outcome, lost: [...before].filter(([path, bytes]) => after.get(path) !== bytes).map(([path]) => path) };
}

test('there are at least sixty ways', () => {
  expect(TABLES.flatMap(([, , cases]) => cases).length).toBeGreaterThanOrEqual(60);
});

test('the good blog builds', async () => {
  const { code, output, lost } = await attempt('build', {});
  expect(code, output).toBe(0);
  expect(lost).toEqual(['dist/index.html']);
});

describe.concurrent.each(TABLES)('%s', (_, name, cases) => {
  test.each(cases)('$name', async ({ says, ...rest }) => {
    const { code, output, lost } = await attempt(name, rest);
    for (const words of says) expect(output).toMatch(words);
    expect(code).not.toBe(0);
    expect(lost).toEqual([]);
  });
});
