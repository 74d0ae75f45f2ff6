import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const shared = { root, exclude: ['tests/bench/**', '**/node_modules/**'], testTimeout: 180_000 };

// Two projects, since only the tests of built pages need a site to be built first.
export default defineConfig({
  test: {
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
          exclude: [...shared.exclude, 'tests/site/pages/**'],
        },
      },
      {
        test: {
          ...shared,
          name: 'pages',
          include: ['tests/site/pages/*.test.ts'],
          globalSetup: 'tests/site/pages/build.ts',
        },
      },
    ],
  },
});
