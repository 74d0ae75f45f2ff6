/** What is mutated, room by room, and the quick tests that are to find it. */
import { globSync } from 'node:fs';

type Part = { readonly files: readonly string[]; readonly tests: readonly string[] };
/** Named as in the table. */
type Room = { readonly name: string; readonly parts: readonly Part[] };

/** What all else in the engine is computed with: its own tests are enough, and others would take minutes a mutant. */
const random = ['src/engine/random.ts'];
const arithmetic = ['elementary', 'errorFunction', 'exponential', 'logarithm', 'ops', 'polynomial'].map(
  (name) => `src/engine/${name}.ts`,
);

/** What finds a module for a shape. */
const shared = ['src/engine/compile/compile.ts', 'src/engine/compile/program.ts'];

const key = ['bundle', 'canonical', 'cut', 'half', 'key', 'plan', 'pure', 'reader'];
const cache = ['cache', 'prune', 'stored'];

export const rooms: Readonly<Record<string, Room>> = {
  engine: {
    name: '`src/engine`, the specification',
    parts: [
      { files: random, tests: ['tests/engine/random.test.ts'] },
      { files: arithmetic, tests: ['tests/engine/{elementary,ops}.test.ts'] },
      {
        files: globSync('src/engine/*.ts', { exclude: [...random, ...arithmetic, 'src/engine/index.ts'] }),
        tests: ['tests/engine/*.test.ts'],
      },
    ],
  },
  compile: {
    name: '`src/engine/compile`, the compiled door',
    parts: [
      { files: shared, tests: ['tests/engine/compile/{sameBits,sharing}.test.ts'] },
      {
        files: globSync('src/engine/compile/*.ts', { exclude: [...shared, 'src/engine/compile/index.ts'] }),
        // All but every rule at every size of a batch, and ten thousand steps at every width.
        tests: ['tests/engine/compile/{encoding,formula,layout,recording,room,sameBits,singles,strips}.test.ts'],
      },
    ],
  },
  lab: {
    name: '`src/lab`, key and cache',
    parts: [
      {
        files: [...key, ...cache].map((name) => `src/lab/${name}.ts`),
        tests: ['tests/lab/{cache,cut,definition,key,plan,reader,stored}.test.ts'],
      },
    ],
  },
};
