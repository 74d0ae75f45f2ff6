/** A look-up that fails says what was asked, what exists, and the nearest name. */
import { describe, expect, test } from 'vitest';
import type { Measure } from '../../src/lab/define.ts';
import { type ExperimentResult, findMeasure, loadResults, nearest, UnknownMeasure } from '../../src/lab/load.ts';
import { planExperiment } from '../../src/lab/plan.ts';
import { runPlans } from '../../src/lab/run.ts';
import { fixture } from './project.ts';

const result = (name: string, measures: Record<string, Measure>): ExperimentResult => ({
  name,
  file: `experiments/${name}.ts`,
  question: '?',
  params: {},
  points: [{}],
  seeds: 1,
  tasks: [],
  key: '',
  records: [],
  measures,
});
const interval = { value: 2, low: 1, high: 3, n: 5, level: 0.95 };
const results = [
  result('lockstep', { unitSpread: 0, depth: interval, byOutputs: { k1: 1, k3: 3 } }),
  result('root-n', { curve: [1, 4, 9] }),
];

describe('a dotted path', () => {
  test.each<[string, Measure]>([
    ['lockstep.unitSpread', 0],
    ['lockstep.depth', interval],
    ['lockstep.depth.low', 1],
    ['lockstep.byOutputs.k3', 3],
    ['root-n.curve.2', 9],
  ])('%s', (path, value) => {
    expect(findMeasure(results, path)).toEqual(value);
  });

  test.each([
    [
      'lokstep.unitSpread',
      'no experiment lokstep (asked: lokstep.unitSpread); did you mean lockstep?\n  there is: lockstep, root-n',
    ],
    [
      'lockstep.unitSpraed',
      'no measure lockstep.unitSpraed; did you mean lockstep.unitSpread?\n  there is: unitSpread, depth, byOutputs',
    ],
    [
      'lockstep.byOutputs.k2',
      'no measure lockstep.byOutputs.k2; did you mean lockstep.byOutputs.k1?\n  there is: k1, k3',
    ],
    ['lockstep.unitSpread.low', 'no measure lockstep.unitSpread.low\n  there is: nothing'],
    ['root-n.curve.3', 'no measure root-n.curve.3; did you mean root-n.curve.0?\n  there is: 0, 1, 2'],
    ['lockstep', 'no measure lockstep.\n  there is: unitSpread, depth, byOutputs'],
    ['lockstep.toString', 'no measure lockstep.toString'],
  ])('%s is unknown', (path, message) => {
    expect(() => findMeasure(results, path)).toThrow(UnknownMeasure);
    expect(() => findMeasure(results, path)).toThrow(message);
  });
});

test('the nearest name is the one with the fewest edits, if it is near at all', () => {
  expect(nearest('unitSpraed', ['unitSpread', 'columnSpread'])).toBe('unitSpread');
  expect(nearest('UNITSPREAD', ['unitSpread'])).toBe('unitSpread');
  expect(nearest('xyz', ['unitSpread'])).toBeUndefined();
  expect(nearest('a', [])).toBeUndefined();
});

describe('a measure that cannot be shown is an error that names it', () => {
  test.each([
    ['Number.NaN', /measure sums\.mean is NaN/],
    ['[1, 1 / 0]', /measure sums\.mean\[1\] is Infinity/],
    ['({ a: { b: -1 / 0 } })', /measure sums\.mean\.a\.b is -Infinity/],
    ["'text'", /measure sums\.mean is a string: a measure is/],
    [
      "(() => { throw new Error('no rows'); })()",
      /measure sums\.mean throws: no rows\n {2}at .*experiments\/sums\.ts:\d+:\d+/,
    ],
  ])('%s', async (value, message) => {
    const project = fixture('sums');
    await runPlans(project.root, [await planExperiment(project.root, 'experiments/sums.ts')]);
    project.edit('experiments/sums.ts', 'meanInterval(records.map((row) => row.sum))', value);
    await expect(loadResults({ root: project.root })).rejects.toThrow(message);
  });
});

test('results that are missing or stale are refused, with what to do', async () => {
  const project = fixture('sums');
  await expect(loadResults({ root: project.root })).rejects.toThrow(
    'run `npm run experiments`\n  sums: 12 of 12 tasks',
  );
});

test('an experiment that has never run says so, and not that it does not exist', () => {
  const never = { ...result('deep', {}), unmeasured: true as const };
  expect(() => findMeasure([never], 'deep.low')).toThrow(
    'experiment deep has no result yet: it runs now, or has failed (see the terminal)',
  );
});
