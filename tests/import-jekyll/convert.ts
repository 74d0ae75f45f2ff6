/** Test helper: converts the text of an old post, in a blog of its own, and checks the result as a build does. */
import { liquidOf } from '../../src/import-jekyll/blog/liquid-engine.ts';
import { type OldBlog, readOldBlog } from '../../src/import-jekyll/blog/old-blog.ts';
import { readBody, scanBody, writeBody } from '../../src/import-jekyll/post-body.ts';
import { asStrings } from '../../src/import-jekyll/tex/macros.ts';
import { formulaProblem } from '../../src/math/index.ts';
import { problemsOfText } from '../../src/site/checks/check-text.ts';

/** A blog that says nothing of itself. */
export const plainBlog = (): OldBlog => readOldBlog('/no/such/blog');

/** The MDX of a text and the notes, `line: message`. */
export function translate(source: string, blog = plainBlog()): { mdx: string; notes: string[] } {
  const notes: string[] = [];
  const body = scanBody(source, 1, {
    note: (line, _, message) => void notes.push(`${line}: ${message}`),
    fill: liquidOf({ ...blog, url: '', baseurl: '' }, {}),
    singleDollars: blog.singleDollars,
    parsesBlocks: blog.parsesBlocks,
    postAddress: (name) => `/posts/${name}/`,
  });
  const macros = new Map([...blog.macros, ...body.context.macros]);
  const { tree } = readBody(body, macros, asStrings(macros));
  return { mdx: writeBody(tree.children).trim(), notes };
}

/** The errors that a build would find in a text, but for links: there is no blog. */
export async function problemsOf(text: string, macros: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const post = { path: '/no/such/blog/posts/x.mdx', cwd: '/no/such/blog', title: 'x' };
  const set = (tex: string, display: boolean) => formulaProblem(tex, display, { macros });
  const found = await problemsOfText(text, post, set);
  return found
    .map(({ problem }) => problem)
    .filter((problem) => !/the site has no such page|no such file/.test(problem));
}
