/** Planning divides points × seeds into tasks, each with a key computed from its inputs. */
import { describe, expect, test } from 'vitest';
import { LabError } from '../../src/lab/errors.ts';
import { chooseExperiments, inputsOf, planExperiment } from '../../src/lab/plan/plan.ts';
import { sha256, taskKey } from '../../src/lab/plan/task-key.ts';
import { fixture } from './project.ts';

const file = 'experiments/sums.ts';

test('each point has each seed once, in chunks of seedsPerTask and a last one with the rest', async () => {
  const project = fixture('sums');
  project.edit(file, 'seeds: 3', 'seeds: 7, seedsPerTask: 3');
  const plan = await planExperiment(project.root, file);
  const points = [1, 2].flatMap((slope) => ['a', 'b'].map((kind) => ({ slope, kind })));
  const chunks = [[0, 1, 2], [3, 4, 5], [6]];
  expect(plan.tasks.map(({ params, seeds }) => ({ params, seeds }))).toEqual(
    points.flatMap((params) => chunks.map((seeds) => ({ params, seeds }))),
  );
});

test('a key is the hash of the task’s inputs, and the plan’s key that of all of them in order', async () => {
  const { root, read } = fixture('sums');
  const plan = await planExperiment(root, file);
  for (const { key, params, seeds, inputs } of plan.tasks) {
    expect(key).toBe(taskKey(inputs));
    expect(inputs).toMatchObject({ params, seeds, code: plan.code.hash, node: process.version });
    expect(inputs.data).toEqual({ table: sha256(read('data/table.csv')) });
  }
  expect(new Set(plan.tasks.map(({ key }) => key)).size).toBe(plan.tasks.length);
  expect(plan.key).toBe(sha256(plan.tasks.map(({ key }) => key).join('\n')).slice(0, 16));
  expect([plan.name, plan.file]).toEqual(['sums', file]);
});

test('the files to watch are the modules of both bundles and the declared files, each once', async () => {
  const { root } = fixture('sums');
  const inputs = inputsOf(await planExperiment(root, file));
  const own = inputs.filter((path) => /^(experiments|data)\//.test(path));
  expect(own).toEqual([
    'data/table.csv',
    'experiments/shared/arithmetic.ts',
    'experiments/shared/largest.ts',
    'experiments/shared/measured.ts',
    'experiments/sums.ts',
  ]);
  expect(inputs).toEqual([...new Set(inputs)].sort());
});

test('a bundle is hashed as it is, and its source map names the sources relative to the project', async () => {
  const { root } = fixture('sums');
  const { code } = await planExperiment(root, file);
  expect(code.hash).toBe(sha256(code.code));
  const { sources, sourcesContent } = JSON.parse(code.map) as { sources: string[]; sourcesContent?: unknown };
  expect(sources).toEqual(expect.arrayContaining([file]));
  expect(sources.filter((source) => source.startsWith('/'))).toEqual([]);
  expect(sourcesContent ?? null).toBeNull();
  expect(code.inputs).toEqual([...code.inputs].sort());
  expect(code.inputs).toEqual(expect.arrayContaining([...code.used]));
});

test('the code has no comments, no environment and no line breaks', async () => {
  const project = fixture('sums');
  project.edit(
    file,
    'const scale = 2;',
    '/*! licence */ const scale = process.env.NODE_ENV === "production" ? 2 : 3; // “σ”',
  );
  project.edit(file, 'return { sum:', "const name = 'σ';\n    return { name, sum:");
  const { code } = (await planExperiment(project.root, file)).code;
  expect(code).not.toContain('licence');
  expect(code).not.toContain('NODE_ENV');
  expect(code).toContain('σ');
  expect(code).not.toContain('\n  ');
});

test('the code of a task contains the packages that it uses; the description shares the lab’s', async () => {
  const project = fixture('sums');
  project.edit(file, 'return { sum:', 'z.number().parse(slope);\n    return { sum:');
  const { code, description } = await planExperiment(project.root, file);
  expect(code.code).not.toMatch(/require\(["']zod/);
  expect(description.code).toMatch(/require\(["']zod/);
  expect(code.inputs.some((path) => path.includes('node_modules/zod/'))).toBe(true);
});

describe('code that does not bundle is an error with its location', () => {
  test('one line for each, in order', async () => {
    const project = fixture('sums');
    project.edit(file, 'const scale = 2;', "import './one.ts';\nimport './two.ts';\nconst scale = 2;");
    const failure = (await planExperiment(project.root, file).catch((error: unknown) => error)) as LabError;
    expect(failure).toBeInstanceOf(LabError);
    expect(failure.message).toMatch(
      /^experiments\/sums\.ts does not bundle\n {2}experiments\/sums\.ts:\d+:8: Could not resolve ".\/one.ts"\n {2}experiments\/sums\.ts:\d+:8: Could not resolve ".\/two.ts"$/,
    );
    expect(failure.cause).toHaveProperty('errors');
  });

  test('of a package that is not installed it says how to install it', async () => {
    const project = fixture('sums');
    project.edit(file, 'const scale = 2;', "import { x } from '@some/where/deep.js';\nconst scale = 2;");
    project.edit(file, 'const weights', 'x;\n    const weights');
    await expect(planExperiment(project.root, file)).rejects.toThrow(
      /:\d+:\d+: Could not resolve "@some\/where\/deep\.js": install it, npm install --save-exact @some\/where$/,
    );
    project.edit(file, 'x;\n    const weights', 'const weights');
    project.edit(file, 'import { x } from', 'import');
    await expect(planExperiment(project.root, file)).rejects.toThrow(
      /does not bundle[\s\S]* Could not resolve "@some\/where\/deep\.js": install it, npm install --save-exact @some\/where/,
    );
  });

  test.each(['./gone.ts', '#gone', '~/gone'])('of %s it does not', async (specifier) => {
    const project = fixture('sums');
    project.edit(file, 'const scale = 2;', `import { x } from '${specifier}';\nconst scale = 2;`);
    project.edit(file, 'const weights', 'x;\n    const weights');
    await expect(planExperiment(project.root, file)).rejects.not.toThrow(/npm install/);
  });

  test('a warning too', async () => {
    const project = fixture('sums');
    project.edit(file, 'const scale = 2;', 'const scale = { x: 1, x: 2 }.x;');
    await expect(planExperiment(project.root, file)).rejects.toThrow(
      /^experiments\/sums\.ts bundles with a warning\n {2}experiments\/sums\.ts:\d+:\d+: Duplicate key "x"/,
    );
  });
});

describe('experiments by name', () => {
  const choose = (names?: string[]) => chooseExperiments(fixture('sums', 'impure', 'troubles').root, names);

  test('all unless some are named, in the order of the files', async () => {
    const all = ['experiments/impure.ts', 'experiments/sums.ts', 'experiments/troubles.ts'];
    expect(await choose()).toEqual(all);
    expect(await choose([])).toEqual(all);
    expect(await choose(['troubles', 'sums'])).toEqual(all.slice(1));
  });

  test('an unknown name is an error with the nearest one, or with the list', async () => {
    await expect(choose(['sums', 'smus'])).rejects.toThrow('no experiment smus: did you mean sums?');
    await expect(choose(['elsewhere'])).rejects.toThrow(
      'no experiment elsewhere: experiments are impure, sums, troubles',
    );
    await expect(chooseExperiments(fixture().root, ['sums'])).rejects.toThrow(
      'no experiment sums: experiments are none yet',
    );
  });
});
