/** The way from a link of an old post to where it leads in the new blog: one map for posts, files, pages and places on pages. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { type LinkSource, targetOf } from '../site/links/link-targets.ts';
import { isSafeUrl } from '../site/links/safe-url.ts';
import { buildDay } from '../site/posts/build-date.ts';
import { decoded, pathInRepository, pathWithin } from './blog/addresses.ts';
import { isFileInside } from './blog/old-blog.ts';
import type { Converted } from './convert-post.ts';
import type { ImportFiles } from './import-files.ts';
import type { PostMap } from './post-map.ts';
import type { Source } from './read-post.ts';
import { isReadableSvg } from './tree/images.ts';
import type { FindTarget, NewTarget } from './tree/links.ts';

/** What link targets are looked up in. */
export type Targets = {
  readonly map: PostMap;
  /** The converted posts; one that is not among them was not imported. */
  readonly posts: ReadonlyMap<Source, Converted>;
  readonly files: ImportFiles;
  /** The folder that looks like the new blog. */
  readonly stage: string;
};

/** Files that a site cannot hand out as they are: pages and scripts, which its policy does not let run. */
const notCopied = new Set([
  '',
  '.html',
  '.htm',
  '.md',
  '.markdown',
  '.js',
  '.css',
  '.rb',
  '.yml',
  '.php',
  '.asp',
  '.aspx',
  '.xml',
]);

const waits = ({ fields: { draft, date } }: Converted): boolean => draft === true || date > buildDay();

/** A place on a page by its old id; undefined if there is none. */
function placeOn(anchors: ReadonlyMap<string, string>, fragment: string): string | undefined {
  const id = decoded(fragment);
  return anchors.get(id) ?? anchors.get(id.toLowerCase());
}

/** Finds where the links of a post lead. */
export function targetsOf(post: Converted, { map, posts, files, stage }: Targets): FindTarget {
  const { file, address } = post.source;
  const { blog } = file;
  const from: LinkSource = { file: join(stage, 'posts', `${map.slugOf(post.source)}.mdx`), root: stage };

  const toPost = (source: Source, rest: string): NewTarget => {
    const target = posts.get(source);
    if (!target) return { dead: `the post ${source.file.displayPath} was not imported` };
    if (waits(target) && !waits(post)) return { dead: `the post ${source.file.displayPath} is not published` };
    const [, query = '', fragment = ''] = /^(\?[^#]*)?(#.*)?$/.exec(rest) ?? [];
    const url = `/posts/${map.slugOf(source)}/`;
    if (fragment.length < 2) return { url: url + query };
    const place = placeOn(target.anchors, fragment.slice(1));
    if (place) return { url: `${url}${query}#${place}` };
    return { url: url + query, note: `the post has no place ${fragment}; the link leads to its beginning` };
  };

  const toFile = (path: string, written: string): string | undefined => {
    const wanted = decoded(path.replace(/[?#].*$/, ''));
    if (notCopied.has(extname(wanted).toLowerCase()) || wanted.includes('\0')) return undefined;
    const beside = /^[a-z]+:|^\//i.test(written)
      ? []
      : [join(dirname(file.path), decoded(written.replace(/[?#].*$/, '')))];
    const found = [...beside, join(blog.root, wanted)].find(
      (each) => existsSync(each) && isFileInside(each, blog.root),
    );
    if (!found || (/\.svg$/i.test(found) && !isReadableSvg(readFileSync(found)))) return undefined;
    const kept = wanted.replace(/\s+/g, '-');
    files.attachment(found, kept);
    return encodeURI(kept) + (/#.*$/.exec(path)?.[0] ?? '');
  };

  /** The old site's page or file. */
  const toOld = (path: string, url: string): NewTarget => {
    const old = /^https?:\/\/(?!localhost|127\.)/.test(blog.url) ? `${blog.url}${blog.baseurl}${path}` : undefined;
    const why = 'neither a post of this import nor a file of the old blog is there';
    if (old === undefined || !URL.canParse(old)) return { dead: why };
    return { url: old, note: `${why}; the link leads to the old blog${url === old ? '' : `, ${old}`}` };
  };

  return (written) => {
    const url = written.trim();
    if (url.startsWith('#')) {
      if (url === '#') return { dead: 'it leads to the page itself', isEmpty: true };
      const place = placeOn(post.anchors, url.slice(1));
      return place === undefined ? { dead: 'the post has no such place' } : { url: `#${place}` };
    }
    if (url === '') return { dead: 'it has no address', isEmpty: true };
    const ofRepository = pathInRepository(url, blog);
    const copied = ofRepository && toFile(ofRepository, '/');
    if (copied) return { url: copied };
    const path = pathWithin(url, blog, address);
    if (path === undefined) return elsewhere(url);
    const [, bare = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(path) ?? [];
    const source = map.at(bare);
    if (source) return toPost(source, rest);
    const kept = toFile(path, url);
    if (kept) return { url: kept };
    if (/^\/(?:feed|atom|rss)(?:\.xml)?\/?$/.test(bare)) return { url: '/rss.xml' };
    const page = /^\/(?:index(?:\.html?)?)?$/.test(bare) ? '/' : bare;
    const target = targetOf(page, from);
    if ((target.kind === 'site' && !target.open) || target.kind === 'post') return { url: page };
    return toOld(path, url);
  };
}

/** An address of another site, or none. */
function elsewhere(url: string): NewTarget {
  const whole = url.startsWith('//') ? `https:${url}` : url;
  if (!isSafeUrl(whole)) return { dead: 'pages link to http, https, mailto and tel only' };
  if (URL.canParse(whole)) return { url: whole };
  const encoded = encodeURI(whole.replace(/\s+/g, ''));
  return URL.canParse(encoded) ? { url: encoded } : { dead: 'this is no address' };
}
