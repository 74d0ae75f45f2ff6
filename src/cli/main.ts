/** Entry point of `npm run new` and `npm run import`: passes them the working directory, today's date and the terminal. */
import { runCommand } from './commands.ts';

process.exitCode = await runCommand(process.argv.slice(2), {
  root: process.cwd(),
  today: new Date().toISOString().slice(0, 10),
  print: (line) => void process.stdout.write(`${line}\n`),
});
