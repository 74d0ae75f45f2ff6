/** Structured data (JSON-LD, schema.org) for search engines. */
import { site } from '../config.ts';
import { absolute } from '../links/href.ts';
import { type Post, postPath } from '../posts/posts.ts';

/** JSON for a script element, with `<` escaped so that no author's text can end the element. */
export function jsonForHtml(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** The author of the blog: a person or an organisation. */
const siteAuthor = (): object => {
  const { type, name, url } = site.author;
  return { '@type': type, name, ...(url && { url }) };
};

/** schema.org's BlogPosting for a post. */
export function blogPosting(post: Post, description: string, image?: string): object {
  const { title, date, updated, tags, language, series } = post.data;
  return {
    '@context': 'https://schema.org',
    '@type': 'BlogPosting',
    headline: title,
    url: absolute(postPath(post)),
    description,
    datePublished: date.toISOString(),
    dateModified: (updated ?? date).toISOString(),
    author: post.data.authors?.map((author) => ({ '@type': 'Person', ...author })) ?? [siteAuthor()],
    publisher: { ...siteAuthor(), ...(site.author.type === 'Organization' && { logo: absolute('/icons/512.png') }) },
    ...(site.licence && { license: site.licence.url }),
    keywords: tags,
    inLanguage: language ?? site.language,
    mainEntityOfPage: absolute(postPath(post)),
    ...(series && {
      isPartOf: { '@type': 'CreativeWorkSeries', name: series.title },
      ...(series.part && { position: series.part }),
    }),
    ...(image && { image }),
  };
}

/** schema.org's WebSite, for the home page. */
export function webSite(): object {
  const { title: name, description, language: inLanguage } = site;
  return { '@context': 'https://schema.org', '@type': 'WebSite', name, description, inLanguage, url: absolute('/') };
}
