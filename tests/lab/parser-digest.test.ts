/** The digest of the data-file parser changes with what the code does, not with its formatting or its folder. */
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { repository } from '../helpers/files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** The parser's digest in a copy of the lab, at `place` below its packages, with `from` replaced by `to` in a file. */
async function digestOfCopy(
  file = 'data-files/read-data-file.ts',
  from = '',
  to = '',
  place = 'src/lab',
): Promise<string> {
  const folder = temporaryFolder();
  const lab = join(folder, place);
  cpSync(join(repository, 'src/lab'), lab, { recursive: true });
  for (const name of ['jsonc-parser', 'csv-parse']) {
    cpSync(join(repository, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules/esbuild'), join(folder, 'node_modules/esbuild'));
  const source = readFileSync(join(lab, file), 'utf8');
  expect(source).toContain(from);
  writeFileSync(join(lab, file), source.replace(from, to));
  const copy = await import(/* @vite-ignore */ pathToFileURL(join(lab, 'data-files/parser-digest.ts')).href);
  return (copy as { parserDigest: () => Promise<string> }).parserDigest();
}

describe('the digest is the same', () => {
  test.each([
    ['in another place', 'data-files/read-data-file.ts', '', ''],
    [
      'with other comments',
      'data-files/read-data-file.ts',
      '/** JSON.parse says',
      '/*! @license */\n/** JSON.parse says',
    ],
    [
      'with other white space',
      'data-files/read-data-file.ts',
      'const errors: ParseError[] = [];',
      'const errors :\n\n  ParseError[] = [ ] ;',
    ],
    [
      'with another form of the same',
      'data-files/read-data-file.ts',
      'return parseIdx(bytes);',
      '{ return parseIdx(bytes); }',
    ],
    ['with other types', 'data-files/read-data-file.ts', 'text: string): unknown', 'text: string): never'],
    ['with a change of another module', 'did-you-mean.ts', 'export', '/* other */ export'],
  ])('%s', async (_, file, from, to) => {
    expect(await digestOfCopy(file, from, to)).toBe(await digestOfCopy());
  });

  test.each(['lab', 'sites/one/src/lab'])('in %s below its packages', async (place) => {
    expect(await digestOfCopy('data-files/read-data-file.ts', '', '', place)).toBe(await digestOfCopy());
  });
});

describe('the digest differs', () => {
  test.each([
    ['with a change of the parser', 'data-files/read-data-file.ts', 'fatal: true', 'fatal: false'],
    ['with a change of a module that it imports', 'data-files/csv.ts', 'is empty or doubled', 'is empty or twice'],
  ])('%s', async (_, file, from, to) => {
    const digest = await digestOfCopy(file, from, to);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(digest).not.toBe(await digestOfCopy());
  });
});
