/** What the Markdown plugins learnt about a post while it was rendered. */
import { z } from 'astro/zod';
import { valueText } from '../components/numbers.ts';
import { allResults } from '../components/results.ts';
import type { Post } from './posts.ts';
import { valueGap } from './reading.ts';

const values = z.record(z.string(), z.string());
const learnt = z.object({
  minutes: z.number(),
  summary: z.string().optional(),
  summaryValues: z.array(values),
  contents: z.array(
    z.object({ depth: z.number(), id: z.string(), html: z.array(z.string()), values: z.array(values) }),
  ),
});

/** A summary with its values. Undefined while one of them is wrong or not measured, which the post's page says. */
async function filled({ summary, summaryValues }: z.infer<typeof learnt>): Promise<string | undefined> {
  if (!summary?.includes(valueGap)) return summary;
  try {
    const results = await allResults();
    const shown = summaryValues.map((value) => valueText(results, value));
    return summary.replaceAll(valueGap, () => shown.shift()!);
  } catch {
    return undefined;
  }
}

/** Reading time in minutes, the description (the author's, else the first plain paragraph), the contents list. */
export async function readingOf(post: Post, remarkPluginFrontmatter: Record<string, unknown>) {
  const found = learnt.parse(remarkPluginFrontmatter);
  const description = post.data.description ?? (await filled(found)) ?? post.data.title;
  return { minutes: found.minutes, contents: found.contents, description };
}
