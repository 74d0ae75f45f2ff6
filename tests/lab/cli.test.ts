/** The command line of the lab: its options, output and exit codes, and concurrent runs. */
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadResults } from '../../src/lab/results/index.ts';
import { fixture, type Project } from './project.ts';

const entries = (project: Project) => Object.keys(project.files('.measured/cache'));
const events = (output: string) =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('the first run runs all tasks, the second none; both exit with 0', async () => {
  const project = fixture('sums');
  expect(await project.cli()).toEqual({
    code: 0,
    output: expect.stringMatching(/^sums: 12 of 12 tasks to run\nsums: 12 run, 0 cached in \d+ s\n$/),
  });
  expect(await project.cli()).toEqual({ code: 0, output: 'sums: 12 cached\n' });
});

test('a project without experiments is no error', async () => {
  expect(await fixture().cli()).toEqual({ code: 0, output: '' });
});

test('a failure exits with 1 after the others have run', async () => {
  const project = fixture('sums', 'troubles', 'impure');
  project.edit('experiments/troubles.ts', ' ...deadly,', '');
  project.write('experiments/broken.ts', "import './nowhere.ts';\nexport default {};\n");
  const { code, output } = await project.cli('--json');
  expect(code).toBe(1);
  const all = events(output);
  expect(all[0]).toEqual({ kind: 'error', message: expect.stringMatching(/experiments\/broken\.ts does not bundle/) });
  expect(all.filter(({ kind }) => kind === 'failed')).toHaveLength(8 + 15);
  expect(all.filter(({ kind, experiment }) => kind === 'finished' && experiment === 'sums')).toHaveLength(12);
});

describe('--why names what changed', () => {
  const why = async (edit: (project: Project) => void) => {
    const project = fixture('sums');
    await project.cli();
    edit(project);
    const [{ stale }] = events((await project.cli('--why', '--json')).output);
    const reasons = new Set(stale.map((task: { reasons: string[] }) => task.reasons.join('; ')));
    return { count: stale.length, reasons: [...reasons] };
  };
  const file = 'experiments/sums.ts';

  test.each<[string, number, (project: Project) => void]>([
    [
      'no complete run yet',
      12,
      (project) => {
        project.edit(file, 'scale = 2', 'scale = 3');
        project.write('.measured/last/sums.json', 'torn');
      },
    ],
    [`code changed: ${file}`, 12, (project) => project.edit(file, 'scale = 2', 'scale = 3')],
    [
      'code changed: experiments/shared/arithmetic.ts; data changed: table',
      12,
      (project) => {
        // A comment is no change of code, so the experiment's file is not named.
        project.edit(file, 'const scale', '// a comment\nconst scale');
        project.edit('experiments/shared/arithmetic.ts', 'mix / 1000', 'mix / 999');
        project.edit('data/table.csv', 'second,2', 'second,3');
      },
    ],
    ['new seeds: 3', 4, (project) => project.edit(file, 'seeds: 3', 'seeds: 4')],
    ['new point: {"slope":3}', 6, (project) => project.edit(file, 'slope: [1, 2]', 'slope: [1, 2, 3]')],
  ])('%s', async (reason, count, edit) => {
    expect(await why(edit)).toEqual({ count, reasons: [reason] });
  });

  test('a damaged or a missing entry', async () => {
    const { count, reasons } = await why((project) => {
      const [first] = entries(project);
      writeFileSync(join(project.root, first!), 'torn');
    });
    expect({ count, reasons }).toEqual({ count: 1, reasons: ['its file in the cache is damaged'] });
  });
});

test('--dry-run, --why and --list run nothing', async () => {
  const project = fixture('sums');
  expect((await project.cli('--dry-run')).output).toBe('sums: 12 of 12 tasks would run\n');
  expect((await project.cli('--why')).output).toContain('{"kind":"a","slope":1}, seed 0: no complete run yet');
  expect((await project.cli('--list')).output).toBe('sums: 0 of 12 tasks done. How do sums grow?\n');
  expect(project.files('.measured')).toEqual({});
});

