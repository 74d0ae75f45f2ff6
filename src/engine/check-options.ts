/** The options of a function: true for those that must be given. */
type Options<T> = { readonly [Name in keyof T]-?: Record<never, never> extends Pick<T, Name> ? false : true };

/**
 * Throws a `RangeError` for an option that the function `name` does not have, which would be left out without a word, and
 * for one that it lacks.
 */
export function checkOptions<T extends object>(name: string, options: T, all: Options<T>): void {
  const given = { ...options } as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((option) => !Object.hasOwn(all, option));
  if (unknown !== undefined)
    throw new RangeError(`${name} has no option ${unknown}; it has ${Object.keys(all).join(', ')}`);
  const missing = Object.entries(all).find(([option, isNeeded]) => isNeeded && given[option] === undefined);
  if (missing !== undefined) throw new RangeError(`${name} needs the option ${missing[0]}`);
}
