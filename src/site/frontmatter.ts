/** What stands at the head of a post. Jekyll's names for a field are read too: excerpt, modified, author. */
import type { SchemaContext } from 'astro:content';
import { z } from 'astro/zod';
import { machine } from './dates.ts';
import { writtenDate } from './written-date.ts';

/** An address elsewhere. */
const address = z.url({ protocol: /^https?$/, error: 'expected an address such as https://example.org/' });

const word = z.string().trim().min(1, 'is empty');

const author = z.strictObject({ name: word, url: address.optional() });

/** A name, a name with an address, or several. */
const authors = z.preprocess(
  (value) => [value].flat().map((each) => (typeof each === 'string' ? { name: each } : each)),
  z.array(author),
);

/** A list, or a text that `split` takes apart. */
const words = (split: (text: string) => string[]) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? split(value).map((each) => each.trim()) : value),
    z.array(word).transform((all) => [...new Set(all)]),
  );

const tags = words((text) => text.split(','));
/** Jekyll splits `categories: a b` at the space. */
const categories = words((text) => text.split(text.includes(',') ? ',' : /\s+/).filter(Boolean));

const day = z.string().transform((text, context) => {
  const date = writtenDate(text);
  if (typeof date !== 'string') return date;
  context.addIssue({ code: 'custom', message: date });
  return z.NEVER;
});

/** A path within the folder of posts as Astro takes it: `x.png` is `./x.png`. */
const beside = (path: unknown) => (typeof path === 'string' && /^[^./:][^:]*$/.test(path) ? `./${path}` : path);

/** Names for one field of which a post may use either. */
const synonyms = [
  ['description', 'excerpt'],
  ['authors', 'author'],
  ['updated', 'modified'],
] as const;

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Whether a BCP 47 tag names a language that there is. */
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
export const frontmatter = ({ image }: SchemaContext) =>
  z
    .strictObject({
      title: word,
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
          src: z.preprocess(beside, image()),
          alt: z.string(),
          credit: z.string().optional(),
          link: address.optional(),
        })
        .optional(),
      /** The language that it is written in, if it is not the site's. */
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
      if (updated && machine(updated) < machine(post.date))
        context.addIssue({ code: 'custom', path: [name], message: `is before date, ${machine(post.date)}` });
    })
    .transform(({ excerpt, author, modified, ...post }) => ({
      ...post,
      description: post.description ?? excerpt,
      authors: post.authors ?? author,
      updated: post.updated ?? modified,
    }));

/** The front matter of a post as the pages read it. */
export type Frontmatter = z.output<ReturnType<typeof frontmatter>>;
