/** Results in a shared store, as a run reads and writes them: whatever is wrong with it costs a warning and the work. */
import { messageOf } from '../errors.ts';
import type { Plan, Task } from '../plan/plan.ts';
import { rowsOf } from '../results/results.ts';
import { entryText, type RawRecord, readEntry } from '../store/cache.ts';
import { canonicalJson } from '../store/canonical-json.ts';
import type { SharedStore } from '../store/store.ts';

export type SharedResults = {
  readonly store: SharedStore;
  /** A task's records as canonical JSON; undefined if the store has none that can be used. Never rejects. */
  get(plan: Plan, task: Task): Promise<string | undefined>;
  /** Sends a task's records in the background; resolves when there is room for more. Never rejects. */
  put(task: Task, recordsJson: string): Promise<void>;
  /** Waits for what is being sent. Returns a warning for each kind of problem since the last call. */
  settle(): Promise<string[]>;
};

/** Requests at once, in each direction. */
export const PARALLEL = 32;

/** After so many failed requests in a row, a store is not asked again. */
const GIVE_UP_AFTER = 3;

/** A store is not asked again either when so many answers in a row took longer than so many milliseconds. */
const SLOW_ANSWERS = 2 * PARALLEL;
const SLOW = 3000;

const count = (n: number): string => `${n} ${n === 1 ? 'result' : 'results'}`;

/** The records of an entry that is whole, the task's, canonical and fits the experiment's schema, as JSON. */
export function usableRecords(plan: Plan, task: Task, content: Uint8Array): string | undefined {
  try {
    const text = Buffer.from(content).toString('utf8');
    const found = readEntry(text, task);
    if (found.state !== 'present' || !Array.isArray(found.records)) return undefined;
    const records: readonly RawRecord[] = found.records;
    if (records.length !== task.seeds.length) return undefined;
    rowsOf(plan, task, records);
    const json = canonicalJson(records);
    return entryText(task, json) === text ? json : undefined;
  } catch {
    // The checksum of a false entry may be right, and what it holds anything: no JSON, or nested too deeply to be read.
    return undefined;
  }
}

/** Requests in one direction: counts the failures, and gives up after some in a row. */
function direction(does: string) {
  let failed = 0;
  let inARow = 0;
  let slowInARow = 0;
  let reason = '';
  return {
    async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
      if (inARow < GIVE_UP_AFTER) {
        const start = performance.now();
        try {
          const value = await work();
          slowInARow = performance.now() - start > SLOW ? slowInARow + 1 : 0;
          inARow = slowInARow < SLOW_ANSWERS ? 0 : GIVE_UP_AFTER;
          if (inARow > 0) reason = `its answers take more than ${SLOW / 1000} s`;
          return value;
        } catch (error) {
          inARow++;
          reason = messageOf(error);
        }
      }
      failed++;
      return undefined;
    },
    /** A warning if requests failed since the last call. */
    warning(): string[] {
      const text = `${count(failed)} could not be ${does} (${reason})`;
      const warnings = failed > 0 ? [text] : [];
      failed = 0;
      return warnings;
    },
  };
}

/** The results in `store`. */
export function sharedResults(store: SharedStore): SharedResults {
  const reads = direction('read');
  const writes = direction('written');
  const sending = new Set<Promise<void>>();
  let unusable = 0;
  return {
    store,
    async get(plan, task) {
      const content = await reads.attempt(() => store.get('ac', task.key));
      if (content === undefined) return undefined;
      const json = usableRecords(plan, task, content);
      if (json === undefined) unusable++;
      return json;
    },
    async put(task, recordsJson) {
      if (!store.writable) return;
      const content = Buffer.from(entryText(task, recordsJson));
      const sent = writes.attempt(() => store.put('ac', task.key, content)).then(() => void sending.delete(sent));
      sending.add(sent);
      if (sending.size >= PARALLEL) await Promise.race(sending);
    },
    async settle() {
      await Promise.all(sending);
      const damaged = unusable > 0 ? [`${count(unusable)} damaged or not of the task that was asked for`] : [];
      unusable = 0;
      return [...reads.warning(), ...damaged, ...writes.warning()].map((text) => `${store.address}: ${text}`);
    },
  };
}
