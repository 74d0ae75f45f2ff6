/** The store of the dev server's posts: whole at every moment, and the latest text last. */
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LoaderContext } from 'astro/loaders';
import { expect, test } from 'vitest';
import { postsLoader } from '../../src/site/posts/posts-loader.ts';
import { writeFiles } from '../helpers/files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { waitFor } from '../lab/dev-site.ts';

const titled = (title: string): string => `---\ntitle: ${title}\ndate: 2026-01-02\n---\n\nText.\n`;

/** A loader on a blog of two posts, whose store is a map; `beforeParsing` is awaited where Astro reads a post's data. */
function loaded(beforeParsing: (title: unknown) => Promise<void> | void) {
  const root = temporaryFolder();
  writeFiles(root, { 'posts/one.mdx': titled('One'), 'posts/two.mdx': titled('Two') });
  const store = new Map<string, { id: string; data: Record<string, unknown> }>();
  const watcher = Object.assign(new EventEmitter(), { add: () => {} });
  const context = {
    config: { root: pathToFileURL(`${root}/`) },
    watcher,
    logger: { info: () => {}, error: (text: string) => expect.fail(text) },
    store: {
      clear: () => store.clear(),
      set: (entry: { id: string; data: Record<string, unknown> }) => store.set(entry.id, entry),
    },
    parseData: async ({ data }: { data: Record<string, unknown> }) => {
      await beforeParsing(data.title);
      return data;
    },
  };
  const ready = postsLoader().load(context as unknown as LoaderContext);
  const change = (title: string) => {
    writeFiles(root, { 'posts/one.mdx': titled(title) });
    watcher.emit('change', join(root, 'posts/one.mdx'));
  };
  const title = (id = 'one') => store.get(id)?.data.title;
  return { ready, change, title, ids: () => [...store.keys()] };
}

const until = (holds: () => boolean) =>
  waitFor(
    () => holds() || undefined,
    () => 'the posts as they were',
  );

test('a post that stays is never missing while posts are loaded again', async () => {
  const seen: string[][] = [];
  const blog = loaded(() => void seen.push(blog.ids()));
  await blog.ready;
  seen.length = 0;
  blog.change('Other');
  await until(() => blog.title() === 'Other');
  expect(seen).toEqual([
    ['one', 'two'],
    ['one', 'two'],
  ]);
});

/** Time in which a load that should not have started would end; the tests pass however long it is. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 100));

test('of two changes in a row the later one is kept, even if the earlier one takes longer to load', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let reading = false;
  const blog = loaded((title) => {
    if (title !== 'Second') return;
    reading = true;
    return held;
  });
  await blog.ready;
  blog.change('Second');
  await until(() => reading);
  blog.change('Third');
  await aWhile();
  release();
  await until(() => blog.title() === 'Third');
  await aWhile();
  expect(blog.title()).toBe('Third');
});

test('a change during the first load is loaded too', async () => {
  let changed = false;
  const blog = loaded(() => {
    if (!changed) {
      changed = true;
      blog.change('Meanwhile');
    }
  });
  await blog.ready;
  await until(() => blog.title() === 'Meanwhile');
});
