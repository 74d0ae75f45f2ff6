/** Parses the options of `measured({ … })`, and says what is wrong with them and how to write them. */
import type { z } from 'astro/zod';
import { wordsProblems } from '../i18n/index.ts';
import { type InputProblem, inputProblems, quoted } from '../lab/input-problems.ts';
import { isBuiltIn, type Settings, schema, withAuthor } from './config.ts';
import { symbolProblems } from './notation/symbol-fields.ts';

/** A problem of an option of `measured()`, or of Astro. */
export type OptionProblem = InputProblem & { readonly of?: 'astro' };

/** What is wrong, by an issue that zod found. */
const problemsOf = (issue: z.core.$ZodIssue, written: unknown): OptionProblem[] =>
  issue.path.length > 0 || issue.code === 'unrecognized_keys'
    ? inputProblems(issue, written)
    : [
        {
          path: [],
          key: false,
          text: `measured() is given ${quoted(written)}; write measured({ title: '…', description: '…' })`,
        },
      ];

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
