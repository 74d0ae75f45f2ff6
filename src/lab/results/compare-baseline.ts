/** Compares results with the published baseline: the measures that moved and the claims that changed state. */
import type { Measure } from '../authoring/define-experiment.ts';
import type { Baseline, Claim } from './baseline.ts';
import { findMeasure, type Results, UnknownMeasure } from './find-measure.ts';

/** Claims without their locations. */
type Claims = readonly Omit<Claim, 'at'>[];

/** A number that changed, appeared (`was` undefined) or disappeared (`is` undefined). */
export type MeasureChange = {
  readonly path: string;
  readonly was: number | undefined;
  readonly is: number | undefined;
};

/** A claim whose state is not the published one. */
export type ClaimChange = {
  readonly post: string;
  readonly sentence: string;
  readonly of: string;
  readonly change: 'now false' | 'now holds' | 'new' | 'gone' | 'to be tested again';
};

export type BaselineComparison = { readonly moves: readonly MeasureChange[]; readonly turns: readonly ClaimChange[] };

/** Adds every number of a measure to `into`, by its path. */
function numbersOf(measure: Measure, path: string, into: Map<string, number>): Map<string, number> {
  if (typeof measure === 'number') return into.set(path, measure);
  for (const [key, inner] of Object.entries(measure)) numbersOf(inner as Measure, `${path}.${key}`, into);
  return into;
}

function measureChanges(published: Baseline, results: Results): MeasureChange[] {
  const was = new Map<string, number>();
  const is = new Map<string, number>();
  for (const { name, measures } of results) {
    numbersOf(published.measures[name] ?? {}, name, was);
    numbersOf(measures, name, is);
  }
  const paths = [...new Set([...was.keys(), ...is.keys()])].sort();
  return paths.map((path) => ({ path, was: was.get(path), is: is.get(path) })).filter((move) => move.was !== move.is);
}

/** Whether the measure still has the value that the claim was tested with. */
function isCurrent(claim: Claims[number], results: Results): boolean {
  try {
    return JSON.stringify(findMeasure(results, claim.of)) === JSON.stringify(claim.value);
  } catch (error) {
    if (error instanceof UnknownMeasure) return false;
    throw error;
  }
}

function claimChanges(published: Baseline, results: Results, claims: Claims): ClaimChange[] {
  const chosen = new Set(results.map((result) => result.name));
  const ofChosen = ({ of }: { of: string }) => chosen.has(of.split('.')[0]!);
  const id = ({ post, sentence, of, kind }: Claims[number]) => [post, of, kind, sentence].join('\n');
  const before = new Map(published.claims.filter(ofChosen).map((claim) => [id(claim), claim]));
  const turns: ClaimChange[] = [];
  for (const claim of claims.filter(ofChosen)) {
    const { post, sentence, of } = claim;
    const earlier = before.get(id(claim));
    before.delete(id(claim));
    if (earlier === undefined) turns.push({ post, sentence, of, change: 'new' });
    else if (!isCurrent(claim, results)) turns.push({ post, sentence, of, change: 'to be tested again' });
    else if (earlier.holds !== claim.holds)
      turns.push({ post, sentence, of, change: claim.holds ? 'now holds' : 'now false' });
  }
  for (const { post, sentence, of } of before.values()) turns.push({ post, sentence, of, change: 'gone' });
  return turns;
}

/** Compares `results` and the claims about them, as of the site's last build, with the published ones. */
export function compareBaseline(published: Baseline, results: Results, claims: Claims): BaselineComparison {
  return { moves: measureChanges(published, results), turns: claimChanges(published, results, claims) };
}

const format = (value: number | undefined): string =>
  value === undefined ? '–' : String(Number(value.toPrecision(6)));

/** The change relative to the published number: `+2.5 %`. */
function relative({ was, is }: MeasureChange): string {
  if (was === undefined) return 'new';
  if (is === undefined) return 'gone';
  if (was === 0) return `${is > 0 ? '+' : ''}${format(is)}`;
  const percent = (100 * (is - was)) / Math.abs(was);
  return `${percent > 0 ? '+' : ''}${Number(percent.toPrecision(3))} %`;
}

/** The comparison as lines for a terminal. */
export function comparisonLines({ moves, turns }: BaselineComparison): string[] {
  if (moves.length === 0 && turns.length === 0) return ['as published: no measure moved, no claim changed state'];
  const width = Math.max(0, ...moves.map(({ path }) => path.length));
  return [
    `against what is published: ${moves.length} numbers moved, ${turns.length} claims changed state`,
    ...moves.map(
      (move) => `  ${move.path.padEnd(width)}  ${format(move.was)} → ${format(move.is)}  (${relative(move)})`,
    ),
    ...turns.map((turn) => `  claim ${turn.change}: “${turn.sentence}” (${turn.post}, ${turn.of})`),
  ];
}

/** Escapes text for a cell of a Markdown table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The comparison as Markdown for a pull request. */
export function comparisonMarkdown({ moves, turns }: BaselineComparison): string {
  const lines = ['# What changed against the published results', ''];
  if (moves.length === 0) lines.push('No measure moved.', '');
  else {
    lines.push('| measure | was | is | change |', '|---|---:|---:|---:|');
    for (const move of moves)
      lines.push(`| \`${move.path}\` | ${format(move.was)} | ${format(move.is)} | ${relative(move)} |`);
    lines.push('');
  }
  if (turns.length === 0) lines.push('No claim changed state.', '');
  else {
    lines.push('| claim | post | measure | state |', '|---|---|---|---|');
    for (const turn of turns) lines.push(`| ${cell(turn.sentence)} | ${turn.post} | \`${turn.of}\` | ${turn.change} |`);
    lines.push('');
  }
  return lines.join('\n');
}
