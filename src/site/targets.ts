/** What the addresses in a post lead to: pages of the site, files beside the post, places on the page, other sites. */
import { existsSync, globSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { nearest } from '../lab/nearest.ts';
import { isDev } from './command.ts';
import { addressOf } from './posts-folder.ts';
import { readFrontmatter } from './read-frontmatter.ts';
import { isSafeAddress } from './safe-address.ts';
import { kinds, topicPath } from './topics.ts';

/** Where a post lies: its file, and the folder of the build, which `posts/` and `public/` are in. */
export type Source = { readonly file: string; readonly root: string };

/** `rest` is what follows a path: a query, a fragment, of which `id` is the place. `open`: only the site as it is served tells. */
export type Target =
  | { kind: 'elsewhere' }
  | { kind: 'place'; id: string }
  | { kind: 'post'; path: `/${string}`; rest: string; file: string; id: string }
  | { kind: 'site'; path: `/${string}`; rest: string; id: string; open: boolean }
  | { kind: 'file'; file: string; rest: string }
  | { kind: 'nothing'; problem: string };

const nothing = (problem: string): Target => ({ kind: 'nothing', problem });
const pagesFolder = fileURLToPath(new URL('../pages/', import.meta.url));

/** Percent-encoding undone; what is no encoding stays. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The id of a post's file, `x` for `posts/X.mdx`. */
const idOf = (path: string): string => addressOf(path.replace(/\.mdx$/, ''));

/** The path of the page of a post's file below the site's base, `posts/x/`. */
export const pageOf = (file: string, root: string): string => `posts/${idOf(relative(join(root, 'posts'), file))}/`;

let publicFolder: string | undefined;

/** Astro integration: tells where the files lie that are published as they are. */
export function publicFiles(): AstroIntegration {
  return {
    name: 'public-files',
    hooks: {
      'astro:config:done': ({ config }) => {
        publicFolder = fileURLToPath(config.publicDir);
        listed.clear();
        topics.clear();
      },
    },
  };
}

const listed = new Map<string, ReadonlyMap<string, string>>();
const topics = new Map<string, ReadonlySet<string>>();

/** The files of all posts by their ids. A build reads the folder once. */
function postsIn(root: string): ReadonlyMap<string, string> {
  const known = isDev() ? undefined : listed.get(root);
  if (known) return known;
  const folder = join(root, 'posts');
  const files = globSync('*.mdx', { cwd: folder });
  const posts = new Map(files.map((file) => [idOf(file), join(folder, file)]));
  listed.set(root, posts);
  return posts;
}

/** The file of the post whose page is at `path`, `/posts/x/`; undefined if it is no such page. */
export const postAt = (path: string, root: string): string | undefined =>
  postsIn(root).get(/^\/posts\/(.+?)\/?$/.exec(decoded(path))?.[1]?.normalize('NFC') ?? '');

/** Whether the front matter of a post says so. */
const isDraft = (file: string): boolean =>
  /^---\r?\n(?:(?!---).*\r?\n)*?draft:\s*true\b/.test(existsSync(file) ? readFileSync(file, 'utf8') : '');

const placeIn = (rest: string): string => decoded(/#(.*)$/s.exec(rest)?.[1] ?? '');

/** The page of a post, if there is one for readers. */
function postTarget(id: string, file: string, rest: string, from: Source, address: string): Target {
  if (isDraft(file) && !isDraft(from.file))
    return nothing(`${address}: ${relative(from.root, file)} is a draft, which is not published`);
  return { kind: 'post', path: `/posts/${id}/`, rest, file, id: placeIn(rest) };
}

/** Addresses of pages that are no posts; `[name]` in a route stands for anything, which only the built site knows. */
const routes: readonly string[] = globSync('**/*.{astro,ts}', { cwd: pagesFolder })
  .filter((file) => !file.startsWith('posts/') && file !== '404.astro')
  .map((file) => `/${file.replace(/\.ts$/, '').replace(/(?:(?:^|\/)index)?\.astro$/, '/')}`.replace('//', '/'));
const patterns = routes.map(
  (route) =>
    new RegExp(
      `^${route
        .replace(/[.]/g, '\\.')
        .replace(/\[\.{3}\w+\]/g, '.+')
        .replace(/\\?\[\w+\]/g, '[^/]+')}$`,
    ),
);
const isRoute = (path: string): boolean => patterns.some((pattern) => pattern.test(path));

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/**
 * The pages of tags and categories that `from` may lead to: those of drafts are for drafts. Undefined if a post's front
 * matter cannot be read, which is told there.
 */
function topicsFor({ file: from, root }: Source): ReadonlySet<string> | undefined {
  const withDrafts = isDraft(from);
  const known = isDev() || withDrafts ? undefined : topics.get(root);
  if (known) return known;
  const found = new Set<string>();
  for (const file of postsIn(root).values()) {
    const { post } = readFrontmatter(readFileSync(file, 'utf8'), file);
    if (!post) return undefined;
    if (!post.draft || withDrafts)
      for (const kind of kinds) for (const name of post[kind]) found.add(topicPath(kind, name));
  }
  if (!withDrafts) topics.set(root, found);
  return found;
}

/** An address from `/` on. */
function onSite(path: string, rest: string, from: Source, address: string): Target {
  const site = (to: string, open = false): Target => {
    return { kind: 'site', path: to as `/${string}`, rest, id: placeIn(rest), open };
  };
  const post = postAt(path, from.root);
  if (post) return postTarget(idOf(basename(post)), post, rest, from, address);
  const [, kind, name] = /^\/(tags|categories)\/([^/]+)\/?$/.exec(path) ?? [];
  if (kind && name) {
    const topic = `/${kind}/${name.normalize('NFC')}/` as const;
    const all = topicsFor(from);
    if (!all || all.has(topic)) return site(topic);
    const guess = nearest(topic, all);
    return nothing(`${address}: no post is filed there${guess ? `; did you mean ${guess}?` : ''}`);
  }
  if (isFile(join(publicFolder ?? join(from.root, 'public'), path))) return site(path);
  const page = `${path.replace(/\/$/, '')}/`;
  for (const asked of path === '/' ? [page] : [path, page])
    if (isRoute(asked)) return site(asked, !routes.includes(asked));
  const misspelt = /^\/posts\//.test(path)
    ? nearest(path.replace(/^\/posts\/|\/$/g, ''), postsIn(from.root).keys())
    : undefined;
  const fixed = routes.filter((route) => !route.includes('['));
  const guess = misspelt === undefined ? nearest(path, fixed) : `/posts/${misspelt}/`;
  return nothing(`${address}: the site has no such page or file${guess ? `; did you mean ${guess}?` : ''}`);
}

/** A file's path as its folder spells it: capitals count on the hosts of most sites, whatever they do on this machine. */
const isSpeltSo = (file: string): boolean => readdirSync(dirname(file)).includes(basename(file));

/** An address from the folder of the post on. */
function besidePost(path: string, rest: string, from: Source, address: string): Target {
  const folder = join(from.root, 'posts');
  const file = resolve(dirname(from.file), path);
  for (const candidate of [file, `${file}.mdx`]) {
    const id = idOf(relative(folder, candidate));
    const post = postsIn(from.root).get(id);
    if (post === candidate) return postTarget(id, post, rest, from, address);
  }
  if (
    relative(folder, file).startsWith('..') ||
    (existsSync(file) && relative(realpathSync(folder), realpathSync(file)).startsWith('..'))
  )
    return nothing(
      `${address}: it lies outside posts/; put the file beside the post or into public/, or write the address of the page from / on`,
    );
  if (isFile(file) && isSpeltSo(file)) return { kind: 'file', file, rest };
  if (existsSync(file) && statSync(file).isDirectory())
    return nothing(`${address}: this is a folder; name a file in it`);
  const beside = existsSync(dirname(file)) ? readdirSync(dirname(file)) : [];
  const guess = nearest(basename(file), beside);
  const meant = guess && join(dirname(path), guess).replace(/^(?!\.)/, './');
  return nothing(`${address}: there is no such file beside the post${meant ? `; did you mean ${meant}?` : ''}`);
}

/** What `address` leads to from a post. `use`: whether a reader follows it, or the page loads it. */
export function targetOf(address: string, from: Source, use: 'follows' | 'loads' = 'follows'): Target {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(address.trim()) ?? [];
  if (path === '' && rest.startsWith('#')) return { kind: 'place', id: decoded(rest.slice(1)) };
  if (path === '') return { kind: 'elsewhere' };
  const [, scheme] = /^([a-z][a-z\d+.-]*):/i.exec(path) ?? [];
  if (scheme !== undefined || path.startsWith('//')) {
    // Addresses that a page may not lead to are the policy's to tell.
    if (use === 'loads' || !isSafeAddress(address)) return { kind: 'elsewhere' };
    return URL.canParse(address, 'https://x.example')
      ? { kind: 'elsewhere' }
      : nothing(`${address}: this is no address; write what only looks like one as code, \`${address}\``);
  }
  return path.startsWith('/')
    ? onSite(decoded(path), rest, from, address)
    : besidePost(decoded(path), rest, from, address);
}
