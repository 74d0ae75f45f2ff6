/** Evaluates a bundle and hands back its default export. */
import { type Context, compileFunction } from 'node:vm';

/** How a bundle is called in stack frames: `bundle:experiments/coin.ts:1:2345`. */
export const bundleName = (file: string): string => `bundle:${file}`;

/** Runs CommonJS text in this realm, or in `context`. `load` answers what it imports from outside. */
export function evaluate(code: string, file: string, load: (name: string) => unknown, context?: Context): unknown {
  const options = context === undefined ? {} : { parsingContext: context };
  const body = compileFunction(code, ['module', 'exports', 'require'], { filename: bundleName(file), ...options });
  const module: { exports: { default?: unknown } } = { exports: {} };
  body(module, module.exports, load);
  return module.exports.default;
}
