/** What the Markdown plugins learnt about a post while it was rendered. */
import { z } from 'astro/zod';
import type { Post } from './posts.ts';

const learnt = z.object({
  minutes: z.number(),
  summary: z.string().optional(),
  contents: z.array(
    z.object({
      depth: z.number(),
      id: z.string(),
      html: z.array(z.string()),
      values: z.array(z.record(z.string(), z.string())),
    }),
  ),
});

/** Reading time in minutes, the description (the author's, else the first plain paragraph), the contents list. */
export function readingOf(post: Post, remarkPluginFrontmatter: Record<string, unknown>) {
  const { minutes, summary, contents } = learnt.parse(remarkPluginFrontmatter);
  return { minutes, contents, description: post.data.description ?? summary ?? post.data.title };
}
