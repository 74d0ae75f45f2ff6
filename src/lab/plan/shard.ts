/** Deals tasks out to slices, on every machine alike: by their keys, or by a file of the times that they took. */
import type { Plan, Task } from './plan.ts';
import type { TaskTimes } from './task-times.ts';
import { timeName } from './task-times.ts';

/** The slice, from 0, of a task: its key, a hash, modulo the number of slices. Other tasks make no difference. */
const sliceByKey = (key: string, count: number): number => Number(BigInt(`0x${key}`) % BigInt(count));

/**
 * Keys of the tasks in slice `index` (from 1) of `count`. With times, the longest tasks are dealt out first, each to the
 * slice with the least to do; a task without a time takes the mean of its experiment's, or of all.
 */
export function shardKeys(
  plans: readonly Plan[],
  { index, count }: { readonly index: number; readonly count: number },
  times: TaskTimes | undefined,
): ReadonlySet<string> {
  const slice = index - 1;
  const tasks = plans.flatMap((plan) => plan.tasks.map((task) => ({ plan, task })));
  if (times === undefined || Object.keys(times).length === 0)
    return new Set(tasks.map(({ task }) => task.key).filter((key) => sliceByKey(key, count) === slice));

  const sum = (list: readonly number[]) => list.reduce((total, x) => total + x, 0);
  const mean = (list: readonly number[]) => sum(list) / Math.max(1, list.length);
  const all = mean(Object.values(times).flatMap((each) => Object.values(each)));
  const secondsOf = ({ name }: Plan, task: Task): number => {
    const own = times[name] ?? {};
    return own[timeName(task)] ?? (Object.keys(own).length > 0 ? mean(Object.values(own)) : all);
  };
  // Two experiments may have a task of the same key: both run in one slice.
  const sorted = [...Map.groupBy(tasks, ({ task }) => task.key)]
    .map(([key, same]) => ({ key, seconds: sum(same.map(({ plan, task }) => secondsOf(plan, task))) }))
    .sort((a, b) => b.seconds - a.seconds || (a.key < b.key ? -1 : 1));
  const loads = Array.from({ length: count }, () => 0);
  const keys = new Set<string>();
  for (const { key, seconds } of sorted) {
    const least = loads.reduce((best, load, i) => (load < loads[best]! ? i : best), 0);
    loads[least]! += seconds;
    if (least === slice) keys.add(key);
  }
  return keys;
}
