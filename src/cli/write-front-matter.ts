/** Writes a post's front matter; strings are quoted, so that YAML reads a title such as 2017-05-16 as text. */
import { z } from 'astro/zod';
import { stringify } from 'yaml';
import { frontmatterSchema } from '../site/posts/frontmatter-schema.ts';

/** The fields of a post's front matter, named as in the site's schema. */
export type PostFields = {
  title: string;
  description?: string;
  authors?: (string | { name: string; url: string })[];
  /** `2017-05-16`. */
  date: string;
  updated?: string;
  tags?: string[];
  categories?: string[];
  image?: { src: string; alt: string; credit?: string; link?: string };
  draft?: boolean;
  comments?: string;
  share?: boolean;
  canonical?: string;
  redirectFrom?: string[];
};

/** Validates the fields by the site's schema. Returns its errors as `field: problem`. */
export function fieldProblems(fields: PostFields): string[] {
  // Astro's schema type resolves images during a build; here a path is enough.
  const context = { image: () => z.string() } as unknown as Parameters<typeof frontmatterSchema>[0];
  const parsed = frontmatterSchema(context).safeParse(fields);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const isDay = (key: string): boolean => key === 'date' || key === 'updated';

/** The fields as YAML between `---` lines, followed by the lines `more`, such as comments. */
export function writeFrontMatter(fields: PostFields, more: readonly string[] = []): string {
  const lines = Object.entries(fields).map(([key, value]) =>
    isDay(key)
      ? `${key}: ${value}\n`
      : stringify({ [key]: value }, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 }),
  );
  return `---\n${lines.join('')}${more.map((line) => `${line}\n`).join('')}---\n`;
}
