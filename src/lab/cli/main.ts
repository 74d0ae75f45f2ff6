/** The command `npm run experiments`: runs the tasks whose inputs changed. Exits with 1 if anything failed. */
import '../fixed-locale.ts';
import { enableCompileCache } from 'node:module';

// If every result is cached, stripping types and compiling takes a third of the time; Node's cache saves both.
enableCompileCache();
const { runCommand } = await import('./commands.ts');
const { printedError } = await import('../errors.ts');
const { readOptions } = await import('./options.ts');

// As a child of the dev server, it exits when that ends in any way: the IPC channel closes.
process.on('disconnect', () => process.exit());
process.channel?.unref();
// A reader such as `head` may close the pipe before all lines are written.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

try {
  process.exitCode = await runCommand(process.cwd(), readOptions(process.argv.slice(2)), {
    write: (text) => void process.stdout.write(text),
    clock: () => performance.now(),
    columns: () => (process.stdout.isTTY ? process.stdout.columns : undefined),
  });
} catch (error) {
  process.stderr.write(`${printedError(error)}\n`);
  process.exitCode = 1;
}
