/** Explains why a task would run: which of its inputs changed since the last complete run. */
import type { Scalar } from '../authoring/define-experiment.ts';
import { moduleDigests } from '../bundle/module-digests.ts';
import { readCached } from '../store/cache.ts';
import { canonicalJson } from '../store/canonical-json.ts';
import { type LastRun, readLastRun } from '../store/last-run.ts';
import type { Plan, Task } from './plan.ts';

/** A task without a result, and the reasons in words. */
type StaleTask = { readonly task: Task; readonly reasons: readonly string[] };

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

/** What is new about the point: values that no earlier point had, or else the combination. */
function pointReason(last: LastRun, task: Task): string {
  const newValues = Object.entries(task.params).filter(
    ([name, value]) => !last.points.some((point) => (point as Record<string, Scalar | undefined>)[name] === value),
  );
  const part = newValues.length > 0 ? Object.fromEntries(newValues) : task.params;
  return `new point: ${canonicalJson(part)}`;
}

function inputReasons(last: LastRun, task: Task, modules: Readonly<Record<string, string>>): string[] {
  const { inputs } = task;
  const reasons: string[] = [];
  if (!last.points.some((point) => canonicalJson(point) === canonicalJson(task.params)))
    reasons.push(pointReason(last, task));
  if (!last.seeds.some((seeds) => canonicalJson(seeds) === canonicalJson(task.seeds)))
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
export async function explainStaleTasks(root: string, plan: Plan): Promise<StaleTask[]> {
  const cached = plan.tasks.map((task) => readCached(root, plan.name, task));
  if (cached.every(({ state }) => state === 'present')) return [];
  const last = await readLastRun(root, plan.name);
  const modules = await moduleDigests(root, plan.code);
  return plan.tasks.flatMap((task, i): StaleTask[] => {
    const { state } = cached[i]!;
    if (state === 'present') return [];
    if (state === 'damaged') return [{ task, reasons: ['its file in the cache is damaged'] }];
    if (last === undefined) return [{ task, reasons: ['no complete run yet'] }];
    const reasons = inputReasons(last, task, modules);
    return [{ task, reasons: reasons.length > 0 ? reasons : ['its file in the cache is gone'] }];
  });
}
