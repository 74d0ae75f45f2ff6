/** The social image of each post: its title and its first figure. */
import type { APIRoute, InferGetStaticPropsType } from 'astro';
import { tagOf } from '../../components/errors.ts';
import { figureAsked } from '../../components/figures.ts';
import { postElements } from '../../components/post-elements.ts';
import { socialPng } from '../../figure/social.ts';
import { site } from '../../site/config.ts';
import { publishedPosts } from '../../site/posts.ts';

export const getStaticPaths = async () => {
  const figures = await postElements(['Chart', 'Frames']);
  return (await publishedPosts()).map((post) => ({
    params: { slug: post.id },
    props: { title: post.data.title, first: figures.find((element) => element.post === post.id) },
  }));
};

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = async ({ props: { title, first } }) => {
  const { of, show } = (first?.attributes ?? {}) as { of: string; show: string };
  const figure = first && (await figureAsked({ of, show, at: first.at, tag: tagOf(first.name, { of, show }) }));
  const png = await socialPng({ title, site: site.title, ...(figure ? { figure } : {}) });
  return new Response(png as BodyInit, { headers: { 'Content-Type': 'image/png' } });
};