test.each([
  ['a#b', /^the project's path, .*a#b, contains “#”, with which Vite finds no files: rename the folder\n$/],
  ['a?b', /contains “\?”/],
  ['a b%20ü', /^sums: 12 run, 0 cached in/m],
])('in a folder called %s', async (name, message) => {
  const { root, cli } = fixture('sums');
  const folder = join(root, '..', name);
  renameSync(root, folder);
  symlinkSync(folder, root);
  expect((await cli()).output).toMatch(message);
});

test('--force runs what is cached', async () => {
  const project = fixture('sums');
  await project.cli();
  expect((await project.cli('--force')).output).toMatch(/^sums: 12 of 12 tasks to run\n/);
});

test('a name runs that experiment only; a misspelt one names the nearest', async () => {
  const project = fixture('sums', 'impure');
  expect((await project.cli('sums')).output).not.toContain('impure');
  expect(await project.cli('sumz')).toEqual({ code: 1, output: 'no experiment sumz: did you mean sums?\n' });
});

test.each([
  [['--jobs', '0'], '--jobs needs a positive integer: 0'],
  [['--shuffle', '-1'], '--shuffle'],
  [['--jobs', 'many'], '--jobs needs a positive integer: many'],
  [['--forse'], "Unknown option '--forse'"],
  [['--list', '--prune'], '--list and --prune: one at a time'],
  [['--prune', 'sums'], '--prune concerns all experiments'],
  [['--report', 'x.md'], 'nothing is published yet'],
])('%j is refused', async (args, message) => {
  const { code, output } = await fixture().cli(...args);
  expect(code).toBe(1);
  expect(output).toContain(message);
});

test('--prune removes old entries and torn temporary files, and nothing that is looked up', async () => {
  const project = fixture('sums');
  await project.cli();
  const [keep, old] = [entries(project), 'experiments/sums.ts'];
  project.edit(old, 'scale = 2', 'scale = 3');
  await project.cli();
  project.write('.measured/cache/sums/abc.json.123.tmp', 'torn');
  project.write('.measured/cache/gone/abc.json', '{}');
  project.write('.measured/last/gone.json', '{}');
  project.edit(old, 'scale = 3', 'scale = 2');
  expect((await project.cli('--prune')).output).toBe('15 files removed\n');
  expect(entries(project)).toEqual(keep);
});

test('two concurrent runs share the cache', async () => {
  const [project, alone] = [fixture('sums'), fixture('sums')];
  const [first, second] = await Promise.all([project.cli('--json'), project.cli('--json'), alone.cli()]);
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(project.files('.measured/cache')).toEqual(alone.files('.measured/cache'));
});

test('a run prints the comparison with the published results, and writes it as Markdown', async () => {
  const project = fixture('sums');
  await project.cli();
  const [sums] = await loadResults({ root: project.root });
  const claim = {
    post: 'sums',
    of: 'sums.largest',
    kind: 'atMost',
    bound: 99,
    value: sums!.measures.largest,
    holds: true,
    sentence: 'It is | small.',
  };
  expect((await project.cli('--publish')).output).toContain('nothing published: run `npm run build` first');
  project.write('.measured/claims.json', JSON.stringify([{ ...claim, at: 'posts/sums.mdx:1:1' }]));
  expect((await project.cli('--publish')).output).toBe('published: 1 experiments, 1 claims\n');
  expect(project.read('experiments/published.json')).not.toContain('posts/sums.mdx');

  expect((await project.cli()).output).toContain('as published: no measure moved');
  // As in a fresh clone, before the site is built.
  rmSync(join(project.root, '.measured/claims.json'));
  expect((await project.cli()).output).toContain('as published: no measure moved, no claim changed state');
  project.edit('experiments/sums.ts', 'scale = 2', 'scale = 4');
  const { output } = await project.cli('--report', 'moved.md');
  expect(output).toMatch(/sums\.largest +\S+ → \S+ +\(\+\d+/);
  expect(output).toContain('claim to be tested again: “It is | small.” (sums, sums.largest)');
  expect(project.read('moved.md')).toMatch(/\| `sums\.largest` \| .* \| .* \| \+\d+/);
  expect(project.read('moved.md')).toContain('| It is \\| small. | sums | `sums.largest` | to be tested again |');
});
