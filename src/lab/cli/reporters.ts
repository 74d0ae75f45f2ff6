/** Reports a run's progress: a live bar for each experiment on a terminal, plain lines elsewhere, or JSON. */
import type { RunEvent } from '../run/events.ts';
import { createFailureGroups, type FailureGroups } from '../run/failures.ts';

import { createProgress, duration, type ExperimentProgress, fractionDone, timeLeft } from './progress.ts';

/** Output, clock (milliseconds) and width. */
export type Screen = {
  readonly write: (text: string) => void;
  readonly clock: () => number;
  /** Width in characters; undefined if the output is no terminal. */
  readonly columns: () => number | undefined;
};

export type Reporter = {
  note(event: RunEvent): void;
  /** Reports the state of experiments under way; to be called now and then, since a long task gives no event. */
  remind(): void;
  close(): void;
};

const isOver = (count: ExperimentProgress): boolean => count.cached + count.done + count.failed === count.tasks;

const isUnderWay = (count: ExperimentProgress): boolean => count.began !== undefined && !isOver(count);

/** `2 fetched, 4 cached`; empty if there is neither. */
const cachedText = ({ cached, fetched }: ExperimentProgress): string =>
  [fetched > 0 ? `${fetched} fetched` : '', cached > fetched ? `${cached - fetched} cached` : '']
    .filter((part) => part !== '')
    .join(', ');

/** `7/36, 4 cached, 1 failed, 2:10 left`. */
function state(count: ExperimentProgress, now: number, threads: number): string {
  const left = timeLeft(count, now, threads);
  const facts = [
    `${count.done + count.cached}/${count.tasks}`,
    cachedText(count),
    count.failed > 0 ? `${count.failed} failed` : '',
    left === undefined ? '' : `${duration(left)} left`,
  ];
  return facts.filter((fact) => fact !== '').join(', ');
}

/** `lockstep: 12 run, 1 failed, 4 cached in 2:10`. */
const summary = (count: ExperimentProgress, now: number): string => {
  const failed = count.failed > 0 ? `, ${count.failed} failed` : '';
  const time = count.began === undefined ? '' : ` in ${duration(now - count.began)}`;
  return `${count.name}: ${count.done} run${failed}, ${cachedText(count) || '0 cached'}${time}`;
};

type TaskEvent = Exclude<RunEvent, { kind: 'note' | 'warning' }>;

/** Lines for an event: a task's log or failure, and a summary when its experiment is over. */
function eventLines(event: TaskEvent, count: ExperimentProgress, groups: FailureGroups, now: number): string[] {
  const lines: string[] = [];
  if (event.kind === 'log') lines.push(`${event.experiment}: ${event.text}`);
  const failure = event.kind === 'failed' ? groups.note(event.failure) : undefined;
  if (failure !== undefined) lines.push(failure);
  if ((event.kind === 'finished' || event.kind === 'failed') && isOver(count)) {
    lines.push(...groups.more(count.name), summary(count, now));
  }
  return lines;
}

/** One line for an experiment when it starts and when it is over, and lines for logs and failures of its tasks. */
export function lineReporter(screen: Screen, threads: number): Reporter {
  const failures = createFailureGroups();
  const progress = createProgress(screen.clock);
  const line = (text: string) => screen.write(`${text}\n`);
  return {
    note(event) {
      if (event.kind === 'note' || event.kind === 'warning') return line(event.message);
      progress.note(event);
      const count = progress.counts.find(({ name }) => name === event.experiment)!;
      if (event.kind === 'planned') {
        const { name, tasks, cached, fetched } = count;
        const toRun = `${tasks - cached} of ${tasks} tasks to run${fetched > 0 ? `, ${fetched} fetched` : ''}`;
        line(`${name}: ${tasks === cached ? cachedText(count) || 'no tasks' : toRun}`);
      }
      eventLines(event, count, failures, screen.clock()).forEach(line);
    },
    remind() {
      const now = screen.clock();
      for (const count of progress.counts.filter(isUnderWay)) {
        line(`${count.name}: ${state(count, now, threads)}, after ${duration(now - count.began!)}`);
      }
    },
    close() {},
  };
}

/** A bar of `width` characters, drawn in eighths of a character so that slow progress is seen too. */
function bar(fraction: number, width: number): string {
  const eighths = Math.floor(fraction * width * 8);
  const part = ' ▏▎▍▌▋▊▉'[eighths % 8]!;
  const text = '█'.repeat(Math.floor(eighths / 8)) + (eighths % 8 === 0 ? '' : part);
  return text.padEnd(width, '░');
}

/**
 * A bar for each experiment under way, redrawn in place at most ten times a second. The summaries of those that are
 * over stay above the bars; those to come are counted below.
 */
export function terminalReporter(screen: Screen, threads: number): Reporter {
  const failures = createFailureGroups();
  const progress = createProgress(screen.clock);
  let drawn = 0;
  let last = Number.NEGATIVE_INFINITY;

  const row = (count: ExperimentProgress): string => {
    const names = Math.max(...progress.counts.map(({ name }) => name.length));
    const text = `${count.name.padEnd(names)} ${bar(fractionDone(count), 24)} ${state(count, screen.clock(), threads)}`;
    return text.slice(0, (screen.columns() || 80) - 1);
  };
  /** Replaces the bars by the lines `above`, which stay, and the new bars. */
  const draw = (above: readonly string[]) => {
    const erase = drawn > 0 ? `\x1b[${drawn}A\x1b[0J` : '';
    const rows = progress.counts.filter(isUnderWay).map(row);
    const waiting = progress.counts.filter((count) => count.began === undefined && !isOver(count)).length;
    if (waiting > 0) rows.push(`${waiting} more to come`);
    screen.write(erase + [...above, ...rows].map((line) => `${line}\n`).join(''));
    drawn = rows.length;
    last = screen.clock();
  };
  return {
    note(event) {
      if (event.kind === 'note' || event.kind === 'warning') return draw([event.message]);
      progress.note(event);
      const count = progress.counts.find(({ name }) => name === event.experiment)!;
      const lines = eventLines(event, count, failures, screen.clock());
      if (lines.length > 0 || screen.clock() - last >= 100) draw(lines);
    },
    remind: () => draw([]),
    close() {
      const idle = progress.counts.filter((count) => count.cached === count.tasks).map(({ name }) => name);
      draw(idle.length > 0 ? [`cached: ${idle.join(', ')}`] : []);
    },
  };
}

/** Each event as a line of JSON, for programs. */
export function jsonReporter(screen: Screen): Reporter {
  return {
    note(event) {
      const { task, failure, ...rest } = { task: undefined, failure: undefined, ...event };
      const point = task === undefined ? {} : { params: task.params, seeds: task.seeds };
      screen.write(`${JSON.stringify({ ...rest, ...point, ...failure })}\n`);
    },
    remind() {},
    close() {},
  };
}
