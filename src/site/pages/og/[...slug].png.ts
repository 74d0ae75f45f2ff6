/** The social image of each post: its title and its first figure. */
import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { tagOf } from '../../components/author-error.ts';
import { drawnFrom, requestedFigure } from '../../components/figures.ts';
import { site } from '../../config.ts';
import { cached } from '../../output/build-cache.ts';
import { postElements } from '../../posts/post-elements.ts';
import { publishedPosts } from '../../posts/posts.ts';

export const getStaticPaths = async () => {
  const figures = await postElements(['Chart', 'Frames']);
  return (await publishedPosts()).map((post) => ({
    params: { slug: post.id },
    props: { post, first: figures.find((element) => element.post === post.id) },
  }));
};

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = async ({ props: { post, first } }) => {
  const { title } = post.data;
  const { of, show } = (first?.attributes ?? {}) as { of: string; show: string };
  const figure = first && (await requestedFigure({ of, show, at: first.at, tag: tagOf(first.name, { of, show }) }));
  const from = [title, site.title, ...(figure ? drawnFrom(figure.name, figure.result) : [])];
  const { png, missing } = await cached('social', from, async () => {
    const { socialPng } = await import('../../../figure/social-image.ts');
    const { png, missing } = await socialPng({ title, site: site.title, ...(figure ? { figure } : {}) });
    return { png: Buffer.from(png).toString('base64'), missing };
  });
  if (missing.length > 0)
    console.warn(
      `\n[WARN] ${post.filePath}: its social image leaves out “${missing.join('')}”, which no font has; name one in the option fonts.figures`,
    );
  return new Response(Buffer.from(png, 'base64'), { headers: { 'Content-Type': 'image/png' } });
};
