/** `npm run import -- old/_posts`: converts the posts of a Jekyll blog one by one, copies their images and prints a report. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { toSlug } from '../cli/slug.ts';
import { messageOf } from '../lab/errors.ts';
import { findImage, type ImageCopy } from './images.ts';
import { ImportError, type Note } from './import-notes.ts';
import type { OldSite } from './links.ts';
import { convertPost, nameParts } from './post.ts';

export type ImportOptions = {
  /** The new blog's folder; posts are written to its `posts`. */
  readonly root: string;
  /** Files or folders of old posts. */
  readonly from: readonly string[];
  /** Whether to replace posts and images that exist. */
  readonly force: boolean;
  readonly print: (line: string) => void;
};

const markdown = /\.(?:md|markdown|mkdn?|mkdown)$/i;
const datedFile = /^\d{4}-\d{1,2}-\d{1,2}-.+\.\w+$/;

/** All posts at or below a path, sorted by name. */
async function postsBelow(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => !entry.name.startsWith('.'))
      .map((entry) => {
        const inner = join(path, entry.name);
        if (entry.isDirectory()) return postsBelow(inner);
        return markdown.test(entry.name) || datedFile.test(entry.name) ? [inner] : [];
      }),
  );
  return found.flat().sort();
}

/** The folder of the old blog: the nearest one above with a `_config.yml`, else the parent of `_posts` or `_drafts`. */
function oldRootOf(path: string): string {
  const start = resolve(path);
  for (let folder = start; dirname(folder) !== folder; folder = dirname(folder)) {
    if (existsSync(join(folder, '_config.yml'))) return folder;
  }
  const at = start.split(sep).findLastIndex((part) => part === '_posts' || part === '_drafts');
  if (at > 0) return start.split(sep).slice(0, at).join(sep);
  return markdown.test(start) ? dirname(start) : start;
}

/** The old blog's address, from its `_config.yml`; empty where that is missing or not readable. */
async function oldAddress(oldRoot: string): Promise<{ url: string; baseurl: string }> {
  const text = await readFile(join(oldRoot, '_config.yml'), 'utf8').catch(() => '');
  let config: unknown;
  try {
    config = parse(text, { logLevel: 'silent' });
  } catch {
    config = undefined;
  }
  const fields = typeof config === 'object' && config !== null ? (config as Record<string, unknown>) : {};
  const field = (name: string) => (typeof fields[name] === 'string' ? fields[name].replace(/\/$/, '') : '');
  return { url: field('url'), baseurl: field('baseurl') };
}

/** Copies an image unless another file stands there and `force` is off; then returns a message. */
async function copyImage({ from, to }: ImageCopy, { root, force }: ImportOptions): Promise<string | undefined> {
  const target = join(root, 'posts', to);
  const bytes = await readFile(from);
  const present = await readFile(target).catch(() => undefined);
  if (present?.equals(bytes)) return undefined;
  if (present && !force) return `${relative(root, target)} exists with other content and is kept; --force replaces it`;
  await mkdir(dirname(target), { recursive: true });
  await copyFile(from, target);
  return undefined;
}

/** Writes a file, over an existing one only if `force`. Returns whether it was written. */
async function writeNew(path: string, text: string, force: boolean): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: force ? 'w' : 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** What the posts of one import share. */
type ImportState = {
  /** Slugs of all posts, for the links between them. */
  readonly slugs: ReadonlySet<string>;
  /** The old post that each new file was made from. */
  readonly written: Map<string, string>;
};

/** Imports one post. Returns the new file's path and the notes. Throws ImportError if the post cannot be imported. */
async function importOne(path: string, displayPath: string, { slugs, written }: ImportState, options: ImportOptions) {
  if (!markdown.test(path)) throw new ImportError(1, 'expected Markdown (.md, .markdown), found another kind of post');
  const oldRoot = oldRootOf(path);
  const postAddress = (name: string) => `/posts/${toSlug(nameParts(name).name)}/`;
  const site: OldSite = { ...(await oldAddress(oldRoot)), postAddress, slugs };
  const changed = (await stat(path)).mtime.toISOString().slice(0, 10);
  const draft = resolve(path).split(sep).includes('_drafts');
  const file = { path, bytes: await readFile(path), changed, draft };
  const { slug, mdx, copies, notes } = await convertPost(file, site, (url) => findImage(url, oldRoot, path));

  const target = join('posts', `${slug}.mdx`);
  const earlier = written.get(target);
  if (earlier) {
    throw new ImportError(1, `${target} was just made from ${earlier}; give one of the two files another name`);
  }
  if (!(await writeNew(join(options.root, target), mdx, options.force))) {
    throw new ImportError(1, `${target} exists; --force replaces it`);
  }
  written.set(target, displayPath);
  const copyNotes: Note[] = [];
  for (const copy of copies) {
    const message = await copyImage(copy, options);
    if (message) copyNotes.push({ line: 1, message });
  }
  return { target, notes: [...copyNotes, ...notes].sort((a, b) => a.line - b.line) };
}

/** Where and why a post was not imported. */
function describeFailure(displayPath: string, error: unknown): [where: string, message: string] {
  if (error instanceof ImportError) return [`${displayPath}:${error.line}`, error.message];
  if (error instanceof RangeError)
    return [`${displayPath}:1`, 'its quotes, lists or tags are nested too deeply to be read'];
  return [displayPath, messageOf(error)];
}

/** Imports all posts, and continues after one that fails. Returns the exit code: 0 if every post was written, else 1. */
export async function importPosts(options: ImportOptions): Promise<number> {
  const { root, from, print } = options;
  let failed = 0;
  const fail = (where: string, message: string) => {
    failed += 1;
    print(`${where}: not imported: ${message}`);
  };
  const paths: string[] = [];
  for (const path of from) {
    try {
      const found = await postsBelow(path);
      if (found.length === 0) fail(path, 'expected posts such as 2017-05-16-name.md, found none');
      paths.push(...found);
    } catch {
      fail(path, 'expected a file or a folder of posts, found nothing');
    }
  }

  const slugs = new Set(paths.map((path) => toSlug(nameParts(path).name)));
  const state: ImportState = { slugs, written: new Map() };
  let noteCount = 0;
  for (const path of paths) {
    const displayPath = relative(root, path).startsWith('..') ? path : relative(root, path);
    try {
      const { target, notes } = await importOne(path, displayPath, state, options);
      print(`${displayPath} → ${target}`);
      for (const { line, message } of notes) print(`  ${displayPath}:${line}: ${message}`);
      noteCount += notes.length;
    } catch (error) {
      fail(...describeFailure(displayPath, error));
    }
  }
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
  print(`${count(state.written.size, 'post')} imported, ${failed} not, ${count(noteCount, 'note')}.`);
  return failed === 0 ? 0 : 1;
}
