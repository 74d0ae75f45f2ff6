/** Where in its source something stands, as an author reads it: `posts/x.mdx:12:3`. */
import { relative } from 'node:path';
import type { Point } from 'unist';
import type { VFile } from 'vfile';

/** `posts/x.mdx:12:3`: the path relative to the directory of the build, line and column from 1. */
export function where(file: VFile, point: Point | undefined): string {
  const path = file.path ? relative(file.cwd, file.path) : 'unnamed';
  return point ? `${path}:${point.line}:${point.column}` : path;
}

/** Stops the build with the place, what is wrong there, and what would be right. */
export function fail(file: VFile, point: Point | undefined, message: string): never {
  const options = point ? { place: point, source: 'math' } : { source: 'math' };
  return file.fail(`${where(file, point)}: ${message}`, options);
}
