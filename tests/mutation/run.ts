/**
 * Mutation testing, `npm run mutation [module …]`: makes one small change to the code at a time and runs the tests of its
 * module; a mutant survives if no test fails. With all modules, the table of scores is written into CONTRIBUTING, between its
 * marks.
 *
 * Stryker is installed separately: `npm ci --prefix tests/mutation`. A later run only tries what has changed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { writeMarked } from '../helpers/marks.ts';
import { modules } from './modules.ts';

/** Stryker's report on a file: the status of each mutant. */
type Report = { files: Record<string, { source: string; mutants: readonly Mutant[] }> };
type Mutant = {
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Ignored' | 'RuntimeError';
};

const stryker = 'tests/mutation/node_modules/@stryker-mutator/core/bin/stryker.js';
const reportOf = (file: string): string => `reports/mutation/${file.replaceAll('/', '.')}.json`;

/**
 * Mutates one file. Only one, since mutated code checks at every operation whether a mutant is active: with all files mutated
 * the tests take twenty times as long.
 */
function mutate(file: string, tests: readonly string[]): void {
  const options = ['--mutate', file, '--incrementalFile', reportOf(file)];
  const { status } = spawnSync(process.execPath, [stryker, 'run', 'tests/mutation/stryker.config.js', ...options], {
    env: { ...process.env, MEASURED_MUTATION_TESTS: JSON.stringify(tests) },
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`Stryker ended with ${status} at ${file}`);
}

/** The mutants of a file; undefined if its current version has not been mutated. */
function mutantsOf(file: string): readonly Mutant[] | undefined {
  if (!existsSync(reportOf(file))) return undefined;
  const { files } = JSON.parse(readFileSync(reportOf(file), 'utf8')) as Report;
  const { source, mutants } = files[file]!;
  return source === readFileSync(file, 'utf8') ? mutants : undefined;
}

/** A module's row of the table, from its files mutated so far. A mutant is found if a test fails or times out. */
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
const chosen = (named.length > 0 ? named : Object.keys(modules)).map((name) => {
  const module = modules[name];
  if (!module) throw new Error(`nothing is mutated under “${name}”, only under ${Object.keys(modules).join(', ')}`);
  return module;
});
for (const { files, tests } of chosen.flatMap(({ parts }) => parts)) for (const file of files) mutate(file, tests);

const rows = chosen.map(({ name, parts }) => {
  const files = parts.flatMap((part) => part.files);
  return row(name, files);
});
const head = ['|  | files | mutants | found | score | left out |', '| --- | ---: | ---: | ---: | ---: | ---: |'];
const table = [...head, ...rows].join('\n');
console.log(table);

if (named.length === 0) writeMarked('.github/CONTRIBUTING.md', 'mutation', table);
