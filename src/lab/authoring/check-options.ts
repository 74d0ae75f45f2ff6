/** Checks the options of a function, of which TypeScript reports mistakes only in an editor. */

/** Throws a RangeError for an option that the function `name` does not have, which would be left out without a word. */
export function checkOptions(name: string, options: object, all: readonly string[]): void {
  const unknown = Object.keys(options).find((option) => !all.includes(option));
  if (unknown !== undefined) throw new RangeError(`${name} has no option ${unknown}; it has ${all.join(', ')}`);
}
