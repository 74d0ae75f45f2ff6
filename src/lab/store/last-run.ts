/** Records an experiment's last complete run: its inputs, for `--why`, and its result, for the dev server. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { moduleDigests } from '../bundle/module-digests.ts';
import type { Plan } from '../plan/plan.ts';
import { lastResultFile, lastRunFile } from '../project.ts';
import type { ExperimentResult } from '../results/results.ts';
import { writeAtomic } from './cache.ts';
import { canonicalJson } from './canonical-json.ts';

const schema = z.object({
  code: z.string(),
  /** Digest of each module in the bundle, by path. */
  modules: z.record(z.string(), z.string()),
  /** Digest of each declared file, by name. */
  data: z.record(z.string(), z.string()),
  /** Digest of the code that parses data files. */
  reader: z.string().optional(),
  node: z.string(),
  points: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  /** Seeds of each task of a point. */
  seeds: z.array(z.array(z.number())),
});

export type LastRun = Readonly<z.infer<typeof schema>>;

/** Reads the inputs of the last run; undefined if there was none or the file is damaged. */
export async function readLastRun(root: string, experiment: string): Promise<LastRun | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(lastRunFile(root, experiment), 'utf8')));
  } catch {
    // Only the explanations of `--why` depend on this file: without it they say less.
    return undefined;
  }
}

/** Records the inputs of a plan whose tasks all have results. */
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
  await writeAtomic(lastRunFile(root, plan.name), `${canonicalJson(run)}\n`);
}

/** The result that the dev server shows until a newer one is computed; undefined if there is none or it is damaged. */
export async function readLastResult(root: string, experiment: string): Promise<ExperimentResult | undefined> {
  try {
    return JSON.parse(await readFile(lastResultFile(root, experiment), 'utf8')) as ExperimentResult;
  } catch {
    // Without it the page shows no result until the new one is computed.
    return undefined;
  }
}

export const writeLastResult = (root: string, result: ExperimentResult): Promise<void> =>
  writeAtomic(lastResultFile(root, result.name), JSON.stringify(result));
