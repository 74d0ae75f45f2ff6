/** The comparison with the baseline lists the measures that moved and the claims that changed state. */
import { expect, test } from 'vitest';
import type { Claim } from '../../src/lab/results/baseline.ts';
import { compareBaseline, comparisonLines, comparisonMarkdown } from '../../src/lab/results/compare-baseline.ts';
import { resultWith } from './project.ts';

const claim = (sentence: string, of: string, value: number, holds = true): Claim => ({
  post: 'symmetry',
  at: 'posts/symmetry.mdx:1:1',
  kind: 'atMost',
  bound: 1,
  of,
  value,
  holds,
  sentence,
});
const published = {
  measures: { dice: { spread: 0, depth: { value: 2, low: 1, high: 3 }, old: 5 }, other: { x: 1 } },
  claims: [
    claim('A.', 'dice.spread', 0),
    claim('B.', 'dice.spread', 0, false),
    claim('C.', 'dice.old', 5),
    claim('D.', 'other.x', 1),
  ],
};

test('without changes the comparison is empty', () => {
  const results = [resultWith('dice', { ...published.measures.dice })];
  const comparison = compareBaseline(published, results, published.claims);
  expect(comparison).toEqual({ moves: [], turns: [] });
  expect(comparisonLines(comparison)).toEqual(['as published: no measure moved, no claim changed state']);
});

test('numbers that moved, appeared or disappeared are listed with the change', () => {
  const results = [resultWith('dice', { spread: 0.5, depth: { value: 2, low: 0.5, high: 3 }, fresh: [7] })];
  const { moves } = compareBaseline(published, results, []);
  expect(moves).toEqual([
    { path: 'dice.depth.low', was: 1, is: 0.5 },
    { path: 'dice.fresh.0', was: undefined, is: 7 },
    { path: 'dice.old', was: 5, is: undefined },
    { path: 'dice.spread', was: 0, is: 0.5 },
  ]);
  expect(comparisonLines({ moves, turns: [] }).slice(1)).toEqual([
    '  dice.depth.low  1 → 0.5  (-50 %)',
    '  dice.fresh.0    – → 7  (new)',
    '  dice.old        5 → –  (gone)',
    '  dice.spread     0 → 0.5  (+0.5)',
  ]);
});

test('claims that changed state are listed, whether or not their numbers moved', () => {
  const results = [resultWith('dice', { ...published.measures.dice, old: 6 })];
  const now = [
    claim('A.', 'dice.spread', 0, false),
    claim('B.', 'dice.spread', 0),
    claim('C.', 'dice.old', 5),
    claim('E.', 'dice.spread', 0),
  ];
  const { turns } = compareBaseline(published, results, now);
  expect(turns.map(({ sentence, change }) => [sentence, change])).toEqual([
    ['A.', 'now false'],
    ['B.', 'now holds'],
    ['C.', 'to be tested again'],
    ['E.', 'new'],
  ]);
  expect(compareBaseline(published, results, now.slice(1)).turns).toContainEqual({
    post: 'symmetry',
    of: 'dice.spread',
    sentence: 'A.',
    change: 'gone',
  });
});

test('experiments that are not in the results are left out', () => {
  expect(compareBaseline(published, [], [])).toEqual({ moves: [], turns: [] });
});

test('Markdown keeps a sentence in its cell', () => {
  const turns = [{ post: 'p', of: 'a.b', sentence: 'x | y\nz', change: 'new' as const }];
  expect(comparisonMarkdown({ moves: [], turns })).toContain('| x \\| y z | p | `a.b` | new |');
});
