/** A data file that is not what its loader makes stops a build, and all else that plans. */
import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkAllMade } from '../../src/lab/data-files/stale-data.ts';
import { planExperiment } from '../../src/lab/plan/plan.ts';
import { experimentFiles } from '../../src/lab/project.ts';
import { loadResults } from '../../src/lab/results/index.ts';
import { measured, smallBlog } from '../helpers/small-blog.ts';
import { makeData } from './loaders.ts';
import { fixture, type Project } from './project.ts';

const experiment = 'experiments/sums.ts';
const table = 'data/table.csv';
const loader = 'data/table.csv.sh';
const source = 'echo name,weight\necho one,1\necho two,2\n';

/** A project whose experiment declares a file with a loader, outside of `experiments/`. */
async function made(): Promise<Project> {
  const project = fixture('sums');
  project.write(loader, source);
  expect((await makeData(project.root)).good).toBe(true);
  return project;
}

const edits: readonly [name: string, message: string, edit: (project: Project) => void][] = [
  [
    'the loader changed',
    `${table} is stale: its loader, ${loader}, changed since it made the file`,
    (project) => project.write(loader, `${source}echo three,3\n`),
  ],
  [
    'the file was edited',
    `${table} is not what its loader, ${loader}, wrote: it was changed since`,
    (project) => project.edit(table, 'two,2', 'two,3'),
  ],
  [
    'the file is half there',
    `${table} is not what its loader, ${loader}, wrote: it was changed since`,
    (project) => project.write(table, 'name,weight\n'),
  ],
  [
    'the file is gone',
    `${table} is not there: its loader, ${loader}, has not made it yet`,
    ({ root }) => rmSync(join(root, table)),
  ],
  [
    'nothing is recorded',
    `${table} is stale: experiments/loaders.json does not say that its loader, ${loader}, made it`,
    ({ root }) => rmSync(join(root, 'experiments/loaders.json')),
  ],
  [
    'the loader is another program',
    `${table} is stale: ${loader} made it, and its loader is data/table.csv.js now`,
    ({ root }) => renameSync(join(root, loader), join(root, 'data/table.csv.js')),
  ],
];

describe('an experiment is not planned if', () => {
  test.each(edits)('%s', async (_, message, edit) => {
    const project = await made();
    await planExperiment(project.root, experiment);
    edit(project);
    await expect(planExperiment(project.root, experiment)).rejects.toThrow(`${message}; run \`npm run data\``);
    const { code, output } = await project.cli();
    expect([code, output]).toEqual([1, `${message}; run \`npm run data\`\n`]);
  });

  test('a file has two loaders', async () => {
    const project = await made();
    project.write('data/table.csv.py', 'print(1)');
    const message = 'data/table.csv.py and data/table.csv.sh both make data/table.csv: keep one of them';
    await expect(planExperiment(project.root, experiment)).rejects.toThrow(message);
  });

  test.each(['./data/table.csv', 'experiments/../data//table.csv', 'data/link.csv'])(
    'the loader changed of a file that it declares as %s',
    async (path) => {
      const project = await made();
      symlinkSync('table.csv', join(project.root, 'data/link.csv'));
      project.edit(experiment, table, path);
      await planExperiment(project.root, experiment);
      project.write(loader, `${source}\n`);
      await expect(planExperiment(project.root, experiment)).rejects.toThrow(`${table} is stale`);
    },
  );

  test('a JSON file that it imports is stale', async () => {
    const project = fixture('sums');
    project.write('shared/scale.json.sh', `echo '{ "scale": 2 }'`);
    project.edit(experiment, 'const scale = 2;', "import { scale } from '../shared/scale.json';");
    // The first time it must be named, since nothing can be bundled without it.
    expect((await makeData(project.root, 'shared/scale.json')).good).toBe(true);
    await planExperiment(project.root, experiment);
    project.edit('shared/scale.json.sh', '2', '3');
    await expect(planExperiment(project.root, experiment)).rejects.toThrow('shared/scale.json is stale');
    expect((await makeData(project.root)).said).toMatch('shared/scale.json: written');
    await planExperiment(project.root, experiment);
  });
});

describe('a file is up to date', () => {
  test('in a checkout with Windows line endings', async () => {
    const project = await made();
    for (const path of [table, loader, 'experiments/loaders.json']) {
      project.write(path, project.read(path).replaceAll('\n', '\r\n'));
    }
    await planExperiment(project.root, experiment);
  });

  test('if it has no loader any more; the record then forgets it', async () => {
    const project = await made();
    rmSync(join(project.root, loader));
    project.edit(table, 'two,2', 'two,3');
    await planExperiment(project.root, experiment);
    expect(await makeData(project.root)).toEqual({ good: true, said: '' });
    expect(project.read('experiments/loaders.json')).toBe('{}\n');
  });

  test('again if it is made again', async () => {
    const project = await made();
    project.edit(loader, 'two,2', 'two,3');
    await makeData(project.root);
    await planExperiment(project.root, experiment);
    expect(project.read(table)).toMatch('two,3');
  });
});

test('a damaged record is an error with its line', async () => {
  const project = await made();
  project.edit('experiments/loaders.json', '"loader":', '<<<<<<< HEAD\n"loader":');
  const message = /^experiments\/loaders\.json: line 3: .*; mend the file, or remove it and run `npm run data`$/;
  await expect(planExperiment(project.root, experiment)).rejects.toThrow(message);
  await expect(makeData(project.root)).rejects.toThrow(message);
  project.write('experiments/loaders.json', '{ "data/table.csv": { "loader": 3 } }');
  await expect(makeData(project.root)).rejects.toThrow(/^experiments\/loaders\.json: data\/table\.csv: loader: /);
});

test('files that no experiment declares are checked too, since charts and posts may show them', async () => {
  const project = fixture('sums');
  project.write('posts/deep/x.csv.sh', 'echo a');
  project.write('experiments/y.json.ts', 'console.log(1);');
  expect(await experimentFiles(project.root)).toEqual([experiment]);
  const { code, output } = await project.cli();
  expect(code).toBe(1);
  expect(output).toMatch(/^experiments\/y\.json is not there.*\nposts\/deep\/x\.csv is not there/);
  await expect(loadResults({ root: project.root })).rejects.toThrow('experiments/y.json is not there');
  // An experiment by name needs only what is its own.
  expect((await project.cli('sums')).code).toBe(0);
  await makeData(project.root);
  await checkAllMade(project.root);
  expect((await project.cli()).code).toBe(0);
});

test.each(['build', 'check'])('%s stops at a stale file, and runs no loader', async (command) => {
  const root = smallBlog({ 'experiments/data/x.csv.sh': 'echo ran >ran; echo a', 'experiments/data/x.csv': 'a\n' });
  const { code, output } = await measured(root, command);
  expect(code).toBe(1);
  expect(output).toMatch(/^experiments\/data\/x\.csv is stale: .*; run `npm run data`$/m);
  expect(() => rmSync(join(root, 'ran'))).toThrow(/ENOENT/);
});
