/** An option that the commands of a blog read before those of the lab and of Astro do. */

import { LabError } from '../lab/errors.ts';

/** Divides arguments: the value of `--name`, '' if it has none, undefined without the option; and the others. Throws LabError if it stands twice. */
export function takeOption(args: readonly string[], name: string): { value: string | undefined; rest: string[] } {
  const isIt = (arg: string) => arg === `--${name}` || arg.startsWith(`--${name}=`);
  const at = args.findIndex(isIt);
  if (args.findLastIndex(isIt) > at) throw new LabError(`--${name} stands twice; give it once`);
  if (at < 0) return { value: undefined, rest: [...args] };
  const isSeparate = args[at] === `--${name}`;
  const written = isSeparate ? args[at + 1] : args[at]!.slice(`--${name}=`.length);
  const value = written === undefined || written.startsWith('--') ? '' : written;
  return { value, rest: [...args.slice(0, at), ...args.slice(at + (isSeparate && value !== '' ? 2 : 1))] };
}
