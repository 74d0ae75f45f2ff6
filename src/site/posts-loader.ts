/** The collection `posts`: the posts that are to be published, read from `posts/` whenever something there changes. */
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import { PostError } from '../math/index.ts';
import { noteBroken } from './checks/broken-posts.ts';
import { isBuild, isDev } from './command.ts';
import { type Problems, readPosts } from './posts-folder.ts';

function stopAt(problems: Problems): void {
  if (problems.size > 0) throw new PostError([...problems.values()].flat(), undefined);
}

/** Throws at a problem in `posts/`: what a page that is being written shows. */
export async function checkPosts(): Promise<void> {
  stopAt((await readPosts('.')).problems);
}

/** A build notes problems, and stops when it has seen the texts of all posts too; pages that are being written show them. */
async function load({ config, store, parseData, logger }: LoaderContext): Promise<void> {
  const root = fileURLToPath(config.root);
  const { posts, problems } = await readPosts(root);
  if (isDev()) for (const problem of [...problems.values()].flat()) logger.error(problem);
  else if (!isBuild()) stopAt(problems);
  else
    for (const [file, found] of problems) noteBroken(join(root, file), 'front matter', new PostError(found, undefined));
  store.clear();
  for (const { id, file, fields, post, datePlace } of posts) {
    // A draft is no part of a build: nothing of it can be published.
    if (post?.draft && !isDev()) continue;
    // For the terminal alone: what is published depends on no clock.
    if (post && !post.draft && post.date.valueOf() > Date.now())
      logger.warn(
        `${datePlace}: the date is in the future, and the post is published all the same; “draft: true” keeps it back`,
      );
    const filePath = join(root, file);
    // Of a post with problems only the text is compiled, so that what is wrong there is found too.
    const data = post ? await parseData({ id, data: { ...fields }, filePath }) : {};
    if (post || isBuild())
      store.set({ id, data, body: await readFile(filePath, 'utf8'), filePath: file, deferredRender: true });
  }
}

/** An Astro loader. */
export function postsLoader(): Loader {
  return {
    name: 'posts',
    load: async (context) => {
      const { config, watcher, logger } = context;
      await load(context);
      const folder = join(fileURLToPath(config.root), 'posts') + sep;
      watcher?.add(folder);
      for (const event of ['add', 'change', 'unlink'])
        watcher?.on(event, (path: string) => {
          if (path.startsWith(folder)) load(context).catch((error) => logger.error(String(error)));
        });
    },
  };
}
