/** How to cite a post: a BibTeX entry that reference managers read. */
import { site } from './config.ts';
import { absolute } from './href.ts';
import { authorsOf, type Post, postPath } from './posts.ts';

const special: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Text as BibTeX takes it: the characters that TeX would act on are escaped. */
function escaped(text: string): string {
  return text.replace(/[\\~^]/g, (character) => special[character]!).replace(/[&%$#_{}]/g, '\\$&');
}

/** An `@online` entry, as biblatex and the managers that import BibTeX read it. */
export function bibtex(post: Post): string {
  const { title, date } = post.data;
  const fields = {
    author: authorsOf(post)
      .map(({ name }) => `{${escaped(name)}}`)
      .join(' and '),
    title: `{${escaped(title)}}`,
    organization: escaped(site.title),
    date: date.toISOString().slice(0, 10),
    url: absolute(postPath(post)),
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
  return `@online{${post.id},\n${lines.join(',\n')}\n}`;
}
