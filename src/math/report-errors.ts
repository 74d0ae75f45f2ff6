/**
 * Errors of a post. A check reports an error and goes on, so that an author sees all of them at once; when every check
 * has run, `stopAtErrors` throws the list, in the order of the text, each error once.
 */
import { relative } from 'node:path';
import type { Point } from 'unist';
import type { VFile } from 'vfile';

/** A position in a post: line and column from 1. */
type Place = Pick<Point, 'line' | 'column'>;

/** Marks the messages of a VFile that are errors of the post's author. */
const source = 'measured';

/** `posts/x.mdx:12:3`: the path relative to the build's directory, with line and column from 1. */
export function locationOf(file: VFile, point: Place | undefined): string {
  const path = file.path ? relative(file.cwd, file.path) : 'unnamed';
  return point ? `${path}:${point.line}:${point.column}` : path;
}

/** All errors of one post. The message has a line for each, `posts/x.mdx:12:3: what is wrong; what would be right`. */
export class PostError extends Error {
  override readonly name = 'PostError';
  /** The position of the first error. */
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(errors: readonly string[], first: Place | undefined, options?: ErrorOptions) {
    super(errors.join('\n'), options);
    this.line = first?.line;
    this.column = first?.column;
    // The stack of a check does not help an author.
    this.stack = '';
  }
}

/** Reports an error of the post: its position, what was found and how to write it. The check goes on. */
export function report(file: VFile, place: Place | undefined, problem: string): void {
  file.message(problem, { source, ...(place && { place: { line: place.line, column: place.column } }) });
}

/** All errors reported for `file`; undefined if there are none. */
export function postError(file: VFile): PostError | undefined {
  const found = file.messages.filter((message) => message.source === source);
  if (found.length === 0) return undefined;
  const ordered = found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const placed = ordered.map(({ line, column, reason }) => {
    const place = line === undefined || column === undefined ? undefined : { line, column };
    return { place, text: `${locationOf(file, place)}: ${reason}` };
  });
  return new PostError([...new Set(placed.map(({ text }) => text))], placed[0]!.place);
}

/** Throws this error with all reported before, where checks cannot go on, as after text that does not parse. */
export function fail(file: VFile, place: Place | undefined, problem: string): never {
  report(file, place, problem);
  throw postError(file);
}

/** Plugin that throws a PostError if anything was reported. */
export function stopAtErrors() {
  return (_: unknown, file: VFile): void => {
    const error = postError(file);
    if (error) throw error;
  };
}
