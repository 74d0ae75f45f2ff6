/** Reads the posts in `posts/` with their addresses, and collects all problems in file names and front matter. */
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeAddress } from '../links/safe-url.ts';
import { siteRoutes } from '../routes.ts';
import type { Frontmatter } from './frontmatter-schema.ts';
import { isPost, markdownFiles, postId } from './post-paths.ts';
import { readFrontmatter } from './read-frontmatter.ts';
import { topicKey, topicKinds, topicSlug } from './topics.ts';

/** A post whose front matter can be parsed. */
export type PostFile = {
  /** Its path below `/posts/`: `x`, `topic/x`. */
  readonly id: string;
  /** `posts/topic/x.mdx`. */
  readonly file: string;
  /** Its front matter as written, and validated (`post`); undefined if there are problems. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly post: Frontmatter | undefined;
};

/** The message for a Markdown file with an ending that posts do not have. */
const misplacedMessage = (file: string): string =>
  `${file}: is not published: the files of posts end in .md or .mdx; rename it to ${file.replace(/\.\w+$/, '.md')}, or move it out of posts/`;

/** A page by its path, however that ends: `/old/`, `/old`, `/old/index.html`. */
const pageKey = (path: string): string =>
  decodeAddress(path)
    .normalize('NFC')
    .replace(/index\.html$/, '')
    .replace(/\/$/, '');

/** Located error messages by file, in the order of file names. */
export type PostProblems = ReadonlyMap<string, readonly string[]>;

/** Reads all posts below `root`. */
export async function readPosts(root: string): Promise<{ posts: PostFile[]; problems: PostProblems }> {
  const posts: PostFile[] = [];
  const problems = new Map<string, string[]>();
  const note = (file: string, ...found: string[]) => {
    if (found.length > 0) problems.set(file, [...(problems.get(file) ?? []), ...found]);
  };
  const addresses = new Map<string, string>();
  const topics = new Map<string, { name: string; place: string }>();
  const parts = new Map<string, Map<number | undefined, string>>();
  const redirects = new Map<string, { path: string; at: string; file: string }>();

  for (const file of markdownFiles(root)) {
    if (!isPost(file)) {
      note(file, misplacedMessage(file));
      continue;
    }
    const id = postId(file.slice('posts/'.length));
    const isNamed = !id.split('/').includes('');
    const other = addresses.get(id);
    if (!isNamed) note(file, `${file}: a name in its path has no letter or digit to make an address of; rename it`);
    else if (other !== undefined)
      note(file, `${file}: has the address /posts/${id}/, as ${other} has; rename one of them`);
    else addresses.set(id, file);

    const { fields, post, problems: own, place } = readFrontmatter(await readFile(join(root, file), 'utf8'), file);
    note(file, ...own);
    const image = post?.image?.src as unknown as string | undefined;
    if (image !== undefined && !existsSync(join(root, dirname(file), image)))
      note(file, `${place(['image', 'src'])}: image.src: there is no ${join(dirname(file), image)}`);
    if (post?.series !== undefined) {
      const { title, part } = post.series;
      const at = place(['series']);
      const alike = [...parts.keys()].find((other) => other !== title && topicKey(other) === topicKey(title));
      if (alike !== undefined)
        note(
          file,
          `${at}: the series “${title}” is written “${alike}” at ${[...parts.get(alike)!.values()][0]}; write both alike`,
        );
      const others = parts.get(title) ?? new Map<number | undefined, string>();
      const [first] = others;
      if (first && (first[0] === undefined) !== (part === undefined))
        note(
          file,
          `${at}: of the series “${title}” ${first[1]} has ${first[0] === undefined ? 'no part' : 'a part'}: number all of its posts, or none`,
        );
      else if (part !== undefined && others.has(part))
        note(
          file,
          `${at}: part ${part} of “${title}” is ${others.get(part)} already; give each post a part of its own`,
        );
      parts.set(title, others.set(part, others.get(part) ?? at));
    }
    for (const kind of topicKinds)
      for (const [i, each] of (post?.[kind] ?? []).entries()) {
        const name = typeof each === 'string' ? each : each.name;
        const at = place([kind === 'authors' && fields?.author ? 'author' : kind, i]);
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
    for (const [i, path] of (post?.redirectFrom ?? []).entries()) {
      const at = place(['redirectFrom', i]);
      const earlier = redirects.get(pageKey(path));
      if (earlier === undefined) redirects.set(pageKey(path), { path, at, file });
      else note(file, `${at}: redirectFrom: ${path} leads elsewhere already, at ${earlier.at}; keep one of them`);
    }
    if (fields !== undefined && isNamed && other === undefined) posts.push({ id, file, fields, post });
  }
  for (const [key, { path, at, file }] of redirects) {
    const post = addresses.get(/^\/posts\/(.+)$/.exec(key)?.[1] ?? '');
    const isPage = siteRoutes().some((route) => !route.address.includes('[') && pageKey(route.address) === key);
    const isFile = existsSync(join(root, 'public', path)) && statSync(join(root, 'public', path)).isFile();
    if (post !== undefined || isPage || isFile)
      note(
        file,
        `${at}: redirectFrom: ${path} is ${post ? `the page of ${post}` : isPage ? 'a page of the site' : 'a file of public/'}; name addresses that are free`,
      );
  }
  return { posts, problems };
}
