/** Errors of components in posts: location, the tag as written, the problem, and the nearest valid name. */
import { nearestName } from '../../lab/did-you-mean.ts';
import { messageOf } from '../../lab/errors.ts';

/** An error in a component of a post: `at` is its location, `posts/x.mdx:12:3`, `asked` the tag as written. */
export class ComponentError extends Error {
  override readonly name = 'ComponentError';

  constructor(at: string | undefined, asked: string, problem: string, options?: ErrorOptions) {
    super(`${at ?? 'outside of a post'}: ${asked}: ${problem}`, options);
  }
}

/** The value of `work`. Its error is thrown as a ComponentError. */
export function locateErrors<T>(at: string | undefined, asked: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new ComponentError(at, asked, messageOf(error), { cause: error });
  }
}

/** The names that exist and the one nearest to `asked`: `lockstep, depth; nearest: depth`. */
export function listWithNearest(asked: string, names: readonly string[]): string {
  const guess = nearestName(asked, names);
  return `${names.join(', ') || 'none'}${guess === undefined ? '' : `; nearest: ${guess}`}`;
}

/** The value of a required attribute. Throws a ComponentError if it is missing, since MDX is not type-checked. */
export function requiredAttribute(value: unknown, name: string, at: string | undefined, asked: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new ComponentError(at, asked, `${name} is missing: name what it shows, ${name}="…"`);
}

/** A component's tag as written, for messages: `<Chart of="dice" show="means">`. */
export function tagOf(name: string, attributes: Readonly<Record<string, unknown>>): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => (typeof value === 'string' ? ` ${key}="${value}"` : ` ${key}={${JSON.stringify(value)}}`));
  return `<${name}${written.join('')}>`;
}
