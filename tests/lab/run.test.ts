/** Running tasks: failures stay isolated and name the author's lines; results do not depend on order or threads. */
import { describe, expect, test } from 'vitest';
import { planExperiment } from '../../src/lab/plan/plan.ts';
import { findMeasure, loadResults } from '../../src/lab/results/index.ts';
import type { Failure, RunEvent } from '../../src/lab/run/events.ts';
import { runPlans } from '../../src/lab/run/run.ts';
import { fixture, type Project } from './project.ts';

async function run({ root }: Project, name: string, options: Parameters<typeof runPlans>[2] = {}): Promise<Failure[]> {
  return runPlans(root, [await planExperiment(root, `experiments/${name}.ts`)], { jobs: 2, ...options });
}

describe('a task that fails', () => {
  test('does not stop the others; it has experiment, point, seed, message and a stack in the author’s lines', async () => {
    const project = fixture('troubles');
    // Without the time limit of 2 s, which any task may exceed on a busy machine.
    project.edit('experiments/troubles.ts', "'loop', ", '');
    project.edit('experiments/troubles.ts', 'timeLimit: 2,', '');
    const events: RunEvent[] = [];
    const failures = await run(project, 'troubles', { memory: 64, report: (event) => events.push(event) });
    const shown = failures.map(({ experiment, params, seeds, message, frames }) => [
      experiment,
      params.kind,
      seeds,
      message,
      frames[0] ?? '',
    ]);
    const line = (text: string) =>
      project
        .read('experiments/troubles.ts')
        .split('\n')
        .findIndex((each) => each.includes(text)) + 1;
    const at = (text: string) => expect.stringContaining(`experiments/troubles.ts:${line(text)}:`);
    const here = `run (experiments/troubles.ts:${line('async run(')}:3)`;
    expect(shown).toEqual([
      ['troubles', 'throw', [1], 'seed 1 is not to its liking', 'thrower (experiments/shared/thrower.ts:5:9)'],
      ['troubles', 'memory', [1], 'needed more than 64 MB of memory', here],
      ['troubles', 'arrays', [1], 'needed more than 64 MB of memory', here],
      ['troubles', 'exit', [1], expect.stringMatching(/^process\.exit inside a task/), at('process.exit(0)')],
      ['troubles', 'nan', [1], expect.stringMatching(/nested\.list\[1\] is NaN/), here],
      ['troubles', 'misfit', [1], expect.stringMatching(/record field value does not fit its schema/), here],
      ['troubles', 'unknown', [1], 'record field valeu is not in the schema', here],
      ['troubles', 'stack', [1], 'Maximum call stack size exceeded', at('function deeper')],
      ['troubles', 'reject', [1], 'rejected', at("TypeError('rejected')")],
      ['troubles', 'stray', [1], 'nobody waits', at("TypeError('nobody waits')")],
    ]);
    expect(failures[0]!.frames[1]).toMatch(/^run \(experiments\/troubles\.ts:\d+:\d+\)$/);
    expect(Object.keys(project.files('.measured/cache/troubles'))).toHaveLength(24 - failures.length);
    expect(events.filter(({ kind }) => kind === 'finished')).toHaveLength(24 - failures.length);
  });

  test('stops at its time limit', async () => {
    const project = fixture('troubles');
    project.edit('experiments/troubles.ts', '[...early, ...deadly, ...late]', "['loop']");
    expect(await run(project, 'troubles')).toContainEqual(
      expect.objectContaining({ seeds: [1], message: 'took longer than its time limit of 2 s' }),
    );
  });

  const object = 'expected an object with the fields of the schema (sum, parts)';
  const holds = 'only null, booleans, finite numbers, text, lists and plain objects';
  test.each([
    ['null', `the record is null: ${object}`],
    ['7', `the record is 7: ${object}`],
    ["'text'", `the record is "text": ${object}`],
    ['[{ sum: 1, parts: [] }]', `the record is a list: ${object}`],
    ['undefined', `the record is undefined: ${holds}`],
    ['NaN', `the record is NaN: ${holds}`],
    ['() => 1', `the record is a function: ${holds}`],
    ['new Map()', `the record is a Map: ${holds}`],
    ['{ sum: 1n, parts: [] }', `record field sum is a bigint: ${holds}`],
    ['{ sum: 1, parts: [0, Infinity] }', `record field parts[1] is Infinity: ${holds}`],
    ['{ sum: Symbol(), parts: [] }', `record field sum is a symbol: ${holds}`],
    ['{ sum: /x/, parts: [] }', `record field sum is a RegExp: ${holds}`],
    ['{ sum: new (class {})(), parts: [] }', `record field sum is a class instance: ${holds}`],
    [
      '(() => { const circle = { sum: 1, parts: [{}] }; circle.parts[0] = circle; return circle; })()',
      `record field parts[0] is a list or object that holds itself: ${holds}`,
    ],
    ['{ get sum() { throw null; } }', 'null'],
    ['(() => { throw { get message() { throw 1; }, toString: 1 }; })()', 'something that has no text was thrown'],
  ])('with the record %s names point, seed and field, and the other tasks have results', async (record, message) => {
    const project = fixture('sums');
    project.edit(
      'experiments/sums.ts',
      'return {',
      `if (slope === 2 && seed === 1) return (${record}) as never;\n    return {`,
    );
    const failures = await run(project, 'sums', { jobs: 1 });
    expect(failures.map(({ params, seeds, message }) => [params, seeds, message])).toEqual([
      [{ slope: 2, kind: 'a' }, [1], message],
      [{ slope: 2, kind: 'b' }, [1], message],
    ]);
    expect(Object.keys(project.files('.measured/cache'))).toHaveLength(10);
  });

  test('because its schema throws has that message', async () => {
    const project = fixture('sums');
    const check = "z.number().refine((sum) => { if (sum > 12) throw new Error('too much'); return true; })";
    project.edit('experiments/sums.ts', 'sum: z.number()', `sum: ${check}`);
    const failures = await run(project, 'sums');
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.length).toBeLessThan(12);
    expect(new Set(failures.map(({ message }) => message))).toEqual(
      new Set(['the schema of the record throws: too much']),
    );
  });

  test('runs again in the next run, and no other does', async () => {
    const project = fixture('troubles');
    project.edit('experiments/troubles.ts', ' ...deadly,', '');
    // No task ends at the limit, however busy the machine is.
    project.edit('experiments/troubles.ts', 'timeLimit: 2', 'timeLimit: 600');
    const first = await run(project, 'troubles');
    const started: RunEvent[] = [];
    const second = await run(project, 'troubles', {
      report: (event) => event.kind === 'started' && started.push(event),
    });
    expect(started).toHaveLength(first.length);
    expect(second).toEqual(first);
  });
});

