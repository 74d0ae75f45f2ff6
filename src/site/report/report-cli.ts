/** `npm run experiments -- --report FILE`: what the present results change, as FILE.html and FILE.md. */
import { writeFile } from 'node:fs/promises';
import { readOptions } from '../../lab/cli/options.ts';
import { LabError } from '../../lab/errors.ts';
import { type Baseline, type Claim, readBaseline, readClaims } from '../../lab/results/baseline.ts';
import { compareBaseline } from '../../lab/results/compare-baseline.ts';
import { findMeasure, loadResults, type Results } from '../../lab/results/index.ts';
import { canonicalJson } from '../../lab/store/canonical-json.ts';
import { openStore } from '../../lab/store/shared-store.ts';
import { type Bounds, checkClaim } from '../claims/check-claim.ts';
import { markdownFiles } from '../posts/post-paths.ts';
import { changedFigures } from './changed-figures.ts';
import { changedSentences } from './changed-sentences.ts';
import { earlierRecords } from './earlier-results.ts';
import { type Changes, reportHtml, reportMarkdown } from './report-page.ts';

/** The files of a report, from what `--report` names: with either ending or without. */
export const reportFiles = (named: string): { markdown: string; html: string } => {
  const base = named.replace(/\.(?:md|html)$/, '');
  return { markdown: `${base}.md`, html: `${base}.html` };
};

type Tested = Omit<Claim, 'at'>;

/** A claim as the present results have it; unchanged where they lack its measure. */
function retested(claim: Tested, results: Results): Tested {
  try {
    const checks = checkClaim(results, claim.of, { [claim.kind]: claim.bound } as Bounds);
    return {
      ...claim,
      value: findMeasure(results, claim.of) as Claim['value'],
      holds: checks.every(({ holds }) => holds),
    };
  } catch {
    return claim;
  }
}

/** The published measures of some results, as far as sentences need them. */
const publishedOf = ({ measures }: Baseline, results: Results): Results =>
  results.map((result) => ({ ...result, measures: measures[result.name] ?? {} }));

/** All that `results` change against what is published. `store` may have the published results. */
async function changesOf(root: string, published: Baseline, results: Results, store: string | undefined) {
  const claims = ((await readClaims(root)) ?? published.claims).map((claim) => retested(claim, results));
  const comparison = compareBaseline(published, results, claims);
  const was = publishedOf(published, results);
  const sentences = markdownFiles(root).flatMap((file) => changedSentences(root, file, was, results));
  const opened = store === undefined ? undefined : openStore(root, store, undefined);
  const figures: Changes['figures'][number][] = [];
  for (const result of results) {
    const keys = published.tasks?.[result.name];
    if (keys?.join() === result.tasks.map(({ key }) => key).join()) continue;
    const measures = published.measures[result.name] ?? {};
    const records = keys && (await earlierRecords(root, result.name, keys, opened));
    // Without the published results, figures are new only where numbers are.
    if (records === undefined && canonicalJson(measures) === canonicalJson(result.measures)) continue;
    const before = records && { records, measures };
    figures.push(...(await changedFigures(root, result.name, before, result)));
  }
  return { comparison, sentences, figures };
}

/** Writes the report of a blog whose experiments have results; `args` are those of the run. Returns the files. */
export async function report(root: string, args: readonly string[]): Promise<string[]> {
  const { report: named, names, cache } = readOptions(args);
  const published = await readBaseline(root);
  if (published === undefined) throw new LabError('no report: nothing is published yet (`--publish`)');
  const results = await loadResults({ root, ...(names.length > 0 && { names }) });
  const changes = await changesOf(root, published, results, cache);
  const { markdown, html } = reportFiles(named!);
  await writeFile(markdown, reportMarkdown(changes));
  await writeFile(html, reportHtml(changes));
  return [html, markdown];
}
