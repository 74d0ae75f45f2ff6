/** `npm run import -- old/_posts`: every post of an old blog, each for itself, and a report of what became of it. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { toSlug } from '../slug.ts';
import type { OldSite } from './links.ts';
import { ImportError, type Note } from './notes.ts';
import type { Copy } from './pictures.ts';
import { findPicture } from './pictures.ts';
import { convertPost, nameParts } from './post.ts';

export type ImportOptions = {
  /** The new blog: posts are written into its `posts`. */
  readonly root: string;
  /** Files or folders of old posts. */
  readonly from: readonly string[];
  /** Replaces posts and images that exist. */
  readonly force: boolean;
  readonly print: (line: string) => void;
};

const markdown = /\.(?:md|markdown|mkdn?|mkdown)$/i;
const otherPosts = /^\d{4}-\d{1,2}-\d{1,2}-.+\.\w+$/;

/** Every post below a path, in order of name. */
async function postsBelow(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => !entry.name.startsWith('.'))
      .map((entry) => {
        const inner = join(path, entry.name);
        if (entry.isDirectory()) return postsBelow(inner);
        return markdown.test(entry.name) || otherPosts.test(entry.name) ? [inner] : [];
      }),
  );
  return found.flat().sort();
}

/** The folder of the old blog: the nearest above that has `_config.yml`, else the one that holds `_posts`. */
function oldRootOf(path: string): string {
  const start = resolve(path);
  for (let folder = start; dirname(folder) !== folder; folder = dirname(folder)) {
    if (existsSync(join(folder, '_config.yml'))) return folder;
  }
  const at = start.split(sep).findLastIndex((part) => part === '_posts' || part === '_drafts');
  if (at > 0) return start.split(sep).slice(0, at).join(sep);
  return markdown.test(start) ? dirname(start) : start;
}

/** The old blog's address by its `_config.yml`, as far as that can be read. */
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

async function copyImage({ from, to }: Copy, { root, force }: ImportOptions): Promise<string | undefined> {
  const target = join(root, 'posts', to);
  const bytes = await readFile(from);
  const present = await readFile(target).catch(() => undefined);
  if (present?.equals(bytes)) return undefined;
  if (present && !force) return `${relative(root, target)} exists with other content and is kept; --force replaces it`;
  await mkdir(dirname(target), { recursive: true });
  await copyFile(from, target);
  return undefined;
}

/** Writes a new file; an existing one only if forced. Returns whether it was written. */
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

/** What an import knows of all its posts. */
type Together = {
  /** Slugs of all posts, to lead their links to one another. */
  readonly slugs: ReadonlySet<string>;
  /** Files written so far, and the old post that each was made from. */
  readonly written: Map<string, string>;
};

/** Imports one post; returns its target and the notes on it. Throws ImportError where it cannot be. */
async function importOne(path: string, shown: string, { slugs, written }: Together, options: ImportOptions) {
  if (!markdown.test(path)) throw new ImportError(1, 'expected Markdown (.md, .markdown), found another kind of post');
  const oldRoot = oldRootOf(path);
  const postAddress = (name: string) => `/posts/${toSlug(nameParts(name).name)}/`;
  const site: OldSite = { ...(await oldAddress(oldRoot)), postAddress, slugs };
  const changed = (await stat(path)).mtime.toISOString().slice(0, 10);
  const draft = resolve(path).split(sep).includes('_drafts');
  const file = { path, bytes: await readFile(path), changed, draft };
  const { slug, mdx, copies, notes } = await convertPost(file, site, (url) => findPicture(url, oldRoot, path));

  const target = join('posts', `${slug}.mdx`);
  const earlier = written.get(target);
  if (earlier) {
    throw new ImportError(1, `${target} was just made from ${earlier}; give one of the two files another name`);
  }
  if (!(await writeNew(join(options.root, target), mdx, options.force))) {
    throw new ImportError(1, `${target} exists; --force replaces it`);
  }
  written.set(target, shown);
  const kept: Note[] = [];
  for (const copy of copies) {
    const message = await copyImage(copy, options);
    if (message) kept.push({ line: 1, message });
  }
  return { target, notes: [...kept, ...notes].sort((a, b) => a.line - b.line) };
}

/** Why a post was not imported, with the line where that is known. */
function reason(shown: string, error: unknown): [where: string, message: string] {
  if (error instanceof ImportError) return [`${shown}:${error.line}`, error.message];
  if (error instanceof RangeError) return [`${shown}:1`, 'its quotes, lists or tags are nested too deeply to be read'];
  return [shown, error instanceof Error ? error.message : String(error)];
}

/** Imports every post it finds; one that fails stops no other. Returns the exit code: 0 if every post was written. */
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
  const together: Together = { slugs, written: new Map() };
  let said = 0;
  for (const path of paths) {
    const shown = relative(root, path).startsWith('..') ? path : relative(root, path);
    try {
      const { target, notes } = await importOne(path, shown, together, options);
      print(`${shown} → ${target}`);
      for (const { line, message } of notes) print(`  ${shown}:${line}: ${message}`);
      said += notes.length;
    } catch (error) {
      fail(...reason(shown, error));
    }
  }
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
  print(`${count(together.written.size, 'post')} imported, ${failed} not, ${count(said, 'note')}.`);
  return failed === 0 ? 0 : 1;
}
