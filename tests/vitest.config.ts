import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const exclude = ['tests/bench/**', '**/node_modules/**'];
const slow = 'tests/**/*.slow.test.ts';
// Only for what never ends: how long a test may take says nothing on a machine that has other work.
const patience = 30 * 60_000;
const shared = { root, exclude, testTimeout: patience, hookTimeout: patience };

// `npm test` runs the first two projects, one after the other, `npm run test:slow` the third. The sites that the second needs
// are built while the first runs.
export default defineConfig({
  test: {
    // Without this a machine of two cores would run one file at a time.
    maxWorkers: '100%',
    // Read by tests/coverage.ts, which adds what child processes and their threads execute.
    coverage: {
      provider: 'v8',
      include: ['src/engine/**/*.ts', 'src/lab/*.ts', 'src/figure/**/*.ts', 'src/math/*.ts'],
      exclude: ['**/*.d.ts', '**/*.write.ts'],
      reporter: ['json'],
      // The temporary files are in a folder of their own, since the children's reports lie in this one.
      clean: false,
    },
    projects: [
      {
        test: {
          ...shared,
          name: 'rooms',
          include: ['tests/**/*.test.ts'],
          exclude: [...exclude, slow, 'tests/site/pages/**'],
          // A file finds the modules that another of its worker has loaded.
          isolate: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'pages',
          include: ['tests/site/pages/*.test.ts'],
          exclude: [...exclude, slow],
          globalSetup: 'tests/site/pages/build.ts',
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...shared, name: 'slow', include: [slow] } },
    ],
  },
});
