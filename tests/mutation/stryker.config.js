/**
 * How a file is mutated. Every kind of mutant is tried, those of messages too.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  packageManager: 'npm',
  testRunner: 'vitest',
  // Related would be the test files that import the mutated one; tests of bundles read files instead.
  vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // What runs when a module is loaded runs before any test: to switch such a mutant on, every test would have to start anew.
  // They are counted, and the README says how many they are.
  ignoreStatic: true,
  incremental: true,
  concurrency: 1,
  disableTypeChecks: false,
  ignorePatterns: [
    '/.*',
    '/dist',
    '/reports',
    '/coverage',
    '/posts',
    '/public',
    '/tests/bench',
    '/tests/mutation/node_modules',
  ],
  tempDirName: '.stryker-tmp',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, allowEmojis: false },
};
