/**
 * Errors of a post. A check reports what is wrong and goes on, so that an author sees all of it at once; when every
 * check has run, `stopAtErrors` stops the build with the list, in order of place, each error once.
 */
import { relative } from 'node:path';
import type { Point } from 'unist';
import type { VFile } from 'vfile';

/** Where in its source something stands, as an author reads it. */
type Place = Pick<Point, 'line' | 'column'>;

/** What marks the messages of a file that are errors of its author. */
const source = 'measured';

/** `posts/x.mdx:12:3`: the path relative to the directory of the build, line and column from 1. */
export function where(file: VFile, point: Place | undefined): string {
  const path = file.path ? relative(file.cwd, file.path) : 'unnamed';
  return point ? `${path}:${point.line}:${point.column}` : path;
}

/** All errors of one post. The message has a line for each, `posts/x.mdx:12:3: what is wrong; what would be right`. */
export class PostError extends Error {
  override readonly name = 'PostError';
  /** Where the first one is. */
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(errors: readonly string[], first: Place | undefined, options?: ErrorOptions) {
    super(errors.join('\n'), options);
    this.line = first?.line;
    this.column = first?.column;
    // What called the check says nothing to an author.
    this.stack = '';
  }
}

/** Notes an error of the post: the place, what was found there, and how to write it. Checks go on after it. */
export function report(file: VFile, place: Place | undefined, problem: string): void {
  file.message(problem, { source, ...(place && { place: { line: place.line, column: place.column } }) });
}

/** What was reported of `file`; undefined if nothing was. */
export function postError(file: VFile): PostError | undefined {
  const found = file.messages.filter((message) => message.source === source);
  if (found.length === 0) return undefined;
  const ordered = found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const placed = ordered.map(({ line, column, reason }) => {
    const place = line === undefined || column === undefined ? undefined : { line, column };
    return { place, text: `${where(file, place)}: ${reason}` };
  });
  return new PostError([...new Set(placed.map(({ text }) => text))], placed[0]!.place);
}

/** Stops with this and all that was reported before: for what nothing can follow, such as text that does not parse. */
export function fail(file: VFile, place: Place | undefined, problem: string): never {
  report(file, place, problem);
  throw postError(file);
}

/** Plugin that stops if anything was reported. */
export function stopAtErrors() {
  return (_: unknown, file: VFile): void => {
    const error = postError(file);
    if (error) throw error;
  };
}
