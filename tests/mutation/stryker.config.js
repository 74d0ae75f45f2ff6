/**
 * Stryker's configuration. All mutators are on, including those of strings.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  packageManager: 'npm',
  testRunner: 'vitest',
  // Related tests are those that import the mutated file, but tests of bundles read it from disk.
  vitest: { configFile: 'tests/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // Code that runs while a module loads runs before any test: such a mutant would need a new process for every test.
  // The README gives their number.
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
