/** A build looks at every post before it stops at those with errors, and lists the errors of all. */
import type { AstroIntegration } from 'astro';
import type { Root } from 'mdast';
import { VFile } from 'vfile';
import { PostError, postError, report } from '../../math/index.ts';

/** What may be wrong with a post: its front matter, which is read first, or its text. */
type Part = 'front matter' | 'text';

// The collections are loaded with a copy of this module of their own: all look here.
const place = Symbol.for('measured.broken-posts');
const shared = globalThis as { [place]?: Map<string, Error> };

const broken = (): Map<string, Error> => {
  shared[place] ??= new Map();
  return shared[place];
};

/** Notes what is wrong with a part of a post; undefined: nothing, any more. `path` is the post's file. */
export function noteBroken(path: string, part: Part, error: Error | undefined): void {
  const key = `${path}\n${part}`;
  if (error) broken().set(key, error);
  else broken().delete(key);
}

/** Throws one error that lists all that was noted, in the order of the posts' paths, if anything was. */
export function stopAtBrokenPosts(): void {
  const found = [...broken()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, error]) => error.message);
  if (found.length > 0) throw new PostError(found, undefined);
}

const files = new WeakMap<object, VFile>();

/** Remark plugin, the first: keeps the post's file, with which its errors are found if another plugin throws. */
export function remarkFile() {
  return (_: Root, file: VFile): void => {
    const frontmatter = file.data.astro?.frontmatter;
    if (frontmatter) files.set(frontmatter, file);
  };
}

/** What was thrown while a post was compiled, as an error of that post, with all that was reported of it before. */
export function errorIn(frontmatter: object, path: string, thrown: unknown): PostError {
  if (thrown instanceof PostError) return thrown;
  const file = files.get(frontmatter) ?? new VFile({ path });
  const { message, line, column } = thrown as Error & { line?: number; column?: number };
  report(file, line === undefined ? undefined : { line, column: column ?? 1 }, message);
  return postError(file)!;
}

let building = false;

/** What `compile` makes of a post. In a build its error is noted, and `empty` stands for the post until all are seen. */
export async function collected<T>(path: string, compile: () => Promise<T>, empty: () => Promise<T>): Promise<T> {
  try {
    return await compile();
  } catch (error) {
    if (!building || !(error instanceof PostError)) throw error;
    noteBroken(path, 'text', error);
    return empty();
  }
}

/**
 * Astro integration: stops a build at broken posts when all have been compiled and no page is made yet, and the dev
 * server at the page that shows one.
 */
export function brokenPosts(): AstroIntegration {
  return {
    name: 'broken-posts',
    hooks: {
      'astro:config:setup': ({ command, updateConfig, addMiddleware }) => {
        broken().clear();
        building = command === 'build';
        if (command === 'dev')
          addMiddleware({ order: 'pre', entrypoint: new URL('./whole-pages.ts', import.meta.url) });
        if (building)
          updateConfig({ vite: { plugins: [{ name: 'broken-posts', buildEnd: () => stopAtBrokenPosts() }] } });
      },
    },
  };
}
