/** Makes the BibTeX entry by which readers cite a post. */
import { site } from '../config.ts';
import { absolute } from '../links/href.ts';
import { authorsOf, type Post, postPath } from '../posts/posts.ts';

const texCommands: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Text with TeX's special characters escaped. */
function escapeTex(text: string): string {
  return text.replace(/[\\~^]/g, (character) => texCommands[character]!).replace(/[&%$#_{}]/g, '\\$&');
}

/** The post as an `@online` entry, as biblatex and reference managers read it. */
export function bibtex(post: Post): string {
  const { title, date } = post.data;
  const fields = {
    author: authorsOf(post)
      .map(({ name }) => `{${escapeTex(name)}}`)
      .join(' and '),
    title: `{${escapeTex(title)}}`,
    organization: escapeTex(site.title),
    date: date.toISOString().slice(0, 10),
    url: absolute(postPath(post)),
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
  return `@online{${post.id},\n${lines.join(',\n')}\n}`;
}
