/** Parses the options of `measured({ … })`, and says what is wrong with them and how to write them. */
import type { z } from 'astro/zod';
import { wordsProblems } from '../i18n/index.ts';
import { nearestName } from '../lab/did-you-mean.ts';
import { isBuiltIn, quoted, type Settings, schema, withAuthor } from './config.ts';
import { symbolProblems } from './notation/symbol-fields.ts';

/** A problem of an option of `measured()`, or of Astro. */
export type OptionProblem = {
  readonly of?: 'astro';
  /** Where it stands: names of options and indices of lists. */
  readonly path: readonly PropertyKey[];
  /** Whether the problem is the option's name rather than its value. */
  readonly key: boolean;
  /** What was found, and what to write. */
  readonly text: string;
};

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

function problemsOf(issue: z.core.$ZodIssue, written: unknown): OptionProblem[] {
  const { path, code, message } = issue;
  const name = nameOf(path);
  const value = valueAt(written, path);
  const found = value === undefined ? 'missing' : quoted(value);
  const problem = (text: string): OptionProblem[] => [
    { path, key: value === undefined, text: `${name} is ${found}${text}` },
  ];
  if (code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const text = `there is no option ${nameOf([...path, key])}; ${hint(key, message.split(', '), 'there are')}`;
      return { path: [...path, key], key: true, text };
    });
  if (path.length === 0)
    return [
      {
        path,
        key: false,
        text: `measured() is given ${quoted(value)}; write measured({ title: '…', description: '…' })`,
      },
    ];
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
    return inner.flatMap((each) => problemsOf({ ...each, path: [...path, ...each.path] } as z.core.$ZodIssue, written));
  return problem(message);
}

/** Entries of `navigation` that name a page which is not there. */
const missingPages = ({ navigation = [], pages, notation }: Settings): OptionProblem[] =>
  navigation.flatMap((name, i) => {
    if (typeof name !== 'string' || isBuiltIn(name, { pages, notation })) return [];
    const why = pages[name] ? 'has nothing to show without the option notation' : `pages.${name} turns off`;
    const text = `navigation[${i}] is ${quoted(name)}, which ${why}; remove it, or write { label: '…', href: '/${name}/' } for a page of your own`;
    return [{ path: ['navigation', i], key: false, text }];
  });

/** Symbols of the notation that KaTeX cannot set. */
const wrongSymbols = ({ notation, macros }: Settings): OptionProblem[] =>
  notation.flatMap(({ symbols }, group) =>
    symbols.flatMap((symbol, i) =>
      symbolProblems(symbol, macros).map(({ field, problem }) => ({
        path: ['notation', group, 'symbols', i, field],
        key: false,
        text: `notation[${group}].symbols[${i}].${field} is ${quoted(symbol[field as keyof typeof symbol])}: ${problem}`,
      })),
    ),
  );

/** The settings that options give, or their problems. */
export function parseOptions(written: unknown): { settings: Settings } | { problems: OptionProblem[] } {
  const parsed = schema.safeParse(written);
  const { language = 'en', words = {} } = (written ?? {}) as { language?: unknown; words?: unknown };
  const problems = [
    ...(parsed.error?.issues.flatMap((issue) => problemsOf(issue, written)) ?? []),
    ...(parsed.success ? [...missingPages(withAuthor(parsed.data)), ...wrongSymbols(withAuthor(parsed.data))] : []),
    ...wordsProblems(language, words),
  ];
  return parsed.success && problems.length === 0 ? { settings: withAuthor(parsed.data) } : { problems };
}
