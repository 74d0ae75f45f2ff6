import '../src/lab/compile-cache.ts';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const exclude = ['tests/bench/**', '**/node_modules/**'];
const slow = 'tests/**/*.slow.test.ts';
const pages = ['tests/{site,blog}/pages/*.test.ts'];
// A limit for hanging tests only: on a busy machine, a test's duration means nothing.
const patience = 30 * 60_000;
const shared = { root, exclude, testTimeout: patience, hookTimeout: patience };
const processors = availableParallelism();
/** Workers for tests that wait, for browsers, queues and other processes. Vitest takes no more than all processors as a share. */
const moreWorkers = Math.ceil(1.5 * processors);

// `npm test` runs the projects `parts` and then `pages`, whose sites are built meanwhile; `npm run test:slow` runs those
// called slow, in the order of their names.
export default defineConfig({
  test: {
    // By default Vitest leaves one processor idle.
    maxWorkers: processors,
    // tests/coverage.ts reads this report and adds the coverage of child processes.
    coverage: {
      provider: 'v8',
      include: ['src/engine/**/*.ts', 'src/lab/**/*.ts', 'src/figure/**/*.ts', 'src/math/*.ts'],
      exclude: ['**/*.d.ts', '**/*.write.ts'],
      reporter: ['json'],
      // The reports of child processes are in the same folder.
      clean: false,
    },
    projects: [
      {
        test: {
          ...shared,
          name: 'parts',
          include: ['tests/**/*.test.ts'],
          exclude: [...exclude, slow, ...pages],
          // Faster: the test files of a worker share loaded modules.
          isolate: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'pages',
          include: pages,
          exclude: [...exclude, slow],
          globalSetup: 'tests/site/pages/build.ts',
          sequence: { groupOrder: 1 },
          maxWorkers: moreWorkers,
        },
      },
      {
        test: {
          ...shared,
          name: 'slow-engine',
          include: ['tests/engine/wasm/*.test.ts'],
          exclude: [...exclude, slow],
          isolate: false,
          sequence: { groupOrder: 2 },
          maxWorkers: moreWorkers,
          // V8's optimising compiler from the first call on, with the flag that the lab sets.
          execArgv: ['--no-liftoff', '--experimental-wasm-revectorize'],
        },
      },
      {
        test: {
          ...shared,
          name: 'slow-processes',
          include: [slow],
          sequence: { groupOrder: 2 },
          maxWorkers: moreWorkers,
        },
      },
    ],
  },
});
