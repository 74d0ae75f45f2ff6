/** Resolves the addresses in a post to their targets: pages, files beside the post, anchors, other sites. */
import { existsSync, globSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { nearestName } from '../../lab/did-you-mean.ts';
import { isDev } from '../command.ts';
import { slugOf } from '../posts/posts-folder.ts';
import { readFrontmatter } from '../posts/read-frontmatter.ts';
import { topicKinds, topicPath } from '../posts/topics.ts';
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
const pagesFolder = fileURLToPath(new URL('../pages/', import.meta.url));

/** The id of a post's file, `x` for `posts/X.mdx`. */
const idOf = (path: string): string => slugOf(path.replace(/\.mdx$/, ''));

/** The path of the page of a post's file below the site's base, `posts/x/`. */
export const pageOf = (file: string, root: string): string => `posts/${idOf(relative(join(root, 'posts'), file))}/`;

let publicFolder: string | undefined;

/** Astro integration: records the folder of public files, and clears the caches. */
export function publicFiles(): AstroIntegration {
  return {
    name: 'public-files',
    hooks: {
      'astro:config:done': ({ config }) => {
        publicFolder = fileURLToPath(config.publicDir);
        postsCache.clear();
        topics.clear();
      },
    },
  };
}

const postsCache = new Map<string, ReadonlyMap<string, string>>();
const topics = new Map<string, ReadonlySet<string>>();

/** The files of all posts by their ids. Builds read the folder once. */
function postsIn(root: string): ReadonlyMap<string, string> {
  const known = isDev() ? undefined : postsCache.get(root);
  if (known) return known;
  const folder = join(root, 'posts');
  const files = globSync('*.mdx', { cwd: folder });
  const posts = new Map(files.map((file) => [idOf(file), join(folder, file)]));
  postsCache.set(root, posts);
  return posts;
}

/** The file of the post whose page is at `path`, such as `/posts/x/`; undefined if there is none. */
export const postFileAt = (path: string, root: string): string | undefined =>
  postsIn(root).get(/^\/posts\/(.+?)\/?$/.exec(decodeAddress(path))?.[1]?.normalize('NFC') ?? '');

/** Whether a post's front matter says `draft: true`. */
const isDraft = (file: string): boolean =>
  /^---\r?\n(?:(?!---).*\r?\n)*?draft:\s*true\b/.test(existsSync(file) ? readFileSync(file, 'utf8') : '');

const anchorIn = (rest: string): string => decodeAddress(/#(.*)$/s.exec(rest)?.[1] ?? '');

/** The page of a post; an error for a draft, unless the linking post is a draft too. */
function postTarget(id: string, file: string, rest: string, from: LinkSource, address: string): Target {
  if (isDraft(file) && !isDraft(from.file))
    return invalidTarget(`${address}: ${relative(from.root, file)} is a draft, which is not published`);
  return { kind: 'post', path: `/posts/${id}/`, rest, file, id: anchorIn(rest) };
}

/** Routes of the pages other than posts; `[name]` in a route stands for any text, known only once the site is built. */
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
 * The paths of the tag and category pages that `from` may link to; only drafts may link to topics of drafts. Undefined
 * if a post's front matter is invalid, which is reported elsewhere.
 */
function topicsFor({ file: from, root }: LinkSource): ReadonlySet<string> | undefined {
  const withDrafts = isDraft(from);
  const known = isDev() || withDrafts ? undefined : topics.get(root);
  if (known) return known;
  const found = new Set<string>();
  for (const file of postsIn(root).values()) {
    const { post } = readFrontmatter(readFileSync(file, 'utf8'), file);
    if (!post) return undefined;
    if (!post.draft || withDrafts)
      for (const kind of topicKinds) for (const name of post[kind]) found.add(topicPath(kind, name));
  }
  if (!withDrafts) topics.set(root, found);
  return found;
}

/** The target of an address that starts with `/`. */
function siteTarget(path: string, rest: string, from: LinkSource, address: string): Target {
  const site = (to: string, open = false): Target => {
    return { kind: 'site', path: to as `/${string}`, rest, id: anchorIn(rest), open };
  };
  const post = postFileAt(path, from.root);
  if (post) return postTarget(idOf(basename(post)), post, rest, from, address);
  const [, kind, name] = /^\/(tags|categories)\/([^/]+)\/?$/.exec(path) ?? [];
  if (kind && name) {
    const topic = `/${kind}/${name.normalize('NFC')}/` as const;
    const all = topicsFor(from);
    if (!all || all.has(topic)) return site(topic);
    const guess = nearestName(topic, all);
    return invalidTarget(`${address}: no post is filed there${guess ? `; did you mean ${guess}?` : ''}`);
  }
  if (isFile(join(publicFolder ?? join(from.root, 'public'), path))) return site(path);
  const page = `${path.replace(/\/$/, '')}/`;
  for (const candidate of path === '/' ? [page] : [path, page])
    if (isRoute(candidate)) return site(candidate, !routes.includes(candidate));
  const misspelt = /^\/posts\//.test(path)
    ? nearestName(path.replace(/^\/posts\/|\/$/g, ''), postsIn(from.root).keys())
    : undefined;
  const staticRoutes = routes.filter((route) => !route.includes('['));
  const guess = misspelt === undefined ? nearestName(path, staticRoutes) : `/posts/${misspelt}/`;
  return invalidTarget(`${address}: the site has no such page or file${guess ? `; did you mean ${guess}?` : ''}`);
}

/** Whether the file's name has exactly this case: most web servers distinguish case, some file systems do not. */
const hasExactName = (file: string): boolean => readdirSync(dirname(file)).includes(basename(file));

/** The target of an address relative to the post's folder. */
function fileTarget(path: string, rest: string, from: LinkSource, address: string): Target {
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
