/** `npm run experiments`: runs what changed, says what it does, and fails if anything failed. */
import { carryOut } from './commands.ts';
import { LabError, messageOf } from './errors.ts';
import { readOptions } from './options.ts';

try {
  process.exitCode = await carryOut(process.cwd(), readOptions(process.argv.slice(2)), {
    write: (text) => void process.stdout.write(text),
    clock: () => performance.now(),
    columns: () => (process.stdout.isTTY ? process.stdout.columns : undefined),
  });
} catch (error) {
  const internal = error instanceof Error && !(error instanceof LabError);
  process.stderr.write(`${internal ? error.stack : messageOf(error)}\n`);
  process.exitCode = 1;
}
