/** Checks the front matter of imported posts as a build does, all together, and leaves out the fields that it refuses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PostFields } from '../cli/write-front-matter.ts';
import { readPosts } from '../site/posts/posts-folder.ts';
import { topicKey, topicSlug } from '../site/posts/topics.ts';
import type { Converted } from './convert-post.ts';
import { setProblem } from './tex/tex.ts';

/** A title whose dollars are escaped if one of its formulas cannot be set. */
export function mendedTitle(title: string, macros: Readonly<Record<string, string>>): string {
  const formulas = [...title.matchAll(/(?<!\\)\$((?:\\.|[^$\\])+)\$/g)].map(([, tex]) => tex!);
  const isSet = formulas.every((tex) => setProblem(tex, false, macros) === undefined);
  return isSet ? title : title.replace(/(?<!\\)\$/g, '\\$');
}

type Checked = { readonly post: Converted; readonly fields: PostFields; readonly target: string };

/** Files names of tags and the like that have one address under one name, the first. */
function nameAlike(all: readonly Checked[]): void {
  const names = new Map<string, string>();
  const nameOf = (kind: string, name: string): string => {
    const path = `${kind}/${topicSlug(name)}`;
    const first = names.get(path);
    if (first === undefined) names.set(path, name);
    return first !== undefined && topicKey(first) !== topicKey(name) ? first : name;
  };
  for (const { fields } of all) {
    if (fields.tags) fields.tags = fields.tags.map((name) => nameOf('tags', name));
    if (fields.categories) fields.categories = fields.categories.map((name) => nameOf('categories', name));
  }
}

/** The posts without the fields that a build of `folder`, where they stand, would refuse. */
export async function mendFrontMatter<T extends Checked>(folder: string, all: readonly T[]): Promise<T[]> {
  nameAlike(all);
  const { problems } = await readPosts(folder);
  return all.map((each) => {
    const found = problems.get(each.target.replaceAll('\\', '/')) ?? [];
    if (found.length === 0) return each;
    const lines = readFileSync(join(folder, each.target), 'utf8').split('\n');
    const fields = { ...each.fields };
    for (const problem of found) {
      const [, line, text] = /:(\d+):\d+: ([\s\S]*)$/.exec(problem) ?? [];
      const key = lines
        .slice(0, Number(line ?? 1))
        .map((written) => /^(\w+):/.exec(written)?.[1])
        .findLast((name) => name !== undefined) as keyof PostFields | undefined;
      if (key === undefined || key === 'title' || key === 'date') continue;
      delete fields[key];
      each.post.source.note(1, 'field', `${key} is left out: ${text}`);
    }
    return { ...each, fields };
  });
}
