/**
 * `npm run coverage [module …]`: line coverage of each module by its own tests. Vitest counts the lines that run in its own
 * processes; this file adds V8's counts from the commands and threads that tests start. Fails if a module is below the limit.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIMIT = 95;
const MODULES = ['engine', 'lab', 'figure', 'math'];
const folder = 'coverage';

/** Vitest's report: for each file, where statements start and how often each ran. */
type Report = Record<string, { statementMap: Record<string, { start: Place }>; s: Record<string, number> }>;
type Place = { readonly line: number; readonly column: number };
/** V8's report of a process: for each script, nested ranges with their counts. */
type Ranges = readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
type Process = { result: readonly { url: string; functions: readonly { ranges: Ranges }[] }[] };

/** Ranges per file from processes other than Vitest's. Node strips types without moving code, so the offsets fit the sources. */
function childRanges(): Map<string, Ranges[]> {
  const found = new Map<string, Ranges[]>();
  for (const name of readdirSync(`${folder}/children`)) {
    const { result } = JSON.parse(readFileSync(`${folder}/children/${name}`, 'utf8')) as Process;
    if (result.some(({ url }) => url.includes('/node_modules/vitest/'))) continue;
    for (const { url, functions } of result) {
      if (!url.startsWith('file:')) continue;
      const file = fileURLToPath(url);
      found.set(file, [...(found.get(file) ?? []), functions.flatMap(({ ranges }) => ranges)]);
    }
  }
  return found;
}

/** How often the character at `offset` ran: the count of the innermost range around it. */
const countAt = (ranges: Ranges, offset: number): number =>
  ranges
    .filter(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset)
    .reduce((inner, range) =>
      range.endOffset - range.startOffset <= inner.endOffset - inner.startOffset ? range : inner,
    ).count;

/** The number of lines on which a statement starts, and those that never ran. */
function lines(file: string, { statementMap, s }: Report[string], children: readonly Ranges[]) {
  const starts = [0];
  for (const line of readFileSync(file, 'utf8').split('\n')) starts.push(starts.at(-1)! + line.length + 1);
  const ran = new Map<number, boolean>();
  for (const [id, { start }] of Object.entries(statementMap)) {
    const offset = starts[start.line - 1]! + start.column;
    const hit = s[id]! > 0 || children.some((ranges) => countAt(ranges, offset) > 0);
    ran.set(start.line, (ran.get(start.line) ?? false) || hit);
  }
  return { all: ran.size, missed: [...ran].filter(([, hit]) => !hit).map(([line]) => line) };
}

const modules = process.argv.length > 2 ? process.argv.slice(2) : MODULES;
rmSync(folder, { recursive: true, force: true });
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/vitest.config.ts', '--project', 'parts'];
// How the lab behaves on a full disk is tested in tests/fault-injection.
const tests = modules.flatMap((module) =>
  module === 'lab' ? ['tests/lab/', 'tests/fault-injection/disk'] : [`tests/${module}/`],
);
// Counts of code from Node's compile cache are less exact.
const env = { ...process.env, NODE_V8_COVERAGE: resolve(folder, 'children'), NODE_DISABLE_COMPILE_CACHE: '1' };
const { status } = spawnSync(process.execPath, [...vitest, '--coverage', ...tests], { env, stdio: 'inherit' });
const report = JSON.parse(readFileSync(`${folder}/coverage-final.json`, 'utf8')) as Report;
const children = childRanges();
process.exitCode = status ?? 1;
for (const module of modules) {
  const files = Object.keys(report).filter((file) => relative('.', file).startsWith(`src/${module}/`));
  const counted = files.map((file) => ({ file, ...lines(file, report[file]!, children.get(file) ?? []) }));
  const all = counted.reduce((sum, each) => sum + each.all, 0);
  const missed = counted.reduce((sum, each) => sum + each.missed.length, 0);
  const percent = 100 * (1 - missed / all);
  console.log(`src/${module}: ${percent.toFixed(1)} % of ${all} lines (limit ${LIMIT} %)`);
  for (const each of counted)
    if (each.missed.length > 0) console.log(`  ${relative('.', each.file)}: not line ${each.missed.join(', ')}`);
  if (percent < LIMIT) process.exitCode = 1;
}
