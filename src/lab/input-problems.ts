/** Says what is wrong with the options of a function, and how to write them. */
import { inspect } from 'node:util';
import { z } from 'zod';
import { nearestName } from './did-you-mean.ts';

/** A problem of an option. */
export type InputProblem = {
  /** Where it stands: names of options and indices of lists. */
  readonly path: readonly PropertyKey[];
  /** Whether the problem is the option's name rather than its value. */
  readonly key: boolean;
  /** What was found, and what to write. */
  readonly text: string;
};

/** A value in a message, as an author writes it. */
export const quoted = (value: unknown): string => {
  if (typeof value === 'string') return `“${value}”`;
  const text =
    typeof value === 'function' ? 'a function' : inspect(value, { compact: true, breakLength: Infinity, depth: 2 });
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};

/** The schema of an object whose options are all known; its errors list them. */
export const object = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, { error: () => Object.keys(shape).join(', ') });

/** The schema of a function with these parameters. */
export const functionOf = (parameters: string) =>
  z.custom((value) => typeof value === 'function', `; write a function (${parameters}) => …`);

/** A path as it is written in JavaScript: `navigation[1].href`, `share['Hacker News']`. */
const nameOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) =>
      typeof part === 'number'
        ? `[${part}]`
        : /^[\w$]+$/.test(String(part))
          ? `.${String(part)}`
          : `['${String(part)}']`,
    )
    .join('')
    .replace(/^\./, '');

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value);

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list, [ … ]',
  record: 'an object, { … }',
};

const hint = (name: string, known: readonly string[], otherwise: string): string => {
  const guess = nearestName(name, known);
  return guess === undefined ? `${otherwise} ${known.join(', ')}` : `did you mean ${guess}?`;
};

/** What is wrong with the options `written`, by an issue that zod found in them. Custom messages follow what was found. */
export function inputProblems(issue: z.core.$ZodIssue, written: unknown): InputProblem[] {
  const { path, code, message } = issue;
  const name = nameOf(path);
  const value = valueAt(written, path);
  const found = value === undefined ? 'missing' : quoted(value);
  const problem = (text: string): InputProblem[] => [
    { path, key: value === undefined, text: `${name} is ${found}${text}` },
  ];
  if (code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const text = `there is no option ${nameOf([...path, key])}; ${hint(key, message.split(', '), 'there are')}`;
      return { path: [...path, key], key: true, text };
    });
  if (code === 'invalid_key')
    return [
      {
        path,
        key: true,
        text: `${nameOf(path.slice(0, -1))} has the name ${quoted(path.at(-1))}${issue.issues[0]!.message}`,
      },
    ];
  if (code === 'invalid_value') return problem(`; ${hint(String(value), issue.values.map(String), 'write one of')}`);
  if (code === 'invalid_type' && issue.expected === 'object') return problem(`; write an object { ${message} }`);
  if (code === 'invalid_type') return problem(`; write ${kinds[issue.expected] ?? issue.expected}`);
  // Of the cases of a union, the one that is an object too.
  const inner =
    code === 'invalid_union' &&
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    issue.errors.at(-1);
  if (inner)
    return inner.flatMap((each) =>
      inputProblems({ ...each, path: [...path, ...each.path] } as z.core.$ZodIssue, written),
    );
  return problem(message);
}
