/** Why a task would run: which of its inputs changed since the last complete run. */
import { readCached } from './cache.ts';
import { canonical } from './canonical.ts';
import type { Scalar } from './define.ts';
import { type LastRun, readLastRun } from './last-run.ts';
import { moduleDigests } from './modules.ts';
import type { Plan, Task } from './plan.ts';

/** A task without a result, and the reasons in words. */
export type Stale = { readonly task: Task; readonly reasons: readonly string[] };

/** Names in either record whose values differ. */
function changed(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]).sort();
}

function codeReason(last: LastRun, modules: Readonly<Record<string, string>>): string {
  const files = changed(last.modules, modules);
  return files.length > 0
    ? `code changed: ${files.join(', ')}`
    : 'code changed: another part of the same modules is used';
}

/** What is new about the point: a value that no earlier point had, or else a combination of known ones. */
function pointReason(last: LastRun, task: Task): string {
  const fresh = Object.entries(task.params).filter(
    ([name, value]) => !last.points.some((point) => (point as Record<string, Scalar | undefined>)[name] === value),
  );
  const part = fresh.length > 0 ? Object.fromEntries(fresh) : task.params;
  return `new point: ${canonical(part)}`;
}

function inputReasons(last: LastRun, task: Task, modules: Readonly<Record<string, string>>): string[] {
  const { inputs } = task;
  const reasons: string[] = [];
  if (!last.points.some((point) => canonical(point) === canonical(task.params))) reasons.push(pointReason(last, task));
  if (!last.seeds.some((seeds) => canonical(seeds) === canonical(task.seeds)))
    reasons.push(`new seeds: ${task.seeds.join(', ')}`);
  if (inputs.code !== last.code) reasons.push(codeReason(last, modules));
  for (const name of changed(last.data, inputs.data)) reasons.push(`data changed: ${name}`);
  if (inputs.reader !== undefined && last.reader !== undefined && inputs.reader !== last.reader) {
    reasons.push('the lab reads data files differently');
  }
  if (inputs.node !== last.node) reasons.push(`Node changed: ${last.node} to ${inputs.node}`);
  return reasons;
}

/** The tasks of a plan that have no result, each with its reasons. */
export async function explain(root: string, plan: Plan): Promise<Stale[]> {
  const cached = plan.tasks.map((task) => readCached(root, plan.name, task));
  if (cached.every(({ state }) => state === 'present')) return [];
  const last = await readLastRun(root, plan.name);
  const modules = await moduleDigests(root, plan.code);
  return plan.tasks.flatMap((task, i): Stale[] => {
    const { state } = cached[i]!;
    if (state === 'present') return [];
    if (state === 'damaged') return [{ task, reasons: ['its file in the cache is damaged'] }];
    if (last === undefined) return [{ task, reasons: ['no complete run yet'] }];
    const reasons = inputReasons(last, task, modules);
    return [{ task, reasons: reasons.length > 0 ? reasons : ['its file in the cache is gone'] }];
  });
}
