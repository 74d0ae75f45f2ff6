/** What a person sees of a run: a live bar for each experiment on a terminal, plain lines elsewhere. */
import { createAlike } from './alike.ts';
import type { RunEvent } from './run.ts';
import { type Count, createTally, duration, fractionDone, timeLeft } from './tally.ts';

/** Where to write, and the clock (milliseconds). */
export type Screen = {
  readonly write: (text: string) => void;
  readonly clock: () => number;
  /** Width in characters; undefined where it is no terminal. */
  readonly columns: () => number | undefined;
};

export type Reporter = {
  note(event: RunEvent): void;
  /** Says how far it is, to be called now and then: a long task says nothing itself. */
  remind(): void;
  close(): void;
};

const isOver = (count: Count): boolean => count.cached + count.done + count.failed === count.tasks;

const isUnderWay = (count: Count): boolean => count.began !== undefined && !isOver(count);

/** `7/36, 4 cached, 1 failed, 2:10 left`. */
function state(count: Count, now: number, threads: number): string {
  const left = timeLeft(count, now, threads);
  const facts = [
    `${count.done + count.cached}/${count.tasks}`,
    count.cached > 0 ? `${count.cached} cached` : '',
    count.failed > 0 ? `${count.failed} failed` : '',
    left === undefined ? '' : `${duration(left)} left`,
  ];
  return facts.filter((fact) => fact !== '').join(', ');
}

const outcome = (count: Count, now: number): string => {
  const failed = count.failed > 0 ? `, ${count.failed} failed` : '';
  const time = count.began === undefined ? '' : ` in ${duration(now - count.began)}`;
  return `${count.name}: ${count.done} run${failed}, ${count.cached} cached${time}`;
};

/** One line an experiment when it starts and when it is over, and whatever a task says or fails with. */
export function plainLines(screen: Screen, threads: number): Reporter {
  const alike = createAlike();
  const tally = createTally(screen.clock);
  const line = (text: string) => screen.write(`${text}\n`);
  return {
    note(event) {
      tally.note(event);
      if (event.kind === 'log') line(`${event.experiment}: ${event.text}`);
      const failure = event.kind === 'failed' ? alike.note(event.failure) : undefined;
      if (failure !== undefined) line(failure);
      const count = tally.counts.find(({ name }) => name === event.experiment)!;
      if (event.kind === 'planned') {
        const toRun = count.tasks - count.cached;
        line(
          toRun === 0
            ? `${count.name}: ${count.tasks} cached`
            : `${count.name}: ${toRun} of ${count.tasks} tasks to run`,
        );
      } else if ((event.kind === 'finished' || event.kind === 'failed') && isOver(count)) {
        for (const more of alike.more(count.name)) line(more);
        line(outcome(count, screen.clock()));
      }
    },
    remind() {
      const now = screen.clock();
      for (const count of tally.counts.filter(isUnderWay)) {
        line(`${count.name}: ${state(count, now, threads)}, after ${duration(now - count.began!)}`);
      }
    },
    close() {},
  };
}

/** Eighths of a character, so that slow work moves too. */
function bar(fraction: number, width: number): string {
  const eighths = Math.floor(fraction * width * 8);
  const part = ' ▏▎▍▌▋▊▉'[eighths % 8]!;
  const text = '█'.repeat(Math.floor(eighths / 8)) + (eighths % 8 === 0 ? '' : part);
  return text.padEnd(width, '░');
}

/**
 * A bar for each experiment under way, redrawn in place at most ten times a second. An experiment that is over leaves
 * a line above the bars; those to come are counted below.
 */
export function liveBars(screen: Screen, threads: number): Reporter {
  const alike = createAlike();
  const tally = createTally(screen.clock);
  let drawn = 0;
  let last = Number.NEGATIVE_INFINITY;

  const row = (count: Count): string => {
    const names = Math.max(...tally.counts.map(({ name }) => name.length));
    const text = `${count.name.padEnd(names)} ${bar(fractionDone(count), 24)} ${state(count, screen.clock(), threads)}`;
    return text.slice(0, (screen.columns() || 80) - 1);
  };
  /** Replaces the bars by `above`, which stays, and the bars as they are now. */
  const draw = (above: readonly string[]) => {
    const erase = drawn > 0 ? `\x1b[${drawn}A\x1b[0J` : '';
    const rows = tally.counts.filter(isUnderWay).map(row);
    const waiting = tally.counts.filter((count) => count.began === undefined && !isOver(count)).length;
    if (waiting > 0) rows.push(`${waiting} more to come`);
    screen.write(erase + [...above, ...rows].map((line) => `${line}\n`).join(''));
    drawn = rows.length;
    last = screen.clock();
  };
  return {
    note(event) {
      tally.note(event);
      const lines: string[] = [];
      if (event.kind === 'log') lines.push(`${event.experiment}: ${event.text}`);
      const failure = event.kind === 'failed' ? alike.note(event.failure) : undefined;
      if (failure !== undefined) lines.push(failure);
      const count = tally.counts.find(({ name }) => name === event.experiment)!;
      if ((event.kind === 'finished' || event.kind === 'failed') && isOver(count)) {
        lines.push(...alike.more(count.name), outcome(count, screen.clock()));
      }
      if (lines.length > 0 || screen.clock() - last >= 100) draw(lines);
    },
    remind: () => draw([]),
    close() {
      const idle = tally.counts.filter((count) => count.cached === count.tasks).map(({ name }) => name);
      draw(idle.length > 0 ? [`cached: ${idle.join(', ')}`] : []);
    },
  };
}

/** Every event as a line of JSON, for programs. */
export function jsonLines(screen: Screen): Reporter {
  return {
    note(event) {
      const { task, failure, ...rest } = { task: undefined, failure: undefined, ...event };
      const about = task === undefined ? {} : { params: task.params, seeds: task.seeds };
      screen.write(`${JSON.stringify({ ...rest, ...about, ...failure })}\n`);
    },
    remind() {},
    close() {},
  };
}
