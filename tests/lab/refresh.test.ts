/** What moved against the published results, and which claims changed state. */
import { expect, test } from 'vitest';
import type { Measure } from '../../src/lab/define.ts';
import type { ExperimentResult } from '../../src/lab/load.ts';
import type { Claim } from '../../src/lab/published.ts';
import { refresh, refreshLines, refreshMarkdown } from '../../src/lab/refresh.ts';

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
  measures: { lockstep: { spread: 0, depth: { value: 2, low: 1, high: 3 }, old: 5 }, other: { x: 1 } },
  claims: [
    claim('A.', 'lockstep.spread', 0),
    claim('B.', 'lockstep.spread', 0, false),
    claim('C.', 'lockstep.old', 5),
    claim('D.', 'other.x', 1),
  ],
};

test('nothing moved where all is as published', () => {
  const results = [result('lockstep', { ...published.measures.lockstep })];
  const news = refresh(published, results, published.claims);
  expect(news).toEqual({ moves: [], turns: [] });
  expect(refreshLines(news)).toEqual(['as published: no measure moved, no claim changed state']);
});

test('a number that moved, came or went is named with by how much', () => {
  const results = [result('lockstep', { spread: 0.5, depth: { value: 2, low: 0.5, high: 3 }, fresh: [7] })];
  const { moves } = refresh(published, results, []);
  expect(moves).toEqual([
    { path: 'lockstep.depth.low', was: 1, is: 0.5 },
    { path: 'lockstep.fresh.0', was: undefined, is: 7 },
    { path: 'lockstep.old', was: 5, is: undefined },
    { path: 'lockstep.spread', was: 0, is: 0.5 },
  ]);
  expect(refreshLines({ moves, turns: [] }).slice(1)).toEqual([
    '  lockstep.depth.low  1 → 0.5  (-50 %)',
    '  lockstep.fresh.0    – → 7  (new)',
    '  lockstep.old        5 → –  (gone)',
    '  lockstep.spread     0 → 0.5  (+0.5)',
  ]);
});

test('a claim that changed state is named, whether or not its number moved', () => {
  const results = [result('lockstep', { ...published.measures.lockstep, old: 6 })];
  const now = [
    claim('A.', 'lockstep.spread', 0, false),
    claim('B.', 'lockstep.spread', 0),
    claim('C.', 'lockstep.old', 5),
    claim('E.', 'lockstep.spread', 0),
  ];
  const { turns } = refresh(published, results, now);
  expect(turns.map(({ sentence, change }) => [sentence, change])).toEqual([
    ['A.', 'now false'],
    ['B.', 'now holds'],
    ['C.', 'to be tested again'],
    ['E.', 'new'],
  ]);
  expect(refresh(published, results, now.slice(1)).turns).toContainEqual({
    post: 'symmetry',
    of: 'lockstep.spread',
    sentence: 'A.',
    change: 'gone',
  });
});

test('experiments that were not looked at have not changed', () => {
  expect(refresh(published, [], [])).toEqual({ moves: [], turns: [] });
});

test('Markdown keeps a sentence in its cell', () => {
  const turns = [{ post: 'p', of: 'a.b', sentence: 'x | y\nz', change: 'new' as const }];
  expect(refreshMarkdown({ moves: [], turns })).toContain('| x \\| y z | p | `a.b` | new |');
});
