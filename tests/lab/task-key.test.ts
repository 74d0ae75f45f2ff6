/** After a change, exactly the tasks whose results it can affect get new keys. */
import { describe, expect, test } from 'vitest';
import { planExperiment } from '../../src/lab/plan/plan.ts';
import { fixture, type Project } from './project.ts';

const file = 'experiments/sums.ts';
const helper = 'experiments/shared/arithmetic.ts';
const keysOf = async ({ root }: Project) => (await planExperiment(root, file)).tasks.map((task) => task.key);

/** The keys before and after an edit. */
async function keysAround(edit: (project: Project) => void): Promise<{ before: string[]; after: string[] }> {
  const project = fixture('sums');
  const before = await keysOf(project);
  edit(project);
  return { before, after: await keysOf(project) };
}

describe('nothing runs again after an edit of', () => {
  const edits: Record<string, (project: Project) => void> = {
    'a comment': (project) => project.edit(file, 'const scale = 2;', '// twice\nconst scale = 2; /* as said */'),
    'white space': (project) => project.edit(file, 'const scale = 2;', '\n\n  const   scale  =  2  ;'),
    'a type': (project) => project.edit(file, 'const scale = 2;', 'const scale: number = 2 as number;'),
    'the question': (project) => project.edit(file, 'How do sums grow?', 'How fast do sums grow?'),
    'a measure': (project) => project.edit(file, 'row.sum)),\n    bySlope', '-row.sum)),\n    bySlope'),
    'a helper that only measures use': (project) =>
      project.edit('experiments/shared/measured.ts', 'largestOf(values)', '2 * largestOf(values)'),
    'a new import that only measures use': (project) => {
      project.write(
        'experiments/shared/more.ts',
        'export const more = 1;\nexport const mix = [1].map((mix) => mix);\n',
      );
      project.edit(file, 'const scale', "import { more } from './shared/more.ts';\nconst scale");
      project.edit(file, 'measures: {', 'measures: {\n more: () => more,');
    },
    'the time limit': (project) => project.edit(file, 'seeds: 3,', 'seeds: 3,\n  timeLimit: 5,'),
    'the schema of the record': (project) => project.edit(file, 'sum: z.number()', 'sum: z.number().positive()'),
    'an unused function': (project) => project.edit(helper, 'mix = seed + 1', 'mix = seed + 2'),
    'an added unused function': (project) =>
      project.edit(
        helper,
        '/** Nobody',
        'export const mix = (weight: number) => weight;\nfunction scale(mixed: number) { return mixed; }\nexport const x = [scale];\n/** Nobody',
      ),
    'an unused value that is computed when the module loads': (project) => {
      project.edit(
        helper,
        '/** Nobody',
        'export const table = Object.freeze([1, 2].map((x) => mixed(x, Math.sqrt(x))));\n/** Nobody',
      );
    },
    'another experiment': (project) => project.write('experiments/other.ts', 'export default 1;'),
    'a chart': (project) => project.write('experiments/sums.charts.ts', 'export default {};'),
    'a post': (project) => project.write('posts/sums.mdx', '# Sums'),
    'what ran before in the same process': (project) => void project.read(file),
  };
  test.each(Object.entries(edits))('%s', async (_, edit) => {
    const { before, after } = await keysAround(edit);
    expect(after).toEqual(before);
  });
});

describe('everything runs again after an edit of', () => {
  const edits: Record<string, (project: Project) => void> = {
    run: (project) => project.edit(file, '* slope * scale', '* slope + scale'),
    'a constant that run uses': (project) => project.edit(file, 'const scale = 2', 'const scale = 3'),
    'an imported helper': (project) => project.edit(helper, 'mix / 1000', 'mix / 999'),
    'a name that is part of what run returns': (project) => project.edit(file, 'return { sum:', 'return { total:'),
    'a declared data file': (project) => project.edit('data/table.csv', 'second,2', 'second,3'),
    'which data file is declared': (project) => {
      project.write('data/other.csv', `${project.read('data/table.csv')}third,3\n`);
      project.edit(file, 'data/table.csv', 'data/other.csv');
    },
  };
  test.each(Object.entries(edits))('%s', async (_, edit) => {
    const { before, after } = await keysAround(edit);
    expect(after).toHaveLength(before.length);
    expect(after.filter((key) => before.includes(key))).toEqual([]);
  });
});

describe('only the new tasks run after', () => {
  test('adding seeds', async () => {
    const { before, after } = await keysAround((project) => project.edit(file, 'seeds: 3', 'seeds: 5'));
    expect(after).toHaveLength(4 * 5);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  test('adding a value of a parameter', async () => {
    const { before, after } = await keysAround((project) => project.edit(file, 'slope: [1, 2]', 'slope: [1, 2, 3]'));
    expect(after).toHaveLength(before.length + 2 * 3);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  test('adding seeds beyond full runs of seedsPerTask', async () => {
    const project = fixture('sums');
    project.edit(file, 'seeds: 3', 'seeds: 6, seedsPerTask: 3');
    const before = await keysOf(project);
    project.edit(file, 'seeds: 6', 'seeds: 9');
    const after = await keysOf(project);
    expect(after).toHaveLength(4 * 3);
    expect(after).toEqual(expect.arrayContaining(before));
  });
});

test('removing a value of a parameter, or reordering its values, runs nothing', async () => {
  const { before, after } = await keysAround((project) => project.edit(file, "kind: ['a', 'b']", "kind: ['b']"));
  expect(before).toEqual(expect.arrayContaining(after));
  const swapped = await keysAround((project) => project.edit(file, 'slope: [1, 2]', 'slope: [2, 1]'));
  expect([...swapped.after].sort()).toEqual([...swapped.before].sort());
});

test('keys do not depend on the project’s folder', async () => {
  expect(await keysOf(fixture('sums'))).toEqual(await keysOf(fixture('sums', 'troubles')));
});

test('the hashed code contains no path, no measures and no schema', async () => {
  const { root } = fixture('sums');
  const { code } = await planExperiment(root, file);
  expect(code.code).not.toContain(root);
  expect(code.code).not.toContain('shared');
  expect(code.code).not.toMatch(/question|measures|_zod|largestOf/);
  expect(code.used).toEqual([helper, file].sort());
});

test('the key includes the data-file parser only if files are declared', async () => {
  const project = fixture('sums', 'impure');
  const inputsOf = async (name: string) =>
    (await planExperiment(project.root, `experiments/${name}.ts`)).tasks[0]!.inputs;
  expect((await inputsOf('sums')).reader).toMatch(/^[0-9a-f]{64}$/);
  expect(await inputsOf('impure')).not.toHaveProperty('reader');
});
