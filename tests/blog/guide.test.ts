/** The guide: its examples are files of this blog or stand in the post itself, so that each build executes them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { references } from '../../src/blog/remark-reference.ts';

const root = new URL('../..', import.meta.url).pathname;
const parts = readdirSync(join(root, 'posts'))
  .filter((file) => file.endsWith('.mdx'))
  .map((file) => ({ file, text: readFileSync(join(root, 'posts', file), 'utf8') }))
  .filter(({ text }) => /^series: \{ title: The guide/m.test(text));

/** The blocks of code of a post, and the post without them. */
function blocksOf(text: string) {
  const fence = /^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm;
  const blocks = [...text.matchAll(fence)].map(([, lang = '', meta = '', code = '']) => ({
    lang,
    code,
    title: /title="([^"]*)"/.exec(meta)?.[1],
  }));
  return { blocks, rest: text.replace(fence, '') };
}

test('there are parts', () => expect(parts.length).toBeGreaterThan(5));

describe.each(parts)('$file', ({ text }) => {
  const { blocks, rest } = blocksOf(text);

  test('code with the title of a file stands in that file', () => {
    const astray = blocks.filter(
      ({ title, code }) =>
        title !== undefined &&
        !(existsSync(join(root, title)) && readFileSync(join(root, title), 'utf8').includes(code)),
    );
    expect(astray).toEqual([]);
  });

  test('MDX that is shown stands in the post too', () => {
    const shown = blocks.filter(({ lang }) => lang === 'mdx');
    expect(shown.filter(({ code }) => !rest.includes(code.trim())).map(({ code }) => code)).toEqual([]);
  });

  test('commands that it names are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test.each(Object.keys(references))('the reference of %s is in the guide', (of) => {
  expect(parts.some(({ text }) => text.includes(`<Reference of="${of}" />`))).toBe(true);
});
