/** Resolves the addresses in a post to their targets: pages, files beside the post, anchors, other sites. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { nearestName } from '../../lab/did-you-mean.ts';
import { isDev } from '../command.ts';
import { isScheduled } from '../posts/build-date.ts';
import { isoDate } from '../posts/dates.ts';
import type { Frontmatter } from '../posts/frontmatter-schema.ts';
import { parseDate } from '../posts/parse-date.ts';
import { isPost, markdownFiles, postEndings, postId } from '../posts/post-paths.ts';
import { readFrontmatter } from '../posts/read-frontmatter.ts';
import { topicKinds, topicPath, topics } from '../posts/topics.ts';
import { fits, isTurnedOff, ownMarkdown, type Route, siteRoutes } from '../routes.ts';
import { decodeAddress, isSafeUrl } from './safe-url.ts';

/** A post that has links: its file, and the project's folder, which holds `posts/` and `public/`. */
export type LinkSource = { readonly file: string; readonly root: string };

/**
 * What an address leads to. `rest`: the query and fragment after the path; `id`: the fragment's anchor. `open`: whether a
 * page is there is known only once the site is built.
 */
export type Target =
  | { kind: 'elsewhere' }
  | { kind: 'place'; id: string }
  | { kind: 'post'; path: `/${string}`; rest: string; file: string; id: string }
  | { kind: 'site'; path: `/${string}`; rest: string; id: string; open: boolean }
  | { kind: 'file'; file: string; rest: string }
  | { kind: 'nothing'; problem: string };

const invalidTarget = (problem: string): Target => ({ kind: 'nothing', problem });

/** The id of a post's file, `topic/x` for `posts/topic/X.mdx`. */
const idOf = (file: string, root: string): string => postId(relative(join(root, 'posts'), file));

/** The path of the page of a Markdown file below the site's base, `posts/x/`. */
export const pageOf = (file: string, root: string): string =>
  ownMarkdown(file)?.address.slice(1) ?? `posts/${idOf(file, root)}/`;

let publicFolder: string | undefined;

/** Astro integration: records the folder of public files, and clears the caches. */
export function publicFiles(): AstroIntegration {
  return {
    name: 'public-files',
    hooks: {
      'astro:config:done': ({ config }) => {
        publicFolder = fileURLToPath(config.publicDir);
        postsCache.clear();
        topicsCache.clear();
      },
    },
  };
}

const postsCache = new Map<string, ReadonlyMap<string, string>>();
const topicsCache = new Map<string, ReadonlySet<string>>();

/** The files of all posts by their ids. Builds read the folder once. */
function postsIn(root: string): ReadonlyMap<string, string> {
  const known = isDev() ? undefined : postsCache.get(root);
  if (known) return known;
  const files = markdownFiles(root).filter(isPost);
  const posts = new Map(files.map((file) => [postId(file.slice('posts/'.length)), join(root, file)]));
  postsCache.set(root, posts);
  return posts;
}

/** The file of the post whose page is at `path`, such as `/posts/x/`; undefined if there is none. */
export const postFileAt = (path: string, root: string): string | undefined =>
  postsIn(root).get(/^\/posts\/(.+?)\/?$/.exec(decodeAddress(path))?.[1]?.normalize('NFC') ?? '');

/** The Markdown file of the page at `path`: a post, or one of the blog's own pages; undefined if there is none. */
export const markdownFileAt = (path: string, root: string): string | undefined =>
  postFileAt(path, root) ??
  siteRoutes().find((route) => route.own && fits(route, path) && ownMarkdown(route.entrypoint))?.entrypoint;

/** The day on which drafts are published. */
const never = '~';

