/**
 * Whatever an author gets wrong: the command fails, the message leads to the place, the last good pages stand, and the
 * cache keeps what it had.
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
import { type Broken, type Command, command, copyOf, goodProject, lay, precious } from './project.ts';

/** Each table with the command that meets it. Builds name every error of a stage, so that posts of one stage share a build. */
const TABLES: readonly [area: string, command: Command, cases: readonly Broken[], stage?: string][] = [
  ['front matter', 'build', frontMatter, 'reading'],
  ['images', 'build', images],
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
  // Experiments of charts that share a build.
  if (name === 'build' && Object.keys(files).some((file) => /^experiments\/coin\w+\.ts$/.test(file)))
    await command(root, 'experiments');
  const outcome = await command(root, name, args);
  const after = precious(root);
  return { ...outcome, lost: [...before].filter(([path, bytes]) => after.get(path) !== bytes).map(([path]) => path) };
}

/** Whether a case is one post, or one post and its charts, which can stand beside others. */
const isShared = ({ files = {}, alone }: Broken): boolean =>
  !alone && Object.keys(files).every((file) => file === 'posts/wrong.mdx' || file === 'experiments/coin.charts.ts');

/** A case under names that no other case has, with the experiment of its charts. */
function renamed({ files = {}, says }: Broken, id: string): Pick<Broken, 'says'> & { files: Record<string, string> } {
  const charts = 'experiments/coin.charts.ts' in files;
  const rename = (text: string) => {
    const moved = text.replaceAll('wrong.mdx', `wrong${id}.mdx`);
    return charts ? moved.replaceAll(/\bcoin\b/g, `coin${id}`) : moved;
  };
  const experiment = { [`experiments/coin${id}.ts`]: readFileSync(join(good, 'experiments/coin.ts'), 'utf8') };
  const own = Object.entries(files).map(([path, text]) => [rename(path), rename(String(text))] as const);
  return {
    files: { ...Object.fromEntries(own), ...(charts ? experiment : {}) },
    says: says.map((words) => (typeof words === 'string' ? rename(words) : words)),
  };
}

type Attempt = Awaited<ReturnType<typeof attempt>>;
const builds = new Map<string, Promise<Attempt>>();

/** The one build of all posts of a stage. */
function buildOf(stage: string): Promise<Attempt> {
  const of = TABLES.flatMap(([area, , cases, its]) =>
    its === stage ? cases.flatMap((each, i) => (isShared(each) ? [renamed(each, idOf(area, i)).files] : [])) : [],
  );
  const build = builds.get(stage) ?? attempt('build', { files: Object.assign({}, ...of) });
  builds.set(stage, build);
  return build;
}

const idOf = (area: string, i: number): string => `${area.replaceAll(' ', '')}${i}`;

/** What the output says of the case with this id, without warnings. */
const errorsAbout = (output: string, id: string): string =>
  output
    .split(/\n(?! )/)
    .filter((part) => new RegExp(`${id}\\b`).test(part) && !part.includes('[WARN]'))
    .join('\n');

test('there are at least sixty ways', () => {
  expect(TABLES.flatMap(([, , cases]) => cases).length).toBeGreaterThanOrEqual(60);
});

test('the good blog builds', async () => {
  const { code, output, lost } = await attempt('build', {});
  expect(code, output).toBe(0);
  expect(lost).toEqual(['dist/index.html']);
});

describe.concurrent.each(TABLES)('%s', (area, name, cases, stage) => {
  test.each(cases.map((each, i) => ({ ...each, i })))('$name', async ({ i, ...each }) => {
    const isOneOfMany = stage !== undefined && isShared(each);
    const id = idOf(area, i);
    const { code, output, lost } = isOneOfMany ? await buildOf(stage) : await attempt(name, each);
    const said = isOneOfMany ? errorsAbout(output, id) : output;
    for (const words of isOneOfMany ? renamed(each, id).says : each.says) expect(said).toMatch(words);
    expect(code).not.toBe(0);
    expect(lost).toEqual([]);
  });
});
