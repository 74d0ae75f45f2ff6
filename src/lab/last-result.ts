/** An experiment's last good result, kept for the dev server: what a page shows while newer results are computed. */
import { readFile } from 'node:fs/promises';
import { writeWhole } from './cache.ts';
import { lastResultFile } from './project.ts';
import type { ExperimentResult } from './results.ts';

/** Reads it; undefined if there is none or the file is not whole. */
export async function readLastResult(root: string, experiment: string): Promise<ExperimentResult | undefined> {
  try {
    return JSON.parse(await readFile(lastResultFile(root, experiment), 'utf8')) as ExperimentResult;
  } catch {
    // Without it a page waits for the new result, which is what it does in a build too.
    return undefined;
  }
}

export const writeLastResult = (root: string, result: ExperimentResult): Promise<void> =>
  writeWhole(lastResultFile(root, result.name), JSON.stringify(result));
