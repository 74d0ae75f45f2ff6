/** Measures are found by path; an unknown path is an error with the nearest name and those that exist. */
import { describe, expect, test } from 'vitest';
import type { Measure } from '../../src/lab/index.ts';
import { planExperiment } from '../../src/lab/plan/plan.ts';
import { findMeasure, loadResults, nearestName, UnknownMeasure } from '../../src/lab/results/index.ts';
import { runPlans } from '../../src/lab/run/run.ts';
import { fixture, resultWith } from './project.ts';

const interval = { value: 2, low: 1, high: 3, n: 5, level: 0.95 };
const results = [
  resultWith('lockstep', { unitSpread: 0, depth: interval, byOutputs: { k1: 1, k3: 3 } }),
  resultWith('mean-n', { curve: [1, 4, 9] }),
];

describe('a dotted path', () => {
  test.each<[string, Measure]>([
    ['lockstep.unitSpread', 0],
    ['lockstep.depth', interval],
    ['lockstep.depth.low', 1],
    ['lockstep.byOutputs.k3', 3],
    ['mean-n.curve.2', 9],
  ])('%s', (path, value) => {
    expect(findMeasure(results, path)).toEqual(value);
  });

  test.each([
    [
      'lokstep.unitSpread',
      'no experiment lokstep (asked: lokstep.unitSpread); did you mean lockstep?\n  there is: lockstep, mean-n',
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
    ['mean-n.curve.3', 'no measure mean-n.curve.3; did you mean mean-n.curve.0?\n  there is: 0, 1, 2'],
    ['lockstep', 'no measure lockstep.\n  there is: unitSpread, depth, byOutputs'],
    ['lockstep.toString', 'no measure lockstep.toString'],
  ])('%s is unknown', (path, message) => {
    expect(() => findMeasure(results, path)).toThrow(UnknownMeasure);
    expect(() => findMeasure(results, path)).toThrow(message);
  });
});

test('the nearest name has the fewest edits, and not too many', () => {
  expect(nearestName('unitSpraed', ['unitSpread', 'columnSpread'])).toBe('unitSpread');
  expect(nearestName('UNITSPREAD', ['unitSpread'])).toBe('unitSpread');
  expect(nearestName('lang', ['tags', 'date', 'language'])).toBe('language');
  expect(nearestName('desc', ['date', 'description', 'describe'])).toBe('description');
  expect(nearestName('xyz', ['unitSpread'])).toBeUndefined();
  expect(nearestName('a', [])).toBeUndefined();
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

test('an experiment that has never run has an error message of its own', () => {
  const never = { ...resultWith('deep', {}), unmeasured: true as const };
  expect(() => findMeasure([never], 'deep.low')).toThrow(
    'experiment deep has no result yet: it runs now, or has failed (see the terminal)',
  );
});
