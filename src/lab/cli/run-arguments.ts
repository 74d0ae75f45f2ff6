/** The arguments for a run of experiments that come with another command, such as `build` or `dev`. */
import { sharedState } from '../shared-state.ts';

/** What this process was given, or its configuration names. */
export const runArguments = sharedState<{ list: readonly string[] }>('runArguments', () => ({ list: [] }));

const withValue = ['--cache', '--audit', '--on', '--jobs'];
const flags = ['--no-cache'];

/** Divides the arguments of `build` and others: those of the run of experiments, and Astro's. */
export function divideArguments(args: readonly string[]): { run: string[]; astro: string[] } {
  const run: string[] = [];
  const astro: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    const [name] = arg.split('=', 1) as [string];
    if (flags.includes(name)) run.push(arg);
    else if (!withValue.includes(name)) astro.push(arg);
    else if (arg.includes('=') || i + 1 === args.length) run.push(arg);
    else run.push(arg, args[++i]!);
  }
  return { run, astro };
}
