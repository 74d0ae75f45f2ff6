/** The schema of a post's front matter. Jekyll's field names `excerpt`, `modified` and `author` are accepted too. */
import type { SchemaContext } from 'astro:content';
import { z } from 'astro/zod';
import { isoDate } from './dates.ts';
import { parseDate } from './parse-date.ts';

/** A web address. */
const address = z.url({ protocol: /^https?$/, error: 'expected an address such as https://example.org/' });

const nonEmpty = z.string().trim().min(1, 'is empty');

const author = z.strictObject({ name: nonEmpty, url: address.optional() });

/** One author or several; an author is a name, or a name with an address. */
const authors = z.preprocess(
  (value) => [value].flat().map((each) => (typeof each === 'string' ? { name: each } : each)),
  z.array(author),
);

/** A list of names without repetition, or a text that `split` divides into one. */
const nameList = (split: (text: string) => string[]) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? split(value).map((each) => each.trim()) : value),
    z.array(nonEmpty).transform((all) => [...new Set(all)]),
  );

const tags = nameList((text) => text.split(','));
/** Jekyll splits `categories: a b` at the space. */
const categories = nameList((text) => text.split(text.includes(',') ? ',' : /\s+/).filter(Boolean));

const day = z.string().transform((text, context) => {
  const date = parseDate(text);
  if (typeof date !== 'string') return date;
  context.addIssue({ code: 'custom', message: date });
  return z.NEVER;
});

/** A path relative to the post as Astro expects it: `x.png` becomes `./x.png`. */
const asRelative = (path: unknown) => (typeof path === 'string' && /^[^./:][^:]*$/.test(path) ? `./${path}` : path);

/** Pairs of names for the same field; a post may use either. */
const synonyms = [
  ['description', 'excerpt'],
  ['authors', 'author'],
  ['updated', 'modified'],
] as const;

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Whether a BCP 47 tag names an existing language. */
function isLanguage(tag: string): boolean {
  try {
    return languageNames.of(tag) !== undefined;
  } catch {
    return false;
  }
}
const language = z
  .string()
  .refine(isLanguage, { error: 'expected the code of a language (BCP 47) such as ar, ja or pt-BR' });

/** The schema of `posts/*.mdx`; unknown fields are errors. */
export const frontmatterSchema = ({ image }: SchemaContext) =>
  z
    .strictObject({
      title: nonEmpty,
      description: z.string().optional(),
      excerpt: z.string().optional(),
      author: authors.optional(),
      authors: authors.optional(),
      date: day,
      updated: day.optional(),
      modified: day.optional(),
      tags: tags.default([]),
      categories: categories.default([]),
      image: z
        .strictObject({
          src: z.preprocess(asRelative, image()),
          alt: z.string(),
          credit: z.string().optional(),
          link: address.optional(),
        })
        .optional(),
      /** The language of the post, if it is not the site's. */
      language: language.optional(),
      draft: z.boolean().default(false),
      /** Where readers discuss the post. */
      comments: address.optional(),
      share: z.boolean().default(true),
      /** The address of the original, if this is a copy. */
      canonical: address.optional(),
    })
    .superRefine((post, context) => {
      for (const [name, other] of synonyms)
        if (post[name] !== undefined && post[other] !== undefined)
          context.addIssue({ code: 'custom', path: [other], message: `says the same as ${name}; keep one of them` });
      const name = post.updated ? 'updated' : 'modified';
      const updated = post[name];
      if (updated && isoDate(updated) < isoDate(post.date))
        context.addIssue({ code: 'custom', path: [name], message: `is before date, ${isoDate(post.date)}` });
    })
    .transform(({ excerpt, author, modified, ...post }) => ({
      ...post,
      description: post.description ?? excerpt,
      authors: post.authors ?? author,
      updated: post.updated ?? modified,
    }));

/** The front matter of a post after validation. */
export type Frontmatter = z.output<ReturnType<typeof frontmatterSchema>>;

/** An entry of the collection `posts`: `id` is the name of its file without `.mdx`. */
export type Post = {
  id: string;
  collection: 'posts';
  /** `title` is plain text; `titleHtml` is HTML with formulas set by KaTeX. */
  data: Frontmatter & { titleHtml: string };
  body?: string;
  filePath?: string;
};
