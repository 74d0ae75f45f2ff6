/** What is wrong with what an author asked for: where, what was asked, what exists, and the nearest name. */
import { nearest } from '../lab/nearest.ts';

/** Something that an author wrote cannot be shown; `at` is where it stands. */
export class ComponentError extends Error {
  override readonly name = 'ComponentError';

  constructor(at: string | undefined, asked: string, problem: string, options?: ErrorOptions) {
    super(`${at ?? 'outside of a post'}: ${asked}: ${problem}`, options);
  }
}

/** `lockstep, depth; nearest: depth`. */
export function choice(asked: string, names: readonly string[]): string {
  const guess = nearest(asked, names);
  return `${names.join(', ') || 'none'}${guess === undefined ? '' : `; nearest: ${guess}`}`;
}

/** An attribute that the component cannot do without. MDX is not type-checked, so it may be missing. */
export function required(value: unknown, name: string, at: string | undefined, asked: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new ComponentError(at, asked, `${name} is missing: name what it shows, ${name}="…"`);
}

/** A component as its author wrote it, for messages: `<Chart of="lockstep" show="spread">`. */
export function tagOf(name: string, attributes: Readonly<Record<string, unknown>>): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => (typeof value === 'string' ? ` ${key}="${value}"` : ` ${key}={${JSON.stringify(value)}}`));
  return `<${name}${written.join('')}>`;
}
