/** A symbol of a notation, of all posts in the configuration or of one in its front matter, and what can be wrong with it. */
import { z } from 'astro/zod';
import { type FormulaSymbol, formulaProblem, texSymbols } from '../../math/index.ts';

type Macros = Readonly<Record<string, string>>;

const nonEmpty = z.string().trim().min(1, '; write a text');

/** The fields of a symbol. */
export const symbolFields = {
  /** The symbol in TeX, without dollars; several of one meaning with commas between them. */
  tex: nonEmpty,
  /** What it means; formulas between dollars. */
  meaning: nonEmpty,
  /** Its shape: rows and columns, or a length; formulas between dollars. */
  shape: nonEmpty.optional(),
  /** What it is called in code. */
  code: z.string().optional(),
};

/** A symbol with its meaning. */
export type NotationSymbol = {
  readonly tex: string;
  readonly meaning: string;
  readonly shape?: string | undefined;
};

/** The symbols that a TeX text names; none if it has none, such as `a + b`, or cannot be set. */
export function namedSymbols(tex: string, macros: Macros): FormulaSymbol[] {
  if (formulaProblem(tex, false, { macros }) !== undefined) return [];
  return texSymbols(tex, { macros }).filter(({ leads }) => leads);
}

/** What KaTeX cannot set in the fields of a symbol. */
export function symbolProblems(symbol: NotationSymbol, macros: Macros): { field: string; problem: string }[] {
  const texts = { tex: `$${symbol.tex}$`, meaning: symbol.meaning, shape: symbol.shape ?? '' };
  return Object.entries(texts).flatMap(([field, text]) => {
    const parts = text.split('$');
    if (parts.length % 2 === 0) return [{ field, problem: 'a dollar sign without its other: write $x$' }];
    const formulas = parts.filter((_, i) => i % 2 === 1);
    const problem = formulas.map((tex) => formulaProblem(tex, false, { macros })).find((each) => each !== undefined);
    return problem === undefined ? [] : [{ field, problem }];
  });
}
