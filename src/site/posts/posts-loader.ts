/** Astro loader of the collection `posts`: reads `posts/`, in dev again whenever a file there changes; drafts and scheduled posts only in dev. */
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Loader, LoaderContext } from 'astro/loaders';
import { noteLoad, noteLoader, reloader } from '../../lab/astro/reload.ts';
import { PostError } from '../../math/index.ts';
import { recordPostError } from '../checks/broken-posts.ts';
import { isBuild, isDev } from '../command.ts';
import { site } from '../config.ts';
import { setRedirects } from '../output/redirects.ts';
import { isScheduled } from './build-date.ts';
import { isoDate } from './dates.ts';
import { type PostProblems, readPosts } from './posts-folder.ts';
import { titleText } from './title.ts';

function throwProblems(problems: PostProblems): void {
  if (problems.size > 0) throw new PostError([...problems.values()].flat(), undefined);
}

/** Throws a PostError that lists all problems in `posts/`; the dev server shows it. */
export async function checkPosts(): Promise<void> {
  throwProblems((await readPosts('.')).problems);
}

/** A title as text; as it is written where its TeX is invalid, which is reported elsewhere. */
function plainTitle(title: string): string {
  try {
    return titleText(title);
  } catch {
    return title;
  }
}

/** Fills the store. Problems: `dev` logs them, a build records them and stops after compiling all posts, others throw. */
async function load({ config, store, parseData, logger }: LoaderContext): Promise<void> {
  const root = fileURLToPath(config.root);
  const { posts, problems } = await readPosts(root);
  if (isDev()) for (const problem of [...problems.values()].flat()) logger.error(problem);
  else if (!isBuild()) throwProblems(problems);
  else
    for (const [file, found] of problems)
      recordPostError(join(root, file), 'front matter', new PostError(found, undefined));
  const entries: Parameters<typeof store.set>[0][] = [];
  const redirects: Parameters<typeof setRedirects>[0][number][] = [];
  const waiting: string[] = [];
  for (const { id, file, fields, post } of posts) {
    // Builds leave drafts out entirely.
    if (post?.draft && !isDev()) continue;
    if (post && isScheduled(post) && !isDev()) {
      waiting.push(`${file} until ${isoDate(post.date)}`);
      continue;
    }
    const filePath = join(root, file);
    if (post) {
      const title = plainTitle(post.title);
      const language = post.language ?? site.language;
      redirects.push([post.redirectFrom, { path: `/posts/${id}/`, file, title, language }]);
    }
    // A build also compiles posts with front-matter problems, to report the errors in their text.
    const data = post ? await parseData({ id, data: { ...fields }, filePath }) : {};
    if (post || isBuild())
      entries.push({ id, data, body: await readFile(filePath, 'utf8'), filePath: file, deferredRender: true });
  }
  // At once: Astro may write down the store while this function waits, and a post that is not in it then has no page.
  store.clear();
  for (const entry of entries) store.set(entry);
  setRedirects(redirects);
  if (waiting.length > 0) logger.info(`scheduled, and not published before their day: ${waiting.join(', ')}`);
}

/** The loader's name, by which the dev server makes it load again. */
const loaderName = 'posts';

/** The loader of `posts`. */
export function postsLoader(): Loader {
  noteLoader(loaderName);
  return {
    name: loaderName,
    load: async (context) => {
      noteLoad(loaderName);
      await load(context);
    },
  };
}

/** Astro integration: loads posts again whenever a file in `posts/` changes. */
export function postsInDev(): AstroIntegration {
  let folder = '';
  return {
    name: 'posts',
    hooks: {
      'astro:config:done': ({ config }) => {
        folder = join(fileURLToPath(config.root), 'posts') + sep;
      },
      'astro:server:setup': (setup) => {
        const { watcher } = setup.server;
        const reload = reloader(loaderName, setup);
        watcher.add(folder);
        for (const event of ['add', 'change', 'unlink'])
          watcher.on(event, (path: string) => {
            if (path.startsWith(folder)) void reload();
          });
      },
    },
  };
}
