/** Maps a Jekyll post's front matter to the fields of this site's schema; a note names each field that is left out. */
import { fromHtml } from 'hast-util-from-html';
import { toString as plainText } from 'hast-util-to-string';
import type { PostFields } from '../../cli/write-front-matter.ts';
import type { AddNote } from '../import-notes.ts';
import type { OldPost, Value } from './front-matter.ts';
import { dayOf } from './post-date.ts';

/** The image that the front matter names, with its address on the old site. */
export type OldImage = {
  readonly url: string;
  readonly alt: string;
  readonly credit: string;
  readonly link: string;
  readonly line: number;
};

/** What the file's path and date say, for fields that its front matter lacks. */
export type FileFacts = {
  /** `2017-05-16-name.md` without day and extension. */
  readonly name: string;
  /** The date in the file's name. */
  readonly day: string | undefined;
  /** The date of the file's last change. */
  readonly changed: string;
  /** The time zone of the old blog's dates, empty if it names none. */
  readonly timeZone?: string;
  readonly draft: boolean;
  /** The author of the old blog's posts that name none. */
  readonly author?: string | undefined;
  /** Authors by the keys that posts name them by, `_data/authors.yml`. */
  readonly authors?: unknown;
};

/** Settings of Jekyll and its themes, which are left out without a note. */
const ignored = new Set(
  'layout,math,mathjax,usemathjax,katex,toc,toc_label,toc_sticky,toc_icon,classes,author_profile,read_time,related,related_posts,sidebar,search,search_omit,excerpt_separator,show_date,date_format,last_modified_at_format,pin,sticky,featured,hidden,permalink,redirect_from,redirect-from,slug,bibliography,media_subpath,img_path,htmlwidgets,distill,giscus_comments,_styles'.split(
    ',',
  ),
);

const pictureKeys = 'image,feature_image,featured_image,featured-image,featured-img,cover,img,thumbnail,banner'.split(
  ',',
);

const isYes = (value: string): boolean => /^(?:true|yes|on|y)$/i.test(value);
const isNo = (value: string): boolean => /^(?:false|no|off|n)$/i.test(value);
const isAddress = (value: string): boolean => URL.canParse(value) && /^https?:/.test(value);

/** The strings in a value: the items of a list, or one string split at commas, else at spaces if `splitAtSpaces`. */
function listOf(value: Value, splitAtSpaces: boolean): string[] {
  const items = Array.isArray(value)
    ? value.flatMap((item) => listOf(item, false))
    : typeof value === 'string'
      ? value.includes(',')
        ? value.split(',')
        : splitAtSpaces
          ? value.split(/\s+/)
          : [value]
      : Object.values(value).flatMap((item) => listOf(item, false));
  return [...new Set(items.map((item) => item.trim()).filter(Boolean))];
}

/** A string value; with `names`, the first non-empty string among these properties of an object. */
function textIn(value: Value | undefined, ...names: string[]): string {
  if (typeof value === 'string') return names.length === 0 ? value.trim() : '';
  if (value === undefined || Array.isArray(value)) return '';
  for (const name of names) {
    const part = value[name];
    if (typeof part === 'string' && part.trim()) return part.trim();
  }
  return '';
}

