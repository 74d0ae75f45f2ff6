/** Loading a collection again in the dev server: the latest files last, and none forgotten while Astro reads its configuration. */
import { expect, test } from 'vitest';
import { noteLoad, noteLoader, reloader } from '../../src/lab/astro/reload.ts';
import { waitFor } from './dev-site.ts';

type Setup = Parameters<typeof reloader>[1];

/** A reloader on a server without pages. `refresh` is Astro's part of a load. */
const reloaderOf = (name: string, refresh: () => Promise<void> | void) => {
  noteLoader(name);
  const logger = { error: (text: string) => expect.fail(text) };
  const refreshContent = async () => refresh();
  return reloader(name, { server: { environments: {} }, logger, refreshContent } as unknown as Setup);
};

const until = (holds: () => boolean) =>
  waitFor(
    () => holds() || undefined,
    () => 'as it was',
  );

test('of two changes in a row the later one is kept, even if the earlier one takes longer to load', async () => {
  let file = 'first';
  let shown = '';
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const load = reloaderOf('kept', async () => {
    noteLoad('kept');
    const read = file;
    if (read === 'second') await held;
    shown = read;
  });
  await load();
  expect(shown).toBe('first');
  file = 'second';
  const second = load();
  await new Promise(setImmediate);
  file = 'third';
  const third = load();
  expect(load()).toBe(third);
  release();
  await Promise.all([second, third]);
  expect(shown).toBe('third');
});

test('a load follows once Astro has read the content configuration, and is not waited for', async () => {
  let ready = false;
  let loads = 0;
  const load = reloaderOf('later', () => {
    if (!ready) return;
    noteLoad('later');
    loads += 1;
  });
  await load();
  expect(loads).toBe(0);
  ready = true;
  await until(() => loads === 1);
});

test('a server that replaces another loads at once, and the other nothing more', async () => {
  const loads: string[] = [];
  let ready = false;
  const loadOn = (server: string) => () => {
    loads.push(server);
    if (ready) noteLoad('replaced');
  };
  noteLoad('replaced');
  const before = reloaderOf('replaced', loadOn('old'));
  await before();
  reloaderOf('replaced', loadOn('new'));
  await until(() => loads.filter((server) => server === 'new').length > 1);
  const old = loads.filter((server) => server === 'old').length;
  ready = true;
  const count = () => loads.filter((server) => server === 'new').length;
  await until(() => count() > 2);
  expect(loads.filter((server) => server === 'old')).toHaveLength(old);
});

test('nothing is tried again for a blog without the collection', async () => {
  const loads: string[] = [];
  const refreshContent = async () => void loads.push('tried');
  const load = reloader('absent', {
    server: { environments: {} },
    logger: {},
    refreshContent,
  } as unknown as Setup);
  await load();
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(loads).toEqual(['tried']);
});
