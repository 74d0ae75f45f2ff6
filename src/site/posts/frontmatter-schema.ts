/** The fields of a post's front matter and their rules; `read-frontmatter.ts` applies them and reports problems. */
import type { SchemaContext } from 'astro:content';
import { z } from 'astro/zod';
import { messageOf } from '../../lab/errors.ts';
import { katexProblem } from '../../math/index.ts';
import { site } from '../config.ts';
import { namedSymbols, symbolProblems } from '../notation/symbol-fields.ts';
import { isoDate } from './dates.ts';
import { parseDate } from './parse-date.ts';
import { titleText } from './title.ts';

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
    (value) =>
      typeof value === 'string' ? split(value).map((each) => each.trim().replace(/^(["'])(.*)\1$/, '$2')) : value,
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

/** Numbers in front matter arrive as they are written. */
const partNumber = z
  .string()
  .regex(/^[1-9]\d*$/, 'expected a number from 1')
  .transform(Number);

/** A series by its title, which orders its posts by date, or a title and the number of a part. */
const series = z.preprocess(
  (value) => (typeof value === 'string' ? { title: value } : value),
  z.strictObject({ title: nonEmpty, part: partNumber.optional() }),
);

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

/** A path below the site's base that is no page of it any more: `/2020/01/08/old/`, `/old.html`. */
const oldPath = z
  .string()
  .regex(/^\/(?!\/)[^\s?#"'<>\\]*$/, 'expected a path such as /2020/01/08/old/')
  .refine((path) => path !== '/' && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(path), 'expected a path such as /2020/01/08/old/');

/** A symbol of the post, whose formulas KaTeX can set and which formulas can be searched for. */
const notationSymbol = z
  .strictObject({ tex: nonEmpty, meaning: nonEmpty, shape: nonEmpty.optional() })
  .superRefine((symbol, context) => {
    const problems = symbolProblems(symbol, site.macros);
    for (const { field, problem } of problems) context.addIssue({ code: 'custom', path: [field], message: problem });
    if (!problems.some(({ field }) => field === 'tex') && namedSymbols(symbol.tex, site.macros).length === 0)
      context.addIssue({
        code: 'custom',
        path: ['tex'],
        message: `“${symbol.tex}” is no single symbol: write a letter, perhaps with an accent, a subscript and a superscript`,
      });
  });

/** The fields of front matter: each with its schema. A field that is not here is an error. */
export const fields = ({ image }: SchemaContext) => ({
  /** Required. May hold formulas between dollars and code between backticks. */
  title: nonEmpty,
  /**
   * One sentence for lists, feeds and search engines; the first sentences of the post if omitted. Formulas between dollars
   * become plain text, x².
   */
  description: z.string().optional(),
  /** Jekyll's name of `description`. */
  excerpt: z.string().optional(),
  /** A name, `{ name, url }`, or a list of these; the blog itself if omitted. */
  author: authors.optional(),
  /** The same. */
  authors: authors.optional(),
  /** Required. `2026-11-22`, `2026-11-22 18:30` or `November 22, 2026`. */
  date: day,
  /** When the post was last changed: a day like `date`. */
  updated: day.optional(),
  /** Jekyll's name of `updated`. */
  modified: day.optional(),
  /** A list, `[one, two]` or `one, two`. */
  tags: tags.default([]),
  /** A list like `tags`. */
  categories: categories.default([]),
  /** A picture above the text: `src` beside the post, `alt` what it shows, and perhaps `credit` and its `link`. */
  image: z
    .strictObject({
      src: z.preprocess(asRelative, image()),
      alt: z.string(),
      credit: z.string().optional(),
      link: address.optional(),
    })
    .optional(),
  /** The series that it is a part of: `The guide`, ordered by date, or `{ title: The guide, part: 2 }`. */
  series: series.optional(),
  /** The language of the post (BCP 47, such as `ar` or `pt-BR`), if it is not the site's. */
  language: language.optional(),
  /** `true`: only `npm run dev` shows it. */
  draft: z.boolean().default(false),
  /**
   * Symbols that the post adds to the notation of all posts, for its displayed formulas:
   * `[{ tex: \\kappa, meaning: curvature of the loss, shape: one number }]`; the shape may be omitted.
   */
  notation: z.array(notationSymbol).default([]),
  /** The address where readers discuss the post. */
  comments: address.optional(),
  /** `false`: without share links. */
  share: z.boolean().default(true),
  /** The address of the original, if this is a copy. */
  canonical: address.optional(),
  /** Old addresses of the post, which lead readers to it: `[/2020/01/08/old/, /old.html]`. */
  redirectFrom: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(oldPath)).default([]),
});

/** The error of TeX in a text of front matter; undefined if there is none. */
function titleProblem(text: string): string | undefined {
  try {
    titleText(text);
    return undefined;
  } catch (error) {
    return `${katexProblem(messageOf(error))}; write \\$ for a dollar sign`;
  }
}

/** A text with formulas and code as plain text; as it is if its TeX cannot be set, which is an error already. */
const plainTitle = (text: string | undefined): string | undefined =>
  text === undefined || titleProblem(text) !== undefined ? text : titleText(text);

/** The schema of posts; unknown fields are errors. */
export const frontmatterSchema = (context: SchemaContext) =>
  z
    .strictObject(fields(context))
    .superRefine((post, context) => {
      for (const [name, other] of synonyms)
        if (post[name] !== undefined && post[other] !== undefined)
          context.addIssue({ code: 'custom', path: [other], message: `says the same as ${name}; keep one of them` });
      for (const name of ['description', 'excerpt'] as const) {
        const problem = titleProblem(post[name] ?? '');
        if (problem) context.addIssue({ code: 'custom', path: [name], message: problem });
      }
      const name = post.updated ? 'updated' : 'modified';
      const updated = post[name];
      if (updated && isoDate(updated) < isoDate(post.date))
        context.addIssue({ code: 'custom', path: [name], message: `is before date, ${isoDate(post.date)}` });
    })
    .transform(({ excerpt, author, modified, ...post }) => ({
      ...post,
      description: plainTitle(post.description ?? excerpt),
      authors: post.authors ?? author,
      updated: post.updated ?? modified,
    }));

/** The front matter of a post after validation. */
export type Frontmatter = z.output<ReturnType<typeof frontmatterSchema>>;

/** An entry of the collection `posts`: `id` is its path below `/posts/`. */
export type Post = {
  id: string;
  collection: 'posts';
  /** `title` is plain text; `titleHtml` is HTML with formulas set by KaTeX. */
  data: Frontmatter & { titleHtml: string };
  body?: string;
  filePath?: string;
};