/** A text without the tags of HTML, whose entities are the characters that they name. */
const withoutTags = (text: string): string =>
  text
    .replace(/<[^<>]*>/g, '')
    .replace(/&(?:#\d+|#x[\da-f]+|[a-z]+\d*);/gi, (entity) => plainText(fromHtml(entity, { fragment: true })))
    .replace(/\s+/g, ' ')
    .trim();

type Author = NonNullable<PostFields['authors']>[number];

function authorsOf(value: Value | undefined): Author[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).flatMap((each): Author[] => {
    const name = textIn(each) || textIn(each, 'name', 'display_name', 'login');
    const url =
      textIn(each, 'url', 'link', 'homepage', 'uri', 'web') || (/href=["']([^"']+)["']/i.exec(name)?.[1] ?? '');
    const plain = withoutTags(name);
    if (!plain) return [];
    return isAddress(url) ? [{ name: plain, url }] : [plain];
  });
}

/** Authors named by their keys in `_data/authors.yml`, as they stand there. */
function known(value: Value | undefined, authors: unknown): Value | undefined {
  const all = typeof authors === 'object' && authors !== null ? (authors as Readonly<Record<string, unknown>>) : {};
  const replaced = (each: Value): Value => {
    const found = typeof each === 'string' && Object.hasOwn(all, each) ? all[each] : undefined;
    return typeof found === 'object' && found !== null ? (JSON.parse(JSON.stringify(found)) as Value) : each;
  };
  return Array.isArray(value) ? value.map(replaced) : value === undefined ? undefined : replaced(value);
}

/** A title from the file's name, for a post without one: `some-old-name` → `Some old name`. */
const titleFrom = (name: string): string => {
  const words = name.replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Reads the fields. An optional field that is not valid is left out with a note. */
export function readFields(
  post: OldPost,
  file: FileFacts,
  note: AddNote,
): { fields: PostFields; image: OldImage | undefined } {
  const used = new Set<string>();
  const take = (...keys: string[]): Value | undefined => {
    const present = keys.filter((key) => post.values.has(key));
    for (const key of present) used.add(key);
    return present.map((key) => post.values.get(key)!).find((value) => value !== '');
  };
  const text = (...keys: string[]): string => textIn(take(...keys)).replace(/\s+/g, ' ');
  const dayFrom = (...keys: string[]): string | undefined => {
    const written = text(...keys);
    const day = dayOf(written, file.timeZone);
    if (written && !day)
      note(post.lineOf(keys[0]!), 'field', `${keys[0]} ${written} is no date such as 2017-05-16; it is left out`);
    return day;
  };
  const addressFrom = (...keys: string[]): string => {
    const written = text(...keys);
    if (!written || isNo(written) || isAddress(written)) return isNo(written) ? '' : written;
    const hint = keys[0] === 'comments' ? 'give the address where readers discuss the post' : 'expected a full address';
    note(post.lineOf(keys[0]!), 'field', `${keys[0]}: ${written} is left out; ${hint}`);
    return '';
  };

  const title = withoutTags(text('title'));
  if (!title) note(1, 'field', `the post has no title; it is called ${titleFrom(file.name)} after its file`);
  const updated = dayFrom('modified', 'updated', 'last_modified_at', 'last-modified', 'lastmod');
  const date = dayFrom('date') ?? file.day ?? updated;
  if (!date)
    note(
      1,
      'field',
      `neither front matter nor file name has a date; ${file.changed}, when the file last changed, is taken`,
    );
  const published = text('published');
  const share = text('share');
  const header = take('header');
  const picture = take(...pictureKeys);
  const addresses = ['feature', 'path', 'src', 'url', 'image', 'overlay_image', 'teaser', 'thumb'];
  const source = textIn(picture) || textIn(picture, ...addresses) || textIn(header, ...addresses);
  const image: OldImage | undefined = source
    ? {
        url: source,
        alt: textIn(picture, 'alt', 'caption', 'description') || textIn(header, 'alt', 'image_description'),
        credit: textIn(picture, 'credit') || textIn(header, 'caption'),
        link: textIn(picture, 'creditlink', 'credit_link', 'crediturl', 'credit_url'),
        line: post.lineOf(picture === undefined ? 'header' : 'image'),
      }
    : undefined;

  const authors = authorsOf(known(take('author', 'authors'), file.authors));
  const all: PostFields = {
    title: title || titleFrom(file.name),
    description: withoutTags(text('description', 'excerpt', 'summary', 'subtitle', 'tagline')),
    authors: authors.length > 0 ? authors : authorsOf(file.author),
    date: date ?? file.changed,
    updated: updated && updated !== date ? updated : '',
    tags: listOf(take('tags', 'tag', 'keywords') ?? [], true),
    categories: listOf(take('categories', 'category') ?? [], true),
    draft: isYes(text('draft')) || isNo(published) || file.draft,
    comments: addressFrom('comments'),
    canonical: addressFrom('canonical_url', 'canonical', 'canonical-url'),
    ...(share ? { share: isYes(share) } : {}),
  };
  const others = [...post.values.keys()].filter((key) => !used.has(key) && !ignored.has(key.toLowerCase()));
  if (others.length > 0) note(1, 'look', `front matter without a place in Measured is left out: ${others.join(', ')}`);
  return { fields: withoutEmpty(all), image };
}

/** What the front matter says of the post's address: `permalink`, `slug`, `redirect_from`, categories; its bibliography, and the folder of its images. */
export function readPlace({ values }: OldPost): {
  permalink: string;
  slug: string;
  redirects: readonly string[];
  categories: readonly string[];
  bibliography: readonly string[];
  imageFolder: string;
} {
  const list = (...keys: string[]) => {
    const found = keys.map((key) => values.get(key)).find((value) => value !== undefined && value !== '');
    return found === undefined ? [] : listOf(found, keys[0] === 'categories');
  };
  return {
    permalink: textIn(values.get('permalink')),
    slug: textIn(values.get('slug')),
    redirects: list('redirect_from', 'redirect-from'),
    categories: list('categories', 'category'),
    bibliography: list('bibliography'),
    imageFolder: textIn(values.get('media_subpath') ?? values.get('img_path')),
  };
}

/** Removes empty strings, empty lists and `draft: false`. */
function withoutEmpty(fields: PostFields): PostFields {
  const isEmpty = (key: string, value: unknown) =>
    value === '' || (Array.isArray(value) && value.length === 0) || (key === 'draft' && value === false);
  return Object.fromEntries(Object.entries(fields).filter(([key, value]) => !isEmpty(key, value))) as PostFields;
}
