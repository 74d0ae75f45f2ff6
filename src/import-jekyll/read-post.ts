/** Reads an old post: its front matter, its old address, and its scanned body. */
import { basename, relative, resolve, sep } from 'node:path';
import type { PostFields } from '../cli/write-front-matter.ts';
import { type AddressFacts, addressKey, oldAddress } from './blog/addresses.ts';
import { asLiquid, decode, type OldPost, readOldPost } from './blog/front-matter.ts';
import { type OldImage, readFields, readPlace } from './blog/front-matter-fields.ts';
import { liquidOf } from './blog/liquid-engine.ts';
import type { OldBlog } from './blog/old-blog.ts';
import { dayOf } from './blog/post-date.ts';
import type { AddNote, Note } from './import-notes.ts';
import { type ScannedBody, scanBody } from './post-body.ts';

/** The file of an old post. */
export type OldFile = {
  readonly path: string;
  /** The path as messages show it. */
  readonly displayPath: string;
  readonly bytes: Uint8Array;
  /** Date of the file's last change: `2017-05-16`. */
  readonly changed: string;
  readonly blog: OldBlog;
};

/** An old post that has been read. */
export type Source = {
  readonly file: OldFile;
  readonly old: OldPost;
  /** The file's name without day and ending. */
  readonly name: string;
  readonly day: string | undefined;
  readonly fields: PostFields;
  readonly image: OldImage | undefined;
  /** The path of its page on the old site, below `baseurl`. */
  readonly address: string;
  /** Further paths that led to it. */
  readonly redirects: readonly string[];
  /** `slug` of its front matter. */
  readonly slug: string;
  readonly bibliography: readonly string[];
  /** The folder that images without a path of their own lie in, empty if the post names none. */
  readonly imageFolder: string;
  readonly notes: Note[];
  readonly note: AddNote;
};

/** `2017-05-16-name.md` → its day and `name`. */
export function nameParts(path: string): { day: string | undefined; name: string } {
  const stem = basename(path).replace(/\.\w+$/, '');
  const match = /^(\d{4}-\d{1,2}-\d{1,2})-(.+)$/.exec(stem);
  const day = match ? dayOf(match[1]!) : undefined;
  return { day, name: day ? match![2]! : stem };
}

/** The folders above `_posts`, which Jekyll takes for categories. */
function folderCategories(path: string, root: string): string[] {
  const parts = relative(root, resolve(path)).split(sep);
  const at = parts.findIndex((part) => part === '_posts' || part === '_drafts');
  return at <= 0 ? [] : parts.slice(0, at).filter((part) => !part.startsWith('_'));
}

const configuredAuthor = ({ config }: OldBlog): string | undefined => {
  const author = config.author as string | { name?: unknown } | undefined;
  const name = typeof author === 'object' && author !== null ? author.name : author;
  return typeof name === 'string' ? name : undefined;
};

/** Reads a post. Throws ImportError, with the line, if the file cannot be read as a post. */
export function readSource(file: OldFile): Source {
  const notes: Note[] = [];
  const note: AddNote = (line, kind, message) => void notes.push({ line, kind, message });
  const { path, blog, bytes, changed } = file;
  const { day, name } = nameParts(path);
  const old = readOldPost(decode(bytes));
  const draft = resolve(path).split(sep).includes('_drafts');
  const { timezone } = blog.config;
  const facts = {
    name,
    day,
    changed,
    draft,
    author: configuredAuthor(blog),
    authors: blog.data().authors,
    timeZone: typeof timezone === 'string' ? timezone.trim() : '',
  };
  const { fields, image } = readFields(old, facts, note);
  const { permalink, slug, redirects, categories, bibliography, imageFolder } = readPlace(old);
  const place: AddressFacts = {
    name,
    date: fields.date,
    categories: [...folderCategories(path, blog.root), ...categories],
    slug,
    permalink,
  };
  const address = oldAddress(place, blog);
  const paths = redirects.map((each) => `/${each.replace(/^https?:\/\/[^/]+/, '').replace(/^\/+/, '')}`);
  return {
    file,
    old,
    name,
    day,
    fields,
    image,
    address,
    redirects: paths,
    slug,
    bibliography,
    imageFolder,
    notes,
    note,
  };
}

/** Scans the body of a post that has been read. */
export function scanSource(source: Source, postAddress: (name: string, line: number) => string): ScannedBody {
  const { file, old, fields, address, note } = source;
  const values = Object.fromEntries([...old.values].map(([key, value]) => [key, asLiquid(value)]));
  const page = { ...values, title: fields.title, date: fields.date, url: address, path: file.displayPath };
  return scanBody(old.body, old.bodyLine, {
    note,
    fill: liquidOf(file.blog, page),
    singleDollars: file.blog.singleDollars,
    parsesBlocks: file.blog.parsesBlocks,
    postAddress,
  });
}

/** The old addresses of a post that must lead to its new one, `/posts/slug/`. */
export function oldAddresses({ address, redirects }: Source, slug: string): string[] {
  const all = [address, ...redirects].map((path) => path.replace(/\/index\.html$/, '/').replace(/[?#].*$/, ''));
  return [...new Set(all)].filter((path) => path !== '/' && addressKey(path) !== addressKey(`/posts/${slug}/`));
}
