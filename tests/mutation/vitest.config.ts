import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = new URL('../..', import.meta.url).pathname;

/** Cheap tests first, since the first that fails ends a mutant's run: by name but for the slow ones. */
class CheapFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const cost = ({ moduleId }: TestSpecification) =>
      ['/sharing.', '/singles.', '/sameBits.', '/moments.'].findIndex((part) => moduleId.includes(part));
    return files.toSorted((x, y) => cost(x) - cost(y) || (x.moduleId < y.moduleId ? -1 : 1));
  }
}

/** The tests that a mutant may be found by are named by `run.ts`. */
export default defineConfig({
  test: {
    root,
    include: JSON.parse(process.env.MEASURED_MUTATION_TESTS!) as string[],
    isolate: false,
    sequence: { sequencer: CheapFirst },
    setupFiles: 'tests/mutation/setup.ts',
    testTimeout: 60_000,
  },
});
