/** `measured build --single posts/x`: builds the site, and writes one of its posts as a file that needs no other. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { nearestName } from '../../lab/did-you-mean.ts';
import { LabError } from '../../lab/errors.ts';
import { isScheduled } from '../posts/build-date.ts';
import { postId } from '../posts/post-paths.ts';
import { readPosts } from '../posts/posts-folder.ts';
import { singleFile } from './single-file.ts';

/** The folder of such files. */
const folder = 'single';

/** The id of the post that is asked for as `posts/x`, by its address or by its file. Throws a LabError that lists what there is. */
export async function singlePost(root: string, asked: string): Promise<string> {
  const { posts } = await readPosts(root);
  const id = postId(
    asked
      .replace(/^\.?\//, '')
      .replace(/^posts\//, '')
      .replace(/\/+$/, ''),
  );
  const found = posts.find((post) => post.id === id);
  if (found?.post?.draft) throw new LabError(`${found.file} is a draft, which a build leaves out: remove draft: true`);
  if (found?.post && isScheduled(found.post))
    throw new LabError(`${found.file} is published later, and a build leaves it out: see its date`);
  if (found) return id;
  const names = posts.filter(({ post }) => !post?.draft).map((post) => `posts/${post.id}`);
  const near = asked === '' ? undefined : nearestName(`posts/${id}`, names);
  const what = asked === '' ? '--single names no post' : `there is no post ${asked}`;
  throw new LabError(`${what}${near ? `; did you mean ${near}?` : '.'} There are ${names.join(', ') || 'none'}`);
}

/** Writes a post of the built site as one file. Returns its path. */
export function writeSingle(root: string, id: string): string {
  const file = join(root, folder, `${basename(id)}.html`);
  const html = singleFile({ dist: join(root, 'dist'), path: `posts/${id}` });
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(file, html);
  return `${relative(root, file)} (${Math.ceil(Buffer.byteLength(html) / 1000)} kB)`;
}
