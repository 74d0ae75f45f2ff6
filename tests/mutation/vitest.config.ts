import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = new URL('../..', import.meta.url).pathname;

/** Runs fast tests first, since the first failure ends a mutant's run: by name, with the slow ones last. */
class CheapFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const cost = ({ moduleId }: TestSpecification) =>
      ['/sharing.', '/singles.', '/sameBits.', '/moments.'].findIndex((part) => moduleId.includes(part));
    return files.toSorted((x, y) => cost(x) - cost(y) || (x.moduleId < y.moduleId ? -1 : 1));
  }
}

/** `run.ts` passes the test files of the module. */
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
