/**
 * Mistakes of authors, from tests/fixtures/broken: the command fails, its message names the place, and the pages of the last
 * build and the cached results are unchanged.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
import { writeFiles } from '../helpers/files.ts';
import {
  type BrokenCase,
  type Command,
  copyToTempFolder,
  createValidProject,
  readProtectedFiles,
  runProjectCommand,
} from './project.ts';

/** Each table with the command it is run by. A build reports all errors of a stage, so the posts of one stage share a build. */
const TABLES: readonly [area: string, command: Command, cases: readonly BrokenCase[], stage?: string][] = [
  ['front matter', 'build', frontMatter, 'reading'],
  ['images', 'build', images, 'images'],
  ['MDX', 'build', mdx, 'compiling'],
  ['components', 'build', components, 'rendering'],
  ['TeX', 'build', tex, 'compiling'],
  ['labels', 'build', labels, 'compiling'],
  ['charts', 'build', charts, 'rendering'],
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
  good = await createValidProject();
  folders.push(good);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function attempt(name: Command, { files = {}, args = [] }: Omit<BrokenCase, 'name' | 'says'>) {
  const root = copyToTempFolder(good);
  folders.push(root);
  const before = readProtectedFiles(root);
  writeFiles(root, files);
  // Run the renamed experiments of charts in a shared build first.
  if (name === 'build' && Object.keys(files).some((file) => /^experiments\/penny\w+\.ts$/.test(file)))
    await runProjectCommand(root, 'experiments');
  const outcome = await runProjectCommand(root, name, args);
  const after = readProtectedFiles(root);
  return {
    ...outcome,
    lost: [...before].filter(([path, bytes]) => !after.get(path)?.equals(bytes)).map(([path]) => path),
  };
}

/** Whether a case is only a post and its charts, so that it can share a build with others. */
const isShared = ({ files = {}, alone }: BrokenCase): boolean =>
  !alone && Object.keys(files).every((file) => file === 'posts/wrong.mdx' || file === 'experiments/penny.charts.ts');

/** Renames the files of a case so that they are unique in a shared build; adds the experiment of its charts. */
function renamed(
  { files = {}, says }: BrokenCase,
  id: string,
): Pick<BrokenCase, 'says'> & { files: Record<string, string> } {
  const charts = 'experiments/penny.charts.ts' in files;
  const rename = (text: string) => {
    const moved = text.replaceAll('wrong.mdx', `wrong${id}.mdx`);
    return charts ? moved.replaceAll(/\bpenny\b/g, `penny${id}`) : moved;
  };
  const experiment = { [`experiments/penny${id}.ts`]: readFileSync(join(good, 'experiments/penny.ts'), 'utf8') };
  const own = Object.entries(files).map(([path, text]) => [rename(path), rename(String(text))] as const);
  return {
    files: { ...Object.fromEntries(own), ...(charts ? experiment : {}) },
    says: says.map((words) => (typeof words === 'string' ? rename(words) : words)),
  };
}

type Attempt = Awaited<ReturnType<typeof attempt>>;
const builds = new Map<string, Promise<Attempt>>();

/** The shared build of all posts of a stage. */
function buildOf(stage: string): Promise<Attempt> {
  const of = TABLES.flatMap(([area, , cases, its]) =>
    its === stage ? cases.flatMap((each, i) => (isShared(each) ? [renamed(each, idOf(area, i)).files] : [])) : [],
  );
  const build = builds.get(stage) ?? attempt('build', { files: Object.assign({}, ...of) });
  builds.set(stage, build);
  return build;
}

const idOf = (area: string, i: number): string => `${area.replaceAll(' ', '')}${i}`;

/** The errors in the output about the case with this id. */
const errorsAbout = (output: string, id: string): string =>
  output
    .split(/\n(?! )/)
    .filter((part) => new RegExp(`${id}\\b`).test(part) && !part.includes('[WARN]'))
    .join('\n');

test('there are at least sixty cases', () => {
  expect(TABLES.flatMap(([, , cases]) => cases).length).toBeGreaterThanOrEqual(60);
});

test('the valid blog builds', async () => {
  const { code, output, lost } = await attempt('build', {});
  expect(code, output).toBe(0);
  expect(lost).toEqual(['dist/index.html']);
});

describe.concurrent.each(TABLES)('%s', (area, name, cases, stage) => {
  test.each(cases.map((each, i) => ({ ...each, i })))('$name', async ({ i, ...each }) => {
    const sharesBuild = stage !== undefined && isShared(each);
    const id = idOf(area, i);
    const { code, output, lost } = sharesBuild ? await buildOf(stage) : await attempt(name, each);
    const said = sharesBuild ? errorsAbout(output, id) : output;
    for (const words of sharesBuild ? renamed(each, id).says : each.says) expect(said).toMatch(words);
    expect(code).not.toBe(0);
    expect(lost).toEqual([]);
  });
});
