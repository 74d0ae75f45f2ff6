/** Lets esbuild see one half of an experiment's definition, and nothing of the project that this half does not use. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { basename, join } from 'node:path';
import { type BuildFailure, type OnLoadResult, type PartialMessage, type Plugin, transform } from 'esbuild';
import { cut, type Half, NotCuttable } from './cut.ts';

/** The project's tsconfig has no say, so that the bytes depend on the sources alone. */
export const tsconfigRaw = { compilerOptions: { target: 'esnext', useDefineForClassFields: true } };

/** The message of a form that cannot be cut, at its line in the source as written. */
function located(error: NotCuttable, map: string, file: string): PartialMessage {
  const { originalLine = 0, originalColumn = 0 } = new SourceMap(JSON.parse(map)).findEntry(
    error.line - 1,
    error.column,
  ) as {
    originalLine?: number;
    originalColumn?: number;
  };
  return { text: error.message, location: { file, line: originalLine + 1, column: originalColumn } };
}

async function load(path: string, file: string, half: Half): Promise<OnLoadResult> {
  const source = await readFile(path, 'utf8');
  const options = {
    loader: 'ts',
    sourcemap: 'external',
    sourcefile: basename(path),
    tsconfigRaw,
    target: 'esnext',
  } as const;
  try {
    const { code, map } = await transform(source, options);
    try {
      const inline = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`;
      // Read as TypeScript once more, imports that only the cut half used go without being looked at.
      return { contents: cut(code, half) + inline, loader: 'ts' };
    } catch (error) {
      if (error instanceof NotCuttable) return { errors: [located(error, map, file)] };
      throw error;
    }
  } catch (error) {
    const { errors } = error as Partial<BuildFailure>;
    if (errors === undefined) throw error;
    return { errors: errors.map((each) => ({ ...each, location: each.location && { ...each.location, file } })) };
  }
}

/** A plugin for the bundle whose entry is at `path`, called `file` in messages. */
export function onlyHalf(path: string, file: string, half: Half): Plugin {
  return {
    name: 'half',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, (args) => (args.path === path ? load(path, file, half) : undefined));
      // A module's top level has no effect that a run may need: one that is imported for nothing goes.
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ path: asked, kind, resolveDir }) => {
        const found = join(resolveDir, asked);
        return kind === 'entry-point' || !existsSync(found) ? undefined : { path: found, sideEffects: false };
      });
    },
  };
}
