/** The posts of a blog as they lie in `posts/`: each with its address, and all that is wrong with them at once. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Frontmatter } from './frontmatter.ts';
import { readFrontmatter } from './read-frontmatter.ts';
import { kinds, topicKey, topicSlug } from './topics.ts';

/** A post whose front matter can be read. */
export type PostFile = {
  /** The last part of its address. */
  readonly id: string;
  /** `posts/x.mdx`. */
  readonly file: string;
  /** Its front matter as written, and as pages read it; undefined where there are problems. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly post: Frontmatter | undefined;
  /** Where its date stands. */
  readonly datePlace: string;
};

/**
 * The address of a post by the name of its file: letters of any script in lower case and digits, what stands between
 * them as one hyphen. `Upper.mdx` → `upper`, `a b.mdx` → `a-b`, `v1.2.mdx` → `v1-2`, `日本語.mdx` → `日本語`.
 */
export const addressOf = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '');

const isMarkdown = /\.(?:md|mdx|markdown|mdown|mkd)$/i;

/** What to do with a Markdown file that lies where no post is read from. */
function astray(file: string): string {
  const name = file.split('/').at(-1)!.replace(isMarkdown, '');
  return `${file}: is not published: posts are posts/*.mdx; rename it to posts/${name}.mdx, or move it out of posts/`;
}

/** What is wrong with each file that something is wrong with, located, in the order of their names. */
export type Problems = ReadonlyMap<string, readonly string[]>;

/** Reads all posts below `root`. */
export async function readPosts(root: string): Promise<{ posts: PostFile[]; problems: Problems }> {
  const folder = join(root, 'posts');
  const entries = existsSync(folder) ? await readdir(folder, { recursive: true, withFileTypes: true }) : [];
  const files = entries
    .filter((entry) => entry.isFile() && isMarkdown.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
  const posts: PostFile[] = [];
  const problems = new Map<string, string[]>();
  const note = (file: string, ...found: string[]) => {
    if (found.length > 0) problems.set(file, [...(problems.get(file) ?? []), ...found]);
  };
  const addresses = new Map<string, string>();
  const topics = new Map<string, { name: string; place: string }>();

  for (const file of files) {
    if (!/^posts\/[^/]+\.mdx$/.test(file)) {
      note(file, astray(file));
      continue;
    }
    const id = addressOf(file.slice('posts/'.length, -'.mdx'.length));
    const other = addresses.get(id);
    if (id === '') note(file, `${file}: its name has no letter or digit to make an address of; rename it`);
    else if (other !== undefined)
      note(file, `${file}: has the address /posts/${id}/, as ${other} has; rename one of them`);
    else addresses.set(id, file);

    const { fields, post, problems: own, place } = readFrontmatter(await readFile(join(root, file), 'utf8'), file);
    note(file, ...own);
    const image = post?.image?.src as unknown as string | undefined;
    if (image !== undefined && !existsSync(join(root, dirname(file), image)))
      note(file, `${place(['image', 'src'])}: image.src: there is no ${join(dirname(file), image)}`);
    for (const kind of kinds)
      for (const [i, name] of (post?.[kind] ?? []).entries()) {
        const at = place([kind, i]);
        const path = `/${kind}/${topicSlug(name)}/`;
        const first = topics.get(path);
        if (Buffer.byteLength(topicSlug(name)) > 200)
          note(file, `${at}: “${[...name].slice(0, 20).join('')}…” is too long for an address (200 bytes); shorten it`);
        else if (first === undefined) topics.set(path, { name, place: at });
        else if (topicKey(first.name) !== topicKey(name))
          note(
            file,
            `${at}: “${name}” has the address ${path}, as “${first.name}” in ${first.place} has; rename one of them`,
          );
      }
    if (fields !== undefined && id !== '' && other === undefined)
      posts.push({ id, file, fields, post, datePlace: place(['date']) });
  }
  return { posts, problems };
}
