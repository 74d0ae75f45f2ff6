/** Reporters show a run's progress and the time left; the tests have a clock and a screen of their own. */
import { expect, test } from 'vitest';
import { duration } from '../../src/lab/cli/progress.ts';
import { lineReporter, terminalReporter } from '../../src/lab/cli/reporters.ts';
import type { Task } from '../../src/lab/plan/plan.ts';

const task = (seed: number) => ({ key: `${seed}`, params: { a: 1 }, seeds: [seed] }) as unknown as Task;

function screen(columns = 80) {
  let text = '';
  let now = 0;
  const bars = terminalReporter({ write: (more) => (text += more), clock: () => now, columns: () => columns }, 2);
  return {
    bars,
    wait: (milliseconds: number) => (now += milliseconds),
    /** The last drawing, as lines. */
    shown: () =>
      text
        .slice(text.lastIndexOf('\x1b[0J') + 1)
        .replace('[0J', '')
        .trimEnd()
        .split('\n'),
    text: () => text,
  };
}

test('a bar counts cached, done and failed tasks, estimates what is left, and ends as a line', () => {
  const { bars, wait, shown, text } = screen();
  const note = (kind: 'started' | 'finished', of: Task, experiment = 'slow') =>
    bars.note({ kind, experiment, task: of });
  bars.note({ kind: 'planned', experiment: 'slow', tasks: 8, stale: 3, fetched: 0, inputs: [] });
  bars.note({ kind: 'planned', experiment: 'later', tasks: 1, stale: 1, fetched: 0, inputs: [] });
  bars.note({ kind: 'planned', experiment: 'done', tasks: 2, stale: 0, fetched: 0, inputs: [] });
  const [first, second, third] = [task(0), task(1), task(2)];
  note('started', first);
  wait(10_000);
  note('finished', first);
  wait(1000);
  note('started', second);
  // One task took 10 s; two are left, for two threads.
  expect(shown()).toEqual([expect.stringMatching(/^slow {2}█{18}░{6} 6\/8, 5 cached, 10 s left$/), '1 more to come']);
  const failure = {
    experiment: 'slow',
    file: 'experiments/slow.ts',
    params: { a: 1 },
    seeds: [1],
    message: 'boom',
    frames: ['run (experiments/slow.ts:9:3)'],
  };
  bars.note({ kind: 'failed', experiment: 'slow', task: second, failure });
  expect(text()).toContain('slow failed at {"a":1}, seed 1: boom\n  at run (experiments/slow.ts:9:3)\n');
  expect(shown().at(-2)).toContain('6/8, 5 cached, 1 failed');
  note('started', third);
  note('finished', third);
  expect(shown()).toEqual(['slow: 2 run, 1 failed, 5 cached in 11 s', '1 more to come']);
  note('started', task(0), 'later');
  bars.close();
  expect(shown()[0]).toBe('cached: done');
});

test('without a terminal, a reminder reports long tasks, and failures of one cause are reported once', () => {
  let text = '';
  let now = 0;
  const lines = lineReporter({ write: (more) => (text += more), clock: () => now, columns: () => undefined }, 2);
  /** The output since the last call. */
  const output = () => {
    const recent = text;
    text = '';
    return recent;
  };
  lines.note({ kind: 'planned', experiment: 'slow', tasks: 5, stale: 5, fetched: 0, inputs: [] });
  lines.remind();
  expect(output()).toBe('slow: 5 of 5 tasks to run\n');
  const fail = (seed: number, message: string) => {
    const one = task(seed);
    const failure = {
      experiment: 'slow',
      file: 'x.ts',
      params: { a: 1 },
      seeds: [seed],
      message,
      frames: ['run (x.ts:9:3)'],
    };
    lines.note({ kind: 'started', experiment: 'slow', task: one });
    now += 30_000;
    lines.remind();
    lines.note({ kind: 'failed', experiment: 'slow', task: one, failure });
  };
  fail(0, 'x is 0.25');
  expect(output()).toBe('slow: 0/5, after 30 s\nslow failed at {"a":1}, seed 0: x is 0.25\n  at run (x.ts:9:3)\n');
  fail(1, 'x is 17');
  expect(output()).toBe('slow: 0/5, 1 failed, 2:00 left, after 1:00\n');
  fail(2, 'y is 0');
  expect(output()).toContain('seed 2: y is 0');
  fail(3, 'x is 1');
  output();
  fail(4, 'y is 1');
  expect(output().split('\n').slice(1)).toEqual([
    'slow: 2 more alike: x is 0.25',
    'slow: 1 more alike: y is 0',
    'slow: 0 run, 5 failed, 0 cached in 2:30',
    '',
  ]);
  lines.remind();
  expect(output()).toBe('');
});

test('a bar is never wider than the terminal', () => {
  const { bars, shown } = screen(30);
  bars.note({ kind: 'planned', experiment: 'a-rather-long-name', tasks: 8, stale: 4, fetched: 0, inputs: [] });
  bars.note({ kind: 'started', experiment: 'a-rather-long-name', task: task(0) });
  bars.close();
  expect(shown()[0]).toMatch(/^a-rather-long-name/);
  expect(shown()[0]!.length).toBeLessThan(30);
});

test.each([
  [0, '0 s'],
  [1500, '2 s'],
  [59_999, '1:00'],
  [61_000, '1:01'],
  [3_600_000, '1:00:00'],
])('%d ms is %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
