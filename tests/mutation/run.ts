/**
 * `npm run mutation [room …]`: changes the code in one small way at a time and runs the tests of its room; a mutant that no
 * test notices survives. Where all rooms are tried, the table of scores goes into the README, between its two marks.
 *
 * Stryker is installed apart: `npm ci --prefix tests/mutation`. A later run tries only what has changed since.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rooms } from './rooms.ts';

/** Stryker's report on a file: what became of each mutant. */
type Report = { files: Record<string, { source: string; mutants: readonly Mutant[] }> };
type Mutant = {
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Ignored' | 'RuntimeError';
};

const stryker = 'tests/mutation/node_modules/@stryker-mutator/core/bin/stryker.js';
const reportOf = (file: string): string => `reports/mutation/${file.replaceAll('/', '.')}.json`;

/**
 * Mutates one file. One at a time, since the code then asks at every operation whether a mutant is on: with all files so, the
 * tests take twenty times as long.
 */
function mutate(file: string, tests: readonly string[]): void {
  const options = ['--mutate', file, '--incrementalFile', reportOf(file)];
  const { status } = spawnSync(process.execPath, [stryker, 'run', 'tests/mutation/stryker.config.js', ...options], {
    env: { ...process.env, MEASURED_MUTATION_TESTS: JSON.stringify(tests) },
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`Stryker ended with ${status} at ${file}`);
}

/** The mutants of a file; undefined where it has not been mutated as it is now. */
function mutantsOf(file: string): readonly Mutant[] | undefined {
  if (!existsSync(reportOf(file))) return undefined;
  const { files } = JSON.parse(readFileSync(reportOf(file), 'utf8')) as Report;
  const { source, mutants } = files[file]!;
  return source === readFileSync(file, 'utf8') ? mutants : undefined;
}

/** The row of a room, from those of its files that have been mutated: found are mutants that fail a test or never end. */
function row(name: string, files: readonly string[]): string {
  const counted = files.filter((file) => mutantsOf(file) !== undefined);
  const all = counted.flatMap((file) => mutantsOf(file)!);
  const count = (...statuses: Mutant['status'][]) => all.filter(({ status }) => statuses.includes(status)).length;
  const found = count('Killed', 'Timeout');
  const valid = found + count('Survived', 'NoCoverage');
  const score = valid === 0 ? '' : `${((100 * found) / valid).toFixed(1)} %`;
  return `| ${name} | ${counted.length} of ${files.length} | ${valid} | ${found} | ${score} | ${count('Ignored')} |`;
}

if (!existsSync(stryker)) throw new Error('Stryker is missing: npm ci --prefix tests/mutation');
const named = process.argv.slice(2);
const chosen = (named.length > 0 ? named : Object.keys(rooms)).map((name) => {
  const room = rooms[name];
  if (!room) throw new Error(`nothing is mutated under “${name}”, only under ${Object.keys(rooms).join(', ')}`);
  return room;
});
for (const { files, tests } of chosen.flatMap(({ parts }) => parts)) for (const file of files) mutate(file, tests);

const rows = chosen.map(({ name, parts }) => {
  const files = parts.flatMap((part) => part.files);
  return row(name, files);
});
const head = ['|  | files | mutants | found | score | left out |', '| --- | ---: | ---: | ---: | ---: | ---: |'];
const table = [...head, ...rows].join('\n');
console.log(table);

if (named.length === 0) {
  const readme = readFileSync('README.md', 'utf8');
  const [start, end] = ['<!-- mutation -->', '<!-- /mutation -->'];
  if (!readme.includes(start) || !readme.includes(end)) throw new Error(`README.md lacks ${start} or ${end}`);
  const before = readme.slice(0, readme.indexOf(start));
  writeFileSync('README.md', `${before}${start}\n${table}\n${readme.slice(readme.indexOf(end))}`);
}
