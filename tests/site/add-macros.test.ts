/** Macros are written into the options of a configuration, whatever stands there; what cannot be written is said. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addMacros, withMacros } from '../../src/site/add-macros.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const macros = new Map([
  ['\\R', '\\mathbb{R}'],
  ["\\q'", 'it\'s "#1"'],
]);
const evaluate = (source: string): unknown =>
  new Function('measured', `return ${source}`)((options: unknown) => options);
const expected = { '\\R': '\\mathbb{R}', "\\q'": 'it\'s "#1"' };

test.each([
  ['measured({})', {}],
  ["measured({ title: 'x' })", { title: 'x' }],
  ["measured({\n  title: 'x',\n})", { title: 'x' }],
])('into %j', (source, others) => {
  expect(evaluate(withMacros(source, macros)!)).toEqual({ ...others, macros: expected });
});

test.each(["measured({ macros: { '\\\\N': 'n' } })", "measured({\n  macros: {\n    '\\\\N': 'n',\n  },\n})"])(
  'beside those of %j',
  (source) => {
    expect(evaluate(withMacros(source, macros)!)).toEqual({ macros: { '\\N': 'n', ...expected } });
  },
);

test('what is not written out cannot be changed', () => {
  expect(withMacros('measured(options)', macros)).toBeUndefined();
  expect(withMacros('measured({ macros })', macros)).toBeUndefined();
});

test('the file is changed only if it is to be', () => {
  const root = temporaryFolder();
  const file = join(root, 'astro.config.mjs');
  writeFileSync(file, 'measured({})');
  expect(addMacros(root, macros, false)).toEqual(["astro.config.mjs: the option macros would get \\R \\q'."]);
  expect(readFileSync(file, 'utf8')).toBe('measured({})');
  expect(addMacros(root, macros, true)).toEqual(["astro.config.mjs: the option macros has got \\R \\q'."]);
  expect(readFileSync(file, 'utf8')).toContain('macros: {');
});
