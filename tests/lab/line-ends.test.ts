/** Line ends as on Windows change no result and no key; bytes that are no text are left alone. */
import { expect, test } from 'vitest';
import { parseData } from '../../src/lab/data.ts';
import { contentOf } from '../../src/lab/line-ends.ts';
import { planOf, quickTasks } from '../faults/project.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  ['a.csv', 'name,x\nü,1\n"two\nlines",2\n'],
  ['a.json', '{\n "ü": [1, 2]\n}\n'],
])('%s', (file, text) => {
  const windows = contentOf(file, bytes(text.replaceAll('\n', '\r\n')));
  expect(windows).toEqual(Buffer.from(text));
  expect(parseData(file, windows)).toEqual(parseData(file, bytes(text)));
});

test('IDX and packed files', () => {
  for (const file of ['a.idx', 'a.csv.gz', 'train-images-idx3-ubyte'])
    expect(contentOf(file, bytes('\r\n'))).toEqual(bytes('\r\n'));
});

test('an experiment and its data', async () => {
  const project = quickTasks(1);
  const { key } = await planOf(project);
  for (const folder of ['experiments', 'data'])
    for (const file of Object.keys(project.files(folder)))
      project.write(file, project.read(file).replaceAll('\n', '\r\n'));
  expect((await planOf(project)).key).toBe(key);
});
