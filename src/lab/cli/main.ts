/** The command `npm run experiments`: runs the tasks whose inputs changed. Exits with 1 if anything failed. */
import '../fixed-locale.ts';
import '../compile-cache.ts';

// As a child of the dev server, it exits when that ends in any way: the IPC channel closes.
process.on('disconnect', () => process.exit());
process.channel?.unref();
// A reader such as `head` may close the pipe before all lines are written.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

/** Runs the command with these arguments in the working directory; errors are printed. Whether it succeeded. */
export async function main(args: readonly string[]): Promise<boolean> {
  const { runCommand } = await import('./commands.ts');
  const { printedError } = await import('../errors.ts');
  const { readOptions } = await import('./options.ts');
  try {
    const code = await runCommand(process.cwd(), readOptions(args), {
      write: (text) => void process.stdout.write(text),
      clock: () => performance.now(),
      columns: () => (process.stdout.isTTY ? process.stdout.columns : undefined),
    });
    return code === 0;
  } catch (error) {
    process.stderr.write(`${printedError(error)}\n`);
    return false;
  }
}

// Run as a program: by the dev server, and by tests.
if (import.meta.main) process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