/** The day for which a post waits: `never` for a draft, '' if it is published. Read without parsing YAML, for speed. */
function waitsUntil(file: string): string {
  const [matter = ''] = /^---\r?\n(?:(?!---).*\r?\n)*/.exec(existsSync(file) ? readFileSync(file, 'utf8') : '') ?? [];
  if (/^draft:\s*true\b/m.test(matter)) return never;
  const date = parseDate(/^date:\s*["']?([^"'#\r\n]*)/m.exec(matter)?.[1] ?? '');
  return typeof date !== 'string' && isScheduled({ date, draft: false }) ? isoDate(date) : '';
}

const anchorIn = (rest: string): string => decodeAddress(/#(.*)$/s.exec(rest)?.[1] ?? '');

/** The page of a post; an error if it is published later than the linking post, as drafts never are. */
function postTarget(id: string, file: string, rest: string, from: LinkSource, address: string): Target {
  const day = waitsUntil(file);
  if (day > waitsUntil(from.file))
    return invalidTarget(
      `${address}: ${relative(from.root, file)} ${day === never ? 'is a draft, which is not published' : `is not published before ${day}`}`,
    );
  return { kind: 'post', path: `/posts/${id}/`, rest, file, id: anchorIn(rest) };
}

/** The pages that a link may lead to, except posts, which are looked up by their files. */
const pages = (): Route[] => siteRoutes().filter(({ pattern }) => !['/posts/[...slug]', '/404'].includes(pattern));

/** The route that a path fits: one without `[name]`, whose page is known before the site is built, if there is such. */
function routeAt(path: string): Route | undefined {
  const found = pages().filter((route) => fits(route, path));
  return found.find(isStatic) ?? found[0];
}

const isStatic = ({ address }: Route): boolean => !address.includes('[');

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/**
 * The paths of the pages of tags, categories and authors that `from` may link to; they have posts that are published when it is. Undefined
 * if a post's front matter is invalid, which is reported elsewhere.
 */
function topicsFor({ file: from, root }: LinkSource): ReadonlySet<string> | undefined {
  const day = waitsUntil(from);
  const known = isDev() || day !== '' ? undefined : topicsCache.get(root);
  if (known) return known;
  const posts: { data: Frontmatter }[] = [];
  for (const file of postsIn(root).values()) {
    const { post } = readFrontmatter(readFileSync(file, 'utf8'), file);
    if (!post) return undefined;
    if (waitsUntil(file) <= day) posts.push({ data: post });
  }
  const found = new Set(
    topicKinds.flatMap((kind) => topics(kind, posts).map(({ name }) => topicPath(kind, name) as string)),
  );
  if (day === '') topicsCache.set(root, found);
  return found;
}

/** The target of an address that starts with `/`. */
function siteTarget(path: string, rest: string, from: LinkSource, address: string): Target {
  const site = (to: string, open = false): Target => {
    return { kind: 'site', path: to as `/${string}`, rest, id: anchorIn(rest), open };
  };
  const page = `${path.replace(/\/$/, '')}/`;
  const post = postFileAt(path, from.root);
  if (post) return postTarget(idOf(post, from.root), post, rest, from, address);
  const own = routeAt(page);
  if (own?.own && isStatic(own)) return site(page);
  const [, kind, name] = /^\/(tags|categories|authors)\/([^/]+)\/?$/.exec(path) ?? [];
  if (kind && name) {
    const topic = `/${kind}/${name.normalize('NFC')}/` as const;
    const all = topicsFor(from);
    if (!all || all.has(topic)) return site(topic);
    const guess = nearestName(topic, all);
    return invalidTarget(`${address}: no post is filed there${guess ? `; did you mean ${guess}?` : ''}`);
  }
  if (isFile(join(publicFolder ?? join(from.root, 'public'), path))) return site(path);
  for (const candidate of path === '/' ? [page] : [path, page]) {
    const route = routeAt(candidate);
    if (route) return site(candidate, !isStatic(route));
  }
  if (isTurnedOff(path)) return invalidTarget(`${address}: the options of measured() leave this page out`);
  const misspelt = /^\/posts\//.test(path)
    ? nearestName(path.replace(/^\/posts\/|\/$/g, ''), postsIn(from.root).keys())
    : undefined;
  const addresses = pages()
    .filter(isStatic)
    .map((route) => route.address);
  const guess = misspelt === undefined ? nearestName(path, addresses) : `/posts/${misspelt}/`;
  return invalidTarget(`${address}: the site has no such page or file${guess ? `; did you mean ${guess}?` : ''}`);
}

/** Whether the file's name has exactly this case: most web servers distinguish case, some file systems do not. */
const hasExactName = (file: string): boolean => readdirSync(dirname(file)).includes(basename(file));

/** The target of an address relative to the post's folder. */
function fileTarget(path: string, rest: string, from: LinkSource, address: string): Target {
  const folder = join(from.root, 'posts');
  if (ownMarkdown(from.file))
    return invalidTarget(`${address}: write the address of a page, or of a file in public/, from / on`);
  const file = resolve(dirname(from.file), path);
  for (const candidate of [file, ...postEndings.flatMap((ending) => [file + ending, join(file, `index${ending}`)])]) {
    const id = idOf(candidate, from.root);
    const post = postsIn(from.root).get(id);
    if (post === candidate) return postTarget(id, post, rest, from, address);
  }
  if (
    relative(folder, file).startsWith('..') ||
    (existsSync(file) && relative(realpathSync(folder), realpathSync(file)).startsWith('..'))
  )
    return invalidTarget(
      `${address}: it lies outside posts/; put the file beside the post or into public/, or write the address of the page from / on`,
    );
  if (isFile(file) && hasExactName(file)) return { kind: 'file', file, rest };
  if (existsSync(file) && statSync(file).isDirectory())
    return invalidTarget(`${address}: this is a folder; name a file in it`);
  const siblings = existsSync(dirname(file)) ? readdirSync(dirname(file)) : [];
  const guess = nearestName(basename(file), siblings);
  const meant = guess && join(dirname(path), guess).replace(/^(?!\.)/, './');
  return invalidTarget(`${address}: there is no such file beside the post${meant ? `; did you mean ${meant}?` : ''}`);
}

/** The target of `address` in a post. `use`: whether readers follow it, or the page loads it. */
export function targetOf(address: string, from: LinkSource, use: 'follows' | 'loads' = 'follows'): Target {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(address.trim()) ?? [];
  if (path === '' && rest.startsWith('#')) return { kind: 'place', id: decodeAddress(rest.slice(1)) };
  if (path === '') return { kind: 'elsewhere' };
  const [, scheme] = /^([a-z][a-z\d+.-]*):/i.exec(path) ?? [];
  if (scheme !== undefined || path.startsWith('//')) {
    // Forbidden addresses are reported by the policy check.
    if (use === 'loads' || !isSafeUrl(address)) return { kind: 'elsewhere' };
    return URL.canParse(address, 'https://x.example')
      ? { kind: 'elsewhere' }
      : invalidTarget(`${address}: this is no address; write what only looks like one as code, \`${address}\``);
  }
  return path.startsWith('/')
    ? siteTarget(decodeAddress(path), rest, from, address)
    : fileTarget(decodeAddress(path), rest, from, address);
}
