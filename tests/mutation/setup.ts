import fc from 'fast-check';

// A fixed seed for fast-check, so that every run kills the same mutants; few examples, since the tests run for every mutant.
fc.configureGlobal({ seed: 1, numRuns: 25 });
