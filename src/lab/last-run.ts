/** What an experiment's last complete run was made from, so that a later run can say what changed since. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeWhole } from './cache.ts';
import { canonical } from './canonical.ts';
import { moduleDigests } from './modules.ts';
import type { Plan } from './plan.ts';
import { lastRunFile } from './project.ts';

const schema = z.object({
  code: z.string(),
  /** Digest of each module in the bundle, by path. */
  modules: z.record(z.string(), z.string()),
  /** Digest of each declared file, by name. */
  data: z.record(z.string(), z.string()),
  /** Digest of the code that reads them. */
  reader: z.string().optional(),
  node: z.string(),
  points: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  /** Seeds of each task of a point. */
  seeds: z.array(z.array(z.number())),
});

export type LastRun = Readonly<z.infer<typeof schema>>;

/** Reads it; undefined if there was none or the file is not whole. */
export async function readLastRun(root: string, experiment: string): Promise<LastRun | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(lastRunFile(root, experiment), 'utf8')));
  } catch {
    // Only explanations are drawn from this file: without it they say less, and nothing else changes.
    return undefined;
  }
}

/** Notes that all of the plan's tasks have results. */
export async function writeLastRun(root: string, plan: Plan): Promise<void> {
  const { inputs } = plan.tasks[0]!;
  const perPoint = plan.tasks.length / plan.definition.points.length;
  const run: LastRun = {
    code: inputs.code,
    modules: await moduleDigests(root, plan.code),
    data: { ...inputs.data },
    ...(inputs.reader === undefined ? {} : { reader: inputs.reader }),
    node: inputs.node,
    points: plan.definition.points.map((point) => ({ ...point })),
    seeds: plan.tasks.slice(0, perPoint).map((task) => [...task.seeds]),
  };
  await writeWhole(lastRunFile(root, plan.name), `${canonical(run)}\n`);
}
