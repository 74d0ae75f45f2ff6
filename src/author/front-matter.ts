/** Front matter as this project writes it: texts in quotes, so that no YAML reader takes a title for a date. */
import { z } from 'astro/zod';
import { stringify } from 'yaml';
import { frontmatter } from '../site/frontmatter.ts';

/** The head of a post, under the names of the site's schema. */
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
};

/** What the site's own schema says against the fields, as `field: problem`. */
export function fieldProblems(fields: PostFields): string[] {
  // Astro resolves images while it builds; here their paths are enough.
  const context = { image: () => z.string() } as unknown as Parameters<typeof frontmatter>[0];
  const parsed = frontmatter(context).safeParse(fields);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const isDay = (key: string): boolean => key === 'date' || key === 'updated';

/** The fields between `---` lines; `more` lines, such as comments, stand at the end. */
export function writeFrontMatter(fields: PostFields, more: readonly string[] = []): string {
  const lines = Object.entries(fields).map(([key, value]) =>
    isDay(key)
      ? `${key}: ${value}\n`
      : stringify({ [key]: value }, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 }),
  );
  return `---\n${lines.join('')}${more.map((line) => `${line}\n`).join('')}---\n`;
}
