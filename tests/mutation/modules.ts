/** The modules for mutation testing: their files, and the fast tests that run for each mutant. */
import { globSync } from 'node:fs';

type Part = { readonly files: readonly string[]; readonly tests: readonly string[] };
/** A module; `name` is its label in the table. */
type Module = { readonly name: string; readonly parts: readonly Part[] };

/** Basic functions used by the whole engine: only their own tests run, since all tests would take minutes per mutant. */
const random = ['src/engine/numeric/random.ts'];
const arithmetic = ['elementary', 'error-function', 'exponential', 'logarithm', 'ops', 'polynomial'].map(
  (name) => `src/engine/numeric/${name}.ts`,
);

/** Compilation of a WebAssembly module for a network's shape, and the cache of compiled modules. */
const shared = ['src/engine/wasm/instance-cache.ts', 'src/engine/wasm/compile.ts'];

const key = [
  'bundle/{annotate-pure,bundle,definition-slice-plugin,slice-definition}',
  'data-files/parser-digest',
  'plan/{plan,task-key}',
  'store/canonical-json',
];
const cache = ['results/load-results', 'store/{cache,prune}'];

export const modules: Readonly<Record<string, Module>> = {
  engine: {
    name: '`src/engine`, the reference implementation',
    parts: [
      { files: random, tests: ['tests/engine/random.test.ts'] },
      { files: arithmetic, tests: ['tests/engine/{elementary,ops}.test.ts'] },
      {
        files: globSync('src/engine/{,numeric/}*.ts', { exclude: [...random, ...arithmetic, 'src/engine/index.ts'] }),
        tests: ['tests/engine/*.test.ts'],
      },
    ],
  },
  wasm: {
    name: '`src/engine/wasm`, the WebAssembly backend',
    parts: [
      { files: shared, tests: ['tests/engine/wasm/{same-bits,sharing}.test.ts'] },
      {
        files: globSync('src/engine/wasm/**/*.ts', { exclude: shared }),
        // Without the slow tests: every training rule at every batch size, and ten thousand steps at every width.
        tests: [
          'tests/engine/wasm/{deep-layers,encoding,float32-functions,formula-graph,memory-layout,record-activations,run-buffers,same-bits,strip-gradient}.test.ts',
        ],
      },
    ],
  },
  lab: {
    name: '`src/lab`, key and cache',
    parts: [
      {
        files: globSync([...key, ...cache].map((name) => `src/lab/${name}.ts`)),
        tests: ['tests/lab/{cache,definition,load-results,parser-digest,plan,slice-definition,task-key}.test.ts'],
      },
    ],
  },
};
