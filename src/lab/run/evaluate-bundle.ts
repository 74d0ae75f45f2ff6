/** Evaluates a bundle, and maps the stacks of its errors to lines of the author's sources. */
import { SourceMap } from 'node:module';
import { type Context, compileFunction } from 'node:vm';

/** The name of a bundle in stack frames: `bundle:experiments/a.ts:1:2345`. */
const bundleName = (file: string): string => `bundle:${file}`;

/** Runs CommonJS text in this realm, or in `context`. `load` resolves the imports that are not in the bundle. */
export function evaluateBundle(
  code: string,
  file: string,
  load: (name: string) => unknown,
  context?: Context,
): unknown {
  const options = context === undefined ? {} : { parsingContext: context };
  const body = compileFunction(code, ['module', 'exports', 'require'], { filename: bundleName(file), ...options });
  const module: { exports: { default?: unknown } } = { exports: {} };
  body(module, module.exports, load);
  return module.exports.default;
}

/** A message with the frames below it, a line each. */
export const withFrames = (message: string, frames: readonly string[]): string =>
  [message, ...frames.map((frame) => `  at ${frame}`)].join('\n');

/** Turns the frames of `stack` that lie in the bundle of `file` into `name (experiments/x.ts:12:3)`. */
export function authorFrames(stack: string, file: string, map: string): string[] {
  const sources = new SourceMap(JSON.parse(map));
  const marker = `${bundleName(file)}:`;
  const frames: string[] = [];
  for (const line of stack.split('\n')) {
    const start = line.indexOf(marker);
    if (start === -1) continue;
    const position = /^(\d+):(\d+)/.exec(line.slice(start + marker.length));
    if (position === null) continue;
    const origin = sources.findOrigin(Number(position[1]), Number(position[2]));
    if (!('fileName' in origin)) continue;
    const where = `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}`;
    const name = /^\s*at (?:async )?(.*?) \(/.exec(line)?.[1];
    frames.push(name === undefined ? where : `${name} (${where})`);
  }
  return frames;
}
