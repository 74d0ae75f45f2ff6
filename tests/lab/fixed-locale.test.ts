/** Locale and time zone are the same in measures and charts on every machine. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fixture } from './project.ts';

const machines = [
  { LC_ALL: 'C', TZ: 'UTC' },
  { LC_ALL: 'sv_SE.UTF-8', TZ: 'Asia/Tokyo' },
  { LC_ALL: 'tr_TR.UTF-8', TZ: 'America/St_Johns' },
  { LC_ALL: 'ar_EG.UTF-8', TZ: 'Pacific/Kiritimati' },
];

const localeExpressions = [
  "['z','ä','I','ı','i'].sort((a, b) => a.localeCompare(b)).join('')",
  "['z','ä'].sort(new Intl.Collator().compare).join('')",
  "['z','ä'].sort(Intl.Collator([]).compare).join('')",
  "['z','ä'].sort(new Intl.Collator('tlh').compare).join('')",
  "'title'.toLocaleUpperCase() + 'TITLE'.toLocaleLowerCase()",
  '(1234567.5).toLocaleString() + [1234.5].toLocaleString() + new Float64Array([1234.5]).toLocaleString()',
  '(12345n).toLocaleString() + new Intl.NumberFormat().format(0.5)',
  'new Date(0).toLocaleString() + new Date(0).toLocaleDateString() + new Date(0).toLocaleTimeString()',
  'new Date(2026, 0, 1).getTime()',
  'new Intl.DateTimeFormat().format(0) + Intl.DateTimeFormat().resolvedOptions().timeZone',
  "new Intl.PluralRules().select(3) + new Intl.ListFormat().format(['a', 'b'])",
  'new (new Intl.NumberFormat().constructor)().format(1234.5)',
  'new (class extends Intl.NumberFormat {})().format(1234.5)',
  'navigator.language + navigator.languages',
];

const cli = fileURLToPath(new URL('../../src/lab/cli/main.ts', import.meta.url));
const module = new URL('../../src/lab/fixed-locale.ts', import.meta.url).href;

/** The values of expressions in a process that imports fixed-locale.ts first. */
function valuesIn(env: Readonly<Record<string, string>>, expressions: readonly string[]): string[] {
  const code = `await import(${JSON.stringify(module)});\nconsole.log(JSON.stringify([${expressions.join(',\n')}]));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  return JSON.parse(output) as string[];
}

test('locale functions give the same in every locale and time zone of the machine', () => {
  const [first, ...others] = machines.map((machine) => valuesIn(machine, localeExpressions));
  for (const other of others) expect(other).toEqual(first);
});

test('an explicit locale is the one that is used', () => {
  expect(
    valuesIn(machines[0]!, [
      "['z','ä'].sort((a, b) => a.localeCompare(b, 'sv')).join('')",
      "'i'.toLocaleUpperCase('tr')",
      "(1234.5).toLocaleString('de')",
      "new Intl.DateTimeFormat('en', { timeZone: 'Asia/Tokyo', hour: 'numeric' }).format(0)",
    ]),
  ).toEqual(['zä', 'İ', '1.234,5', '9 AM']);
});

test('a measure that depends on the locale has one value', () => {
  const [first, ...others] = machines.map((machine) => {
    const project = fixture('sums');
    project.edit(
      'experiments/sums.ts',
      'measures: {',
      `measures: {
    swedish: () => ('z'.localeCompare('ä') < 0 ? 1 : 0),
    midnight: () => new Date(2026, 0, 1).getTime(),
    digits: () => (1234.5).toLocaleString().length,`,
    );
    execFileSync(process.execPath, [cli], { cwd: project.root, env: { ...process.env, ...machine } });
    return project.files('.measured/last');
  });
  expect(JSON.stringify(first)).toContain('midnight');
  for (const other of others) expect(other).toEqual(first);
});
