/** Windows line endings change no result and no key; binary data files stay as they are. */
import { expect, test } from 'vitest';
import { normalizedContent } from '../../src/lab/data-files/line-endings.ts';
import { parseData } from '../../src/lab/data-files/read-data-file.ts';
import { planOf, quickTasks } from '../fault-injection/project.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  ['a.csv', 'name,x\nü,1\n"two\nlines",2\n'],
  ['a.json', '{\n "ü": [1, 2]\n}\n'],
])('%s', (file, text) => {
  const windows = normalizedContent(file, bytes(text.replaceAll('\n', '\r\n')));
  expect(windows).toEqual(Buffer.from(text));
  expect(parseData(file, windows)).toEqual(parseData(file, bytes(text)));
});

test('IDX and gzipped files stay as they are', () => {
  for (const file of ['a.idx', 'a.csv.gz', 'train-images-idx3-ubyte'])
    expect(normalizedContent(file, bytes('\r\n'))).toEqual(bytes('\r\n'));
});

test('the keys of an experiment are the same', async () => {
  const project = quickTasks(1);
  const { key } = await planOf(project);
  for (const folder of ['experiments', 'data'])
    for (const file of Object.keys(project.files(folder)))
      project.write(file, project.read(file).replaceAll('\n', '\r\n'));
  expect((await planOf(project)).key).toBe(key);
});
