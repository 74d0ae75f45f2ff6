/** The README shows what the project does now: its figure, its example with its output, its commands. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../../helpers/files.ts';
import { marked } from '../../helpers/marks.ts';
import { examples, figure } from './readme.ts';

const read = (file: string): string => readFileSync(join(repository, file), 'utf8');
const readme = read('README.md');
const advice = 'run node tests/blog/readme/readme.write.ts';

test.each(['light', 'dark'] as const)('its figure is the one that the build draws (%s)', async (scheme) => {
  expect(read(`.github/figure-${scheme}.svg`) === (await figure(scheme)), advice).toBe(true);
});

test('the output of its example is what a run prints', async () => {
  for (const [name, block] of Object.entries(await examples()))
    expect(readme, advice).toContain(marked(`example: ${name}`, block));
});

test('the code of its example stands in the experiment, in this order', () => {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const lines = code.split('\n').filter((line) => line.trim() !== '' && !line.includes('// …'));
  expect(lines.length).toBeGreaterThan(5);
  const source = read('experiments/equal-start.ts').split('\n');
  let from = 0;
  for (const line of lines) {
    const at = source.indexOf(line, from);
    expect(at, line).toBeGreaterThanOrEqual(0);
    from = at + 1;
  }
});

test.each(['README.md', '.github/CONTRIBUTING.md', '.github/SECURITY.md'])(
  'every command and every file that %s names is there',
  (file) => {
    const text = read(file);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const commands = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
    const links = [...text.matchAll(/\]\(((?!https?:)[^)#]+)\)|srcset="([^"]+)"|src="([^"]+)"/g)];
    const paths = links.map(([, ...found]) => join(file, '..', found.find((each) => each !== undefined)!));
    expect(paths.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  },
);
