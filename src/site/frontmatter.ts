/** What stands at the head of a post. Jekyll's names for a field are read too: excerpt, modified, author, feature. */
import type { SchemaContext } from 'astro:content';
import { z } from 'astro/zod';

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item, z.array(item)]).transform((value) => [value].flat() as z.output<T>[]);

/** YAML reads an empty `credit:` as null: the same as no credit. */
const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const author = z.union([
  z.string().transform((name) => ({ name })),
  z.strictObject({ name: z.string(), url: z.url().optional() }),
]);

/** Jekyll splits `categories: a b` at the space. */
const categories = z.union([z.string().transform((words) => words.split(/\s+/).filter(Boolean)), z.array(z.string())]);

const dateError = 'expected a date such as 2026-11-22';

/** What YAML reads as a date, or its text; an empty field, a number or yes is none, though `new Date` takes them. */
const day = z.union([z.date(), z.string()], { error: dateError }).pipe(z.coerce.date({ error: dateError }));

/** The schema of `posts/*.mdx`; unknown fields are errors. */
export const frontmatter = ({ image }: SchemaContext) =>
  z
    .strictObject({
      title: z.string().min(1),
      description: z.string().optional(),
      excerpt: z.string().optional(),
      author: oneOrMore(author).optional(),
      authors: oneOrMore(author).optional(),
      date: day,
      updated: day.optional(),
      modified: day.optional(),
      tags: oneOrMore(z.string()).default([]),
      categories: categories.default([]),
      image: z.strictObject({ src: image(), alt: z.string(), credit: optionalText, link: optionalText }).optional(),
      draft: z.boolean().default(false),
      /** Where readers discuss the post. */
      comments: z.url().optional(),
      share: z.boolean().default(true),
      /** The address of the original, if this is a copy. */
      canonical: z.url().optional(),
    })
    .transform(({ excerpt, author, modified, ...post }) => ({
      ...post,
      description: post.description ?? excerpt,
      authors: post.authors ?? author,
      updated: post.updated ?? modified,
    }));

/** The front matter of a post as the pages read it. */
export type Frontmatter = z.output<ReturnType<typeof frontmatter>>;
