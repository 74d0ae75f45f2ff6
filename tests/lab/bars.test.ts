/** What is shown of a run: bars that move and estimate, on a clock and a screen of the test's own. */
import { expect, test } from 'vitest';
import { liveBars } from '../../src/lab/bars.ts';
import type { Task } from '../../src/lab/plan.ts';
import { duration } from '../../src/lab/tally.ts';

const task = (seed: number) => ({ key: `${seed}`, params: { a: 1 }, seeds: [seed] }) as unknown as Task;

function screen(columns = 80) {
  let text = '';
  let now = 0;
  const bars = liveBars({ write: (more) => (text += more), clock: () => now, columns: () => columns }, 2);
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

test('a bar counts cached, done and failed tasks and says what is left', () => {
  const { bars, wait, shown, text } = screen();
  bars.note({ kind: 'planned', experiment: 'slow', tasks: 8, stale: 4, inputs: [] });
  bars.note({ kind: 'planned', experiment: 'cached', tasks: 2, stale: 0, inputs: [] });
  bars.note({ kind: 'started', experiment: 'slow', task: task(0) });
  expect(shown().join()).not.toContain('cached:');
  const [first, second] = [task(0), task(1)];
  bars.note({ kind: 'started', experiment: 'slow', task: first });
  wait(10_000);
  bars.note({ kind: 'finished', experiment: 'slow', task: first });
  // One task took 10 s: three more on two threads, of which one has run for 10 s without a word.
  expect(shown()[0]).toMatch(/^slow {3}█+░+ 5\/8, 4 cached, \d+ s left$/);
  bars.note({ kind: 'started', experiment: 'slow', task: second });
  wait(1000);
  const failure = {
    experiment: 'slow',
    file: 'experiments/slow.ts',
    params: { a: 1 },
    seeds: [1],
    message: 'boom',
    frames: [],
  };
  bars.note({ kind: 'failed', experiment: 'slow', task: second, failure });
  expect(text()).toContain('slow failed at {"a":1}, seed 1: boom\n  at experiments/slow.ts\n');
  expect(shown().at(-1)).toContain('5/8, 4 cached, 1 failed');
  bars.close();
  expect(text()).toMatch(/1 cached: cached\n$/);
});

test('a bar is never wider than the terminal', () => {
  const { bars, shown } = screen(30);
  bars.note({ kind: 'planned', experiment: 'a-rather-long-name', tasks: 8, stale: 4, inputs: [] });
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
