/** Collects the errors of all posts, so that a build reports them together before it writes a page. */
import type { AstroIntegration } from 'astro';
import type { Root } from 'mdast';
import { VFile } from 'vfile';
import { ownFile } from '../../lab/project.ts';
import { sharedState } from '../../lab/shared-state.ts';
import { PostError, postError, report } from '../../math/index.ts';

/** The part of a post that an error is about: its front matter, which is read first, or its text. */
type Part = 'front matter' | 'text';

const postErrors = sharedState('broken-posts', () => new Map<string, Error>());

/** Records the error of a part of a post, or clears it if `error` is undefined. `path` is the post's file. */
export function recordPostError(path: string, part: Part, error: Error | undefined): void {
  const key = `${path}\n${part}`;
  if (error) postErrors.set(key, error);
  else postErrors.delete(key);
}

/** Throws one PostError with all recorded errors, in the order of the posts' paths, if there are any. */
function throwPostErrors(): void {
  const found = [...postErrors].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, error]) => error.message);
  if (found.length > 0) throw new PostError(found, undefined);
}

const files = new WeakMap<object, VFile>();

/** Remark plugin, to run first: keeps the post's VFile, whose errors `toPostError` needs if another plugin throws. */
export function remarkKeepFile() {
  return (_: Root, file: VFile): void => {
    const frontmatter = file.data.astro?.frontmatter;
    if (frontmatter) files.set(frontmatter, file);
  };
}

/** Turns what was thrown while a post was compiled into an error of that post, with all that was reported before. */
export function toPostError(frontmatter: object, path: string, thrown: unknown): PostError {
  if (thrown instanceof PostError) return thrown;
  const file = files.get(frontmatter) ?? new VFile({ path });
  const { message, line, column } = thrown as Error & { line?: number; column?: number };
  report(file, line === undefined ? undefined : { line, column: column ?? 1 }, message);
  return postError(file)!;
}

let building = false;

/** Compiles a post. In a build a PostError is recorded and `empty` used instead, so that all posts are compiled. */
export async function compileOrRecord<T>(path: string, compile: () => Promise<T>, empty: () => Promise<T>): Promise<T> {
  try {
    return await compile();
  } catch (error) {
    if (!building || !(error instanceof PostError)) throw error;
    recordPostError(path, 'text', error);
    return empty();
  }
}

/** Astro integration: stops a build at posts with errors before it writes a page; in dev, their pages are errors. */
export function collectPostErrors(): AstroIntegration {
  return {
    name: 'broken-posts',
    hooks: {
      'astro:config:setup': ({ command, updateConfig, addMiddleware }) => {
        postErrors.clear();
        building = command === 'build';
        if (command === 'dev') addMiddleware({ order: 'pre', entrypoint: ownFile('./whole-pages', import.meta.url) });
        if (building)
          updateConfig({ vite: { plugins: [{ name: 'broken-posts', buildEnd: () => throwPostErrors() }] } });
      },
    },
  };
}
