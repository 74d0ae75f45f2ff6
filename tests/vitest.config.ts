import '../src/lab/compile-cache.ts';
import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const exclude = ['tests/bench/**', '**/node_modules/**'];
const slow = 'tests/**/*.slow.test.ts';
const pages = ['tests/{site,blog}/pages/*.test.ts'];
// A limit for hanging tests only: on a busy machine, a test's duration means nothing.
const patience = 30 * 60_000;
const shared = { root, exclude, testTimeout: patience, hookTimeout: patience };

// `npm test` runs the projects `parts` and then `pages`, whose sites are built meanwhile; `npm run test:slow` runs `slow`.
export default defineConfig({
  test: {
    // By default Vitest uses one worker on a machine of two cores. Three take longer than two.
    maxWorkers: '100%',
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
        },
      },
      { test: { ...shared, name: 'slow', include: [slow] } },
      {
        test: {
          ...shared,
          name: 'slow-wide',
          include: ['tests/engine/wasm/*.test.ts'],
          exclude: [...exclude, slow],
          isolate: false,
          // V8's optimising compiler from the first call on, with the flag that the lab sets.
          execArgv: ['--no-liftoff', '--experimental-wasm-revectorize'],
        },
      },
    ],
  },
});