test('every impure function is an error that names the line, even if the task catches it', async () => {
  const project = fixture('impure');
  const failures = await run(project, 'impure');
  const source = project.read('experiments/impure.ts').split('\n');
  const uses: Record<string, string> = {
    random: 'Math.random()',
    now: 'Date.now',
    date: 'new Date',
    performance: 'performance.now',
    timer: 'setTimeout',
    environment: 'process.env',
    file: 'readFileSync(',
    uuid: 'crypto.randomUUID',
    locale: '=> (1.5).toLocaleString',
    listed: 'new Float64Array',
    compared: 'localeCompare',
    upper: 'toLocaleUpperCase',
    lower: 'toLocaleLowerCase',
    collated: 'Intl.Collator',
    caught: 'return Math.random()',
  };
  expect(failures.map(({ params }) => params.deed)).toEqual(Object.keys(uses));
  for (const { params, message, frames } of failures) {
    const use = uses[String(params.deed)]!;
    const line = source.findIndex((text) => text.includes(use)) + 1;
    expect(message).toContain('inside a task');
    expect(frames[0], message).toContain(`experiments/impure.ts:${line}:`);
  }
});

describe('the results are the same bytes', () => {
  test('on one thread and, in another order, on four', async () => {
    const [one, four] = [fixture('sums'), fixture('sums')];
    expect(await run(one, 'sums', { jobs: 1 })).toEqual([]);
    expect(await run(four, 'sums', { jobs: 4, shuffle: 7 })).toEqual([]);
    expect(Object.keys(one.files('.measured/cache'))).toHaveLength(12);
    expect(four.files('.measured/cache')).toEqual(one.files('.measured/cache'));
  });

  test('when run by force', async () => {
    const project = fixture('sums');
    await run(project, 'sums');
    const before = project.files('.measured/cache');
    expect(await run(project, 'sums', { force: true })).toEqual([]);
    expect(project.files('.measured/cache')).toEqual(before);
  });

  test('whatever module state an earlier task left behind', async () => {
    const project = fixture('sums');
    project.edit(
      'experiments/shared/arithmetic.ts',
      'const mix = (seed * 7919',
      'calls++;\n  const mix = (calls + seed * 7919',
    );
    project.edit('experiments/shared/arithmetic.ts', '/** A number', 'let calls = 0;\n/** A number');
    expect(await run(project, 'sums', { jobs: 1 })).toEqual([]);
    const before = project.files('.measured/cache');
    expect(await run(project, 'sums', { force: true, jobs: 2 })).toEqual([]);
    expect(project.files('.measured/cache')).toEqual(before);
  });
});

