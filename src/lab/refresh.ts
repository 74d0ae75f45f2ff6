/** What a run changed for a reader: measures that moved and claims that changed state, against the published ones. */
import type { Measure } from './define.ts';
import type { Results } from './measures.ts';
import { findMeasure, UnknownMeasure } from './measures.ts';
import type { Claim, Published } from './published.ts';

/** A claim, wherever it stands. */
type Stated = Omit<Claim, 'at'>;

/** A number that is not what it was; undefined where there was or is none. */
export type Move = { readonly path: string; readonly was: number | undefined; readonly is: number | undefined };

/** A claim that is not in the state it was published in. */
export type Turn = {
  readonly post: string;
  readonly sentence: string;
  readonly of: string;
  readonly change: 'now false' | 'now holds' | 'new' | 'gone' | 'to be tested again';
};

export type Refresh = { readonly moves: readonly Move[]; readonly turns: readonly Turn[] };

function numbersOf(measure: Measure, path: string, into: Map<string, number>): Map<string, number> {
  if (typeof measure === 'number') return into.set(path, measure);
  for (const [key, inner] of Object.entries(measure)) numbersOf(inner as Measure, `${path}.${key}`, into);
  return into;
}

function movesOf(published: Published, results: Results): Move[] {
  const was = new Map<string, number>();
  const is = new Map<string, number>();
  for (const { name, measures } of results) {
    numbersOf(published.measures[name] ?? {}, name, was);
    numbersOf(measures, name, is);
  }
  const paths = [...new Set([...was.keys(), ...is.keys()])].sort();
  return paths.map((path) => ({ path, was: was.get(path), is: is.get(path) })).filter((move) => move.was !== move.is);
}

/** Whether the measure is still the one that the claim was tested with. */
function isCurrent(claim: Stated, results: Results): boolean {
  try {
    return JSON.stringify(findMeasure(results, claim.of)) === JSON.stringify(claim.value);
  } catch (error) {
    if (error instanceof UnknownMeasure) return false;
    throw error;
  }
}

function turnsOf(published: Published, results: Results, claims: readonly Stated[]): Turn[] {
  const chosen = new Set(results.map((result) => result.name));
  const ofChosen = ({ of }: { of: string }) => chosen.has(of.split('.')[0]!);
  const id = ({ post, sentence, of, kind }: Stated) => [post, of, kind, sentence].join('\n');
  const before = new Map(published.claims.filter(ofChosen).map((claim) => [id(claim), claim]));
  const turns: Turn[] = [];
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

/** Compares results, and the claims of the site's last build, with the published ones; only experiments in `results`. */
export function refresh(published: Published, results: Results, claims: readonly Stated[]): Refresh {
  return { moves: movesOf(published, results), turns: turnsOf(published, results, claims) };
}

const shown = (value: number | undefined): string => (value === undefined ? '–' : String(Number(value.toPrecision(6))));

/** By how much, relative to what it was: `+2.5 %`. */
function relative({ was, is }: Move): string {
  if (was === undefined) return 'new';
  if (is === undefined) return 'gone';
  if (was === 0) return `${is > 0 ? '+' : ''}${shown(is)}`;
  const percent = (100 * (is - was)) / Math.abs(was);
  return `${percent > 0 ? '+' : ''}${Number(percent.toPrecision(3))} %`;
}

/** The comparison as lines for a terminal. */
export function refreshLines({ moves, turns }: Refresh): string[] {
  if (moves.length === 0 && turns.length === 0) return ['as published: no measure moved, no claim changed state'];
  const width = Math.max(0, ...moves.map(({ path }) => path.length));
  return [
    `against what is published: ${moves.length} numbers moved, ${turns.length} claims changed state`,
    ...moves.map((move) => `  ${move.path.padEnd(width)}  ${shown(move.was)} → ${shown(move.is)}  (${relative(move)})`),
    ...turns.map((turn) => `  claim ${turn.change}: “${turn.sentence}” (${turn.post}, ${turn.of})`),
  ];
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The comparison as Markdown for a pull request. */
export function refreshMarkdown({ moves, turns }: Refresh): string {
  const lines = ['# What changed against the published results', ''];
  if (moves.length === 0) lines.push('No measure moved.', '');
  else {
    lines.push('| measure | was | is | change |', '|---|---:|---:|---:|');
    for (const move of moves)
      lines.push(`| \`${move.path}\` | ${shown(move.was)} | ${shown(move.is)} | ${relative(move)} |`);
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
