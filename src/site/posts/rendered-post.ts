/** Reading time, description and table of contents of a post, which the Markdown plugins put into its front matter. */
import { z } from 'astro/zod';
import { allResults } from '../components/find-result.ts';
import { valueText } from '../components/show-number.ts';
import type { Post } from './posts.ts';
import { valuePlaceholder } from './reading-time.ts';

const values = z.record(z.string(), z.string());
const pluginData = z.object({
  minutes: z.number(),
  summary: z.string().optional(),
  summaryValues: z.array(values),
  previews: z.array(z.string()),
  explained: z.array(z.string()),
  unknownSymbols: z.array(z.string()),
  contents: z.array(
    z.object({ depth: z.number(), id: z.string(), html: z.array(z.string()), values: z.array(values) }),
  ),
});

/** The summary with its values filled in; undefined if one is wrong or not measured, which the post's page reports. */
export async function summaryText({
  summary,
  summaryValues,
}: Pick<z.infer<typeof pluginData>, 'summary' | 'summaryValues'>): Promise<string | undefined> {
  if (!summary?.includes(valuePlaceholder)) return summary;
  try {
    const results = await allResults();
    const shown = summaryValues.map((value) => valueText(results, value));
    return summary.replaceAll(valuePlaceholder, () => shown.shift()!);
  } catch {
    return undefined;
  }
}

/** Reading time in minutes, the description (the author's, else the first plain paragraph), the contents list, the ids of previews, symbols. */
export async function postMetadata(post: Post, remarkPluginFrontmatter: Record<string, unknown>) {
  const found = pluginData.parse(remarkPluginFrontmatter);
  const description = post.data.description ?? (await summaryText(found)) ?? post.data.title;
  const { minutes, contents, previews, explained, unknownSymbols } = found;
  return { minutes, contents, previews, explained, unknownSymbols, description };
}
