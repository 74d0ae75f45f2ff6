/** What reads data files is in the key by what it does: not by how it is written, nor by where it lies. */
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The digest that a copy of the lab, at `place` below its packages, gives of its own reader, where `from` in a file has become `to`. */
async function digestOfCopy(file = 'data.ts', from = '', to = '', place = 'src/lab'): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'reader-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const lab = join(folder, place);
  cpSync(join(repository, 'src/lab'), lab, { recursive: true });
  for (const read of ['jsonc-parser', 'csv-parse']) {
    cpSync(join(repository, 'node_modules', read), join(folder, 'node_modules', read), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules/esbuild'), join(folder, 'node_modules/esbuild'));
  const source = readFileSync(join(lab, file), 'utf8');
  expect(source).toContain(from);
  writeFileSync(join(lab, file), source.replace(from, to));
  const copy = await import(/* @vite-ignore */ pathToFileURL(join(lab, 'reader.ts')).href);
  return (copy as { readerDigest: () => Promise<string> }).readerDigest();
}

describe('the digest is the same', () => {
  test.each([
    ['in another place', 'data.ts', '', ''],
    ['with other comments', 'data.ts', '/** JSON.parse says', '/*! @license */\n/** JSON.parse says'],
    [
      'with other white space',
      'data.ts',
      'const errors: ParseError[] = [];',
      'const errors :\n\n  ParseError[] = [ ] ;',
    ],
    ['with another form of the same', 'data.ts', 'return parseIdx(bytes);', '{ return parseIdx(bytes); }'],
    ['with other types', 'data.ts', 'text: string): unknown', 'text: string): never'],
    ['with a change of what does not read', 'nearest.ts', 'export', '/* other */ export'],
  ])('%s', async (_, file, from, to) => {
    expect(await digestOfCopy(file, from, to)).toBe(await digestOfCopy());
  });

  test.each(['lab', 'sites/one/src/lab'])('in %s below its packages', async (place) => {
    expect(await digestOfCopy('data.ts', '', '', place)).toBe(await digestOfCopy());
  });
});

describe('the digest is another', () => {
  test.each([
    ['where a file is read otherwise', 'data.ts', 'fatal: true', 'fatal: false'],
    ['where what it is read with is changed', 'csv.ts', 'is empty or doubled', 'is empty or twice'],
  ])('%s', async (_, file, from, to) => {
    const digest = await digestOfCopy(file, from, to);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(digest).not.toBe(await digestOfCopy());
  });
});
