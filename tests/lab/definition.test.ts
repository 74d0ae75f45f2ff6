/** An invalid definition of an experiment is refused with its file, the location and a hint. */
import { expect, test } from 'vitest';
import { loadDefinition } from '../../src/lab/plan/definition.ts';
import { fixture, type Project } from './project.ts';

const file = 'experiments/sums.ts';
const edits: [string, (project: Project) => void, RegExp | string][] = [
  ['a misspelt property', (p) => p.edit(file, 'seeds: 3', 'sedes: 3'), 'unknown property sedes, did you mean seeds?'],
  ['seeds that are no count', (p) => p.edit(file, 'seeds: 3', 'seeds: 2.5'), /seeds: .*int/],
  ['no values for a parameter', (p) => p.edit(file, 'slope: [1, 2]', 'slope: []'), /params\.slope: /],
  ['a value that is no scalar', (p) => p.edit(file, 'slope: [1, 2]', 'slope: [[1], 2]'), /params\.slope\.0: /],
  [
    'a value twice',
    (p) => p.edit(file, 'slope: [1, 2]', 'slope: [1, 1]'),
    'point {"kind":"a","slope":1} appears twice',
  ],
  [
    'points that differ in their parameters',
    (p) => p.edit(file, "params: { slope: [1, 2], kind: ['a', 'b'] }", 'points: [{ a: 1 }, { b: 1 }]'),
    'point {"b":1} has other parameters than the first (a)',
  ],
  ['params and points', (p) => p.edit(file, 'seeds: 3', 'seeds: 3, points: [{ a: 1 }]'), 'not both'],
  [
    'a record field named like a parameter',
    (p) => p.edit(file, '{ sum: z.number()', '{ slope: z.number(), sum: z.number()'),
    'record field slope would hide the parameter of that name',
  ],
  [
    'a record field named seed',
    (p) => p.edit(file, '{ sum: z.number()', '{ seed: z.number(), sum: z.number()'),
    'record field seed would hide the seed',
  ],
  [
    'a parameter named seed',
    (p) => p.edit(file, 'slope: [1, 2]', 'seed: [1, 2]'),
    'parameter seed would be hidden by the seed of each run; give it another name',
  ],
  [
    'more runs than a plan can hold',
    (p) => p.edit(file, 'seeds: 3', 'seeds: 1e9'),
    '4000000000 runs, 4 points by 1000000000 seeds; at most 1000000',
  ],
  [
    'a grid of more points than a plan can hold',
    (p) =>
      p.edit(
        file,
        'slope: [1, 2]',
        'slope: Array.from({ length: 2000 }, (_, i) => i), a: Array.from({ length: 2000 }, (_, i) => i)',
      ),
    '24000000 runs, 8000000 points by 3 seeds; at most 1000000',
  ],
  [
    'a record that is no schema',
    (p) => p.edit(file, 'z.object({ sum: z.number(), parts: z.array(z.number()) })', '{}'),
    'record: expected a zod object',
  ],
  [
    'a measure that is no function',
    (p) => p.edit(file, 'measures: {', 'measures: { one: 1,'),
    'measures.one: expected a function',
  ],
  [
    'a spread',
    (p) => p.edit(file, "question: 'How do sums grow?',", "...{ question: '?' },"),
    /experiments\/sums\.ts:\d+:\d+: a spread hides/,
  ],
  [
    'another default export',
    (p) => p.write(file, '\nexport default { run() {} };'),
    /experiments\/sums\.ts:2:16: the default export is not a call of defineExperiment/,
  ],
  ['no default export', (p) => p.write(file, 'export const x = 1;'), 'no default export: write'],
  [
    'a syntax error',
    (p) => p.edit(file, 'seeds: 3,', 'seeds: 3;'),
    /experiments\/sums\.ts:\d+:\d+: Expected `,` or `}`/,
  ],
  [
    'an import that does not exist',
    (p) => p.edit(file, './shared/measured.ts', './shared/mesured.ts'),
    /experiments\/sums\.ts:\d+:\d+: Could not resolve/,
  ],
  [
    'a file that throws when read',
    (p) => p.edit(file, 'const scale = 2;', "throw new Error('no luck');"),
    /throws when it is read: no luck\n {2}at experiments\/sums\.ts:\d+:\d+/,
  ],
];

test.each(edits)('%s', async (_, edit, message) => {
  const project = fixture('sums');
  edit(project);
  const loading = loadDefinition(project.root, file);
  await expect(loading).rejects.toThrow(message);
  await expect(loading).rejects.toThrow(file);
});

test('a list of points is taken as it is; without params there is one point', async () => {
  const listed = fixture('sums');
  listed.edit(
    file,
    "params: { slope: [1, 2], kind: ['a', 'b'] }",
    "points: [{ slope: 1, kind: 'a' }, { slope: 5, kind: 'a' }]",
  );
  const { definition } = await loadDefinition(listed.root, file);
  expect(definition.points).toEqual([
    { slope: 1, kind: 'a' },
    { slope: 5, kind: 'a' },
  ]);
  expect(definition.params).toEqual({ slope: [1, 5], kind: ['a'] });
  const single = fixture('sums');
  single.edit(file, "params: { slope: [1, 2], kind: ['a', 'b'] },", '');
  expect((await loadDefinition(single.root, file)).definition.points).toEqual([{}]);
});
