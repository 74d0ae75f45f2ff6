/** The store of the dev server's posts: whole at every moment. */
import { pathToFileURL } from 'node:url';
import type { LoaderContext } from 'astro/loaders';
import { expect, test } from 'vitest';
import { postsLoader } from '../../src/site/posts/posts-loader.ts';
import { writeFiles } from '../helpers/files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const titled = (title: string): string => `---\ntitle: ${title}\ndate: 2026-01-02\n---\n\nText.\n`;

test('a post that stays is never missing while posts are loaded again', async () => {
  const root = temporaryFolder();
  writeFiles(root, { 'posts/one.mdx': titled('One'), 'posts/two.mdx': titled('Two') });
  const store = new Map<string, { id: string; data: Record<string, unknown> }>();
  const seen: string[][] = [];
  const context = {
    config: { root: pathToFileURL(`${root}/`) },
    logger: { info: () => {}, error: (text: string) => expect.fail(text) },
    store: {
      clear: () => store.clear(),
      set: (entry: { id: string; data: Record<string, unknown> }) => store.set(entry.id, entry),
    },
    parseData: async ({ data }: { data: Record<string, unknown> }) => {
      seen.push([...store.keys()]);
      return data;
    },
  } as unknown as LoaderContext;
  const loader = postsLoader();
  await loader.load(context);
  seen.length = 0;
  writeFiles(root, { 'posts/one.mdx': titled('Other') });
  await loader.load(context);
  expect(seen).toEqual([
    ['one', 'two'],
    ['one', 'two'],
  ]);
  expect(store.get('one')?.data.title).toBe('Other');
});
