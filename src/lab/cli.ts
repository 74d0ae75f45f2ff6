/** `npm run experiments`: runs what changed, says what it does, and fails if anything failed. */
import './fixed-locale.ts';
import { enableCompileCache } from 'node:module';

// Where all is cached, stripping types and compiling is a third of the work: Node keeps both, by content, as Astro has it.
enableCompileCache();
const { carryOut } = await import('./commands.ts');
const { LabError, messageOf } = await import('./errors.ts');
const { readOptions } = await import('./options.ts');

// Started by the dev server, it ends with it, however that ends: the channel between them closes.
process.on('disconnect', () => process.exit());
process.channel?.unref();

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