test('an experiment without an engine yields records in the order of the plan, and its measures', async () => {
  const project = fixture('sums');
  await run(project, 'sums');
  const results = await loadResults({ root: project.root });
  const [sums] = results;
  expect(sums!.records.map(({ slope, kind, seed }) => [slope, kind, seed])).toEqual(
    [1, 2].flatMap((slope) => ['a', 'b'].flatMap((kind) => [0, 1, 2].map((seed) => [slope, kind, seed]))),
  );
  // seed 0: (345/1000 + 1.5 + 345/1000 + 2) · slope · 2 + 1
  expect(sums!.records[0]!.sum).toBeCloseTo((1.845 + 2.345) * 2 + 1, 12);
  expect(findMeasure(results, 'sums.bySlope.s1')).toBe(6);
  expect(findMeasure(results, 'sums.mean.n')).toBe(12);
});

test('a cached record that does not fit a changed schema is an error', async () => {
  const project = fixture('sums');
  await run(project, 'sums');
  project.edit('experiments/sums.ts', 'sum: z.number()', 'sum: z.number().negative()');
  await expect(loadResults({ root: project.root })).rejects.toThrow(
    /experiments\/sums\.ts: point \{"kind":"a","slope":1\}, seed 0: record field sum/,
  );
});

/** What a seed can see of the seeds before it in the same realm, as numbers. */
const leftBehind = `const state = { calls: 0, kept: undefined };
const leftBehind = {
  count: () => state.calls++,
  twos: () => state.calls++ % 2,
  threes: () => state.calls++ % 3,
  global: () => (globalThis.calls = (globalThis.calls ?? 0) + 1),
  prototype: () => (Object.prototype.seen = (Object.prototype.seen ?? 0) + 1),
  data: (seed, data) => (data.table.rows[0].weight = Number(data.table.rows[0].weight) + 1),
  first: (seed) => (state.kept ??= seed),
  everyFourth: (seed) => (state.kept = state.calls++ % 4 === 0 ? seed : state.kept),
  before: (seed) => [state.kept ?? 0, (state.kept = seed)][0],
};
const scale`;

test('seeds that share a task do not see what others left behind', async () => {
  const recordsWith = async (seedsPerTask: number) => {
    const project = fixture('sums');
    project.edit('experiments/sums.ts', 'seeds: 3', `seeds: 9, seedsPerTask: ${seedsPerTask}`);
    const kinds = [...leftBehind.matchAll(/(\w+): \(/g)].map(([, kind]) => kind);
    project.edit(
      'experiments/sums.ts',
      "slope: [1, 2], kind: ['a', 'b']",
      `slope: [1], kind: ${JSON.stringify(kinds)}`,
    );
    project.edit('experiments/sums.ts', 'kind.length)', 'kind.length + leftBehind[kind](seed, data))');
    project.edit('experiments/sums.ts', 'const scale', leftBehind);
    expect(await run(project, 'sums')).toEqual([]);
    return (await loadResults({ root: project.root }))[0]!.records;
  };
  // Tasks of five and of four seeds.
  expect(await recordsWith(5)).toEqual(await recordsWith(1));
});

test('a seed that fails only after many others in one realm succeeds in a fresh one', async () => {
  const project = fixture('sums');
  project.edit('experiments/sums.ts', 'seeds: 3', 'seeds: 20, seedsPerTask: 20');
  project.edit(
    'experiments/sums.ts',
    'const weights',
    "if (calls++ > 9) throw new Error('worn out');\n    const weights",
  );
  project.edit('experiments/sums.ts', 'const scale', 'let calls = 0;\nconst scale');
  expect(await run(project, 'sums')).toEqual([]);
});

test('progress and console output of a task are reported', async () => {
  const project = fixture('sums');
  project.edit('experiments/sums.ts', '{ seed, data }', '{ seed, data, progress }');
  project.edit(
    'experiments/sums.ts',
    'const weights',
    "console.log('slope', slope);\n for (let i = 0, x = 0; i < 4e8; i++) { x += i; if (i % 1e6 === 0) progress(i / 4e8); }\n const weights",
  );
  project.edit('experiments/sums.ts', "slope: [1, 2], kind: ['a', 'b']", "slope: [1], kind: ['a']");
  project.edit('experiments/sums.ts', 'seeds: 3', 'seeds: 1');
  const events: RunEvent[] = [];
  expect(await run(project, 'sums', { report: (event) => events.push(event) })).toEqual([]);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'log', text: 'slope 1' }));
  const fractions = events.flatMap((event) => (event.kind === 'progress' ? [event.fraction] : []));
  expect(fractions.length).toBeGreaterThan(0);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.every((fraction) => fraction > 0 && fraction < 1)).toBe(true);
});
