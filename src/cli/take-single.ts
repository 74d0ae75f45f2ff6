/** The option `--single` of `measured build`. */

/** Divides the arguments of `build`: what `--single` names, undefined without it, and the others. */
export function takeSingle(args: readonly string[]): { single: string | undefined; rest: string[] } {
  const at = args.findIndex((arg) => /^--single(?:=|$)/.test(arg));
  if (at < 0) return { single: undefined, rest: [...args] };
  const isSeparate = args[at] === '--single';
  const value = isSeparate ? args[at + 1] : args[at]!.slice('--single='.length);
  const single = value === undefined || value.startsWith('--') ? '' : value;
  return { single, rest: [...args.slice(0, at), ...args.slice(at + (isSeparate && single !== '' ? 2 : 1))] };
}
