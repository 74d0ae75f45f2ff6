/** `npm run new` and `npm run import`: the commands on this machine's disk, clock and terminal. */
import { runCommand } from './command.ts';

process.exitCode = await runCommand(process.argv.slice(2), {
  root: process.cwd(),
  today: new Date().toISOString().slice(0, 10),
  print: (line) => void process.stdout.write(`${line}\n`),
});
