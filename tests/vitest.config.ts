import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const shared = { root, exclude: ['tests/bench/**', '**/node_modules/**'], testTimeout: 60_000 };

// Two projects, since only the tests of built pages need a site to be built first.
export default defineConfig({
  test: {
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
