/** What a Jekyll blog says of itself: its configuration, its addresses, and what its layouts and scripts set up for formulas. */
import { existsSync, globSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { type Macro, type Macros, macrosIn } from '../tex/macros.ts';

/** A Jekyll blog on disk. */
export type OldBlog = {
  readonly root: string;
  /** Its `_config.yml`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Its address without a slash at the end, `https://old.example`; empty if it is unknown. */
  readonly url: string;
  /** The path below which its pages lie, `/blog`, or empty. */
  readonly baseurl: string;
  /** Names of hosts that serve it, in lower case. */
  readonly hosts: ReadonlySet<string>;
  /** Its repository on GitHub, `owner/name`. */
  readonly repository: string | undefined;
  /** Whether single dollars are delimiters of formulas, as its scripts say; undefined if they say nothing. */
  readonly singleDollars: boolean | undefined;
  /** Whether its kramdown reads Markdown in blocks of HTML. */
  readonly parsesBlocks: boolean;
  /** Macros of its layouts, includes and scripts. */
  readonly macros: Macros;
  /** Its data files by their names, read when they are asked for. */
  readonly data: () => Readonly<Record<string, unknown>>;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A file of YAML as an object; empty if it is missing or not readable. */
function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'), { logLevel: 'silent', uniqueKeys: false, merge: true });
  } catch {
    return undefined;
  }
}

/** The folder of the old blog: the nearest one above with a `_config.yml`, else the parent of `_posts` or `_drafts`. */
export function oldRootOf(path: string): string {
  const start = resolve(path);
  for (let folder = start; dirname(folder) !== folder; folder = dirname(folder)) {
    if (existsSync(join(folder, '_config.yml'))) return folder;
  }
  const at = start.split(sep).findLastIndex((part) => part === '_posts' || part === '_drafts');
  if (at > 0) return start.split(sep).slice(0, at).join(sep);
  return existsSync(start) && statSync(start).isDirectory() ? start : dirname(start);
}

/** Whether a script or a layout sets up formulas, and whether with single dollars. */
function dollarsIn(text: string): boolean | undefined {
  if (/\[\s*(["'])\\*\$\1\s*,\s*(["'])\\*\$\2\s*\]|left["']?\s*:\s*(["'])\$\3/.test(text)) return true;
  return /inlineMath|renderMathInElement|MathJax\.js|mathjax@3|tex-(?:mml-)?(?:chtml|svg)/.test(text)
    ? false
    : undefined;
}

/** The files that may set up formulas: layouts, includes, and scripts that are named after them or small. */
function setUpFiles(root: string): string[] {
  const found = globSync(
    [
      '_includes/**/*.{html,liquid,js,md}',
      '_layouts/**/*.{html,liquid}',
      '{assets,js,public}/**/*{math,katex,tex}*.js',
    ],
    {
      cwd: root,
    },
  );
  return found
    .map((file) => join(root, file))
    .filter((file) => statSync(file).isFile() && statSync(file).size < 200_000)
    .sort();
}

/** The blog's repository by its configuration, or by git. */
function repositoryOf(root: string, config: Readonly<Record<string, unknown>>): string | undefined {
  const named = [config.repository, config.github_repo].find((each) => typeof each === 'string');
  if (typeof named === 'string' && /^[\w.-]+\/[\w.-]+$/.test(named)) return named;
  const git = join(root, '.git/config');
  const text = existsSync(git) ? readFileSync(git, 'utf8') : '';
  return /github\.com[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\s/.exec(text)?.[1];
}

/** The files of `_data`, by name and folder. */
function readData(folder: string): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  if (!existsSync(folder)) return data;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = entry.name.replace(/\.\w+$/, '');
    const path = join(folder, entry.name);
    if (entry.isDirectory()) data[name] = readData(path);
    else if (/\.(?:ya?ml|json)$/.test(entry.name)) data[name] = readYaml(path);
  }
  return data;
}

const noSlash = (text: unknown): string => (typeof text === 'string' ? text.trim().replace(/\/+$/, '') : '');

/** Reads what a blog says of itself. */
export function readOldBlog(root: string): OldBlog {
  const written = readYaml(join(root, '_config.yml'));
  const config = isObject(written) ? written : {};
  const base = noSlash(config.baseurl);
  const baseurl = base === '' || base.startsWith('/') ? base : `/${base}`;
  const repository = repositoryOf(root, config);
  const cname = existsSync(join(root, 'CNAME')) ? readFileSync(join(root, 'CNAME'), 'utf8').trim() : '';
  const owner = repository?.split('/')[0]?.toLowerCase();
  const url = noSlash(config.url) || (cname && `https://${cname}`);
  const names = [url.replace(/^https?:\/\//, ''), cname, owner ? `${owner}.github.io` : ''].map((name) =>
    name.toLowerCase(),
  );
  const hosts = new Set(names.filter(Boolean).flatMap((name) => [name, `www.${name}`, name.replace(/^www\./, '')]));

  const macros = new Map<string, Macro>();
  let singleDollars: boolean | undefined;
  for (const file of setUpFiles(root)) {
    const text = readFileSync(file, 'utf8');
    const dollars = dollarsIn(text);
    singleDollars = singleDollars || dollars === undefined ? singleDollars : dollars;
    for (const [name, macro] of macrosIn(text)) if (!macros.has(name)) macros.set(name, macro);
  }
  let data: Record<string, unknown> | undefined;
  return {
    root,
    config,
    url,
    baseurl,
    hosts,
    repository,
    singleDollars,
    parsesBlocks: isObject(config.kramdown) && config.kramdown.parse_block_html === true,
    macros,
    data: () => {
      data ??= readData(join(root, '_data'));
      return data;
    },
  };
}

/** Whether `path`, symbolic links resolved, is a file inside `root`: a post may name any path, and only files of the blog are copied. */
export function isFileInside(path: string, root: string): boolean {
  if (path.includes('\0') || !existsSync(path) || !statSync(path).isFile()) return false;
  return realpathSync(path).startsWith(realpathSync(root) + sep);
}

/** Single dollars by the settings of a post's own scripts; see `OldBlog.singleDollars`. */
export const singleDollarsIn = dollarsIn;
