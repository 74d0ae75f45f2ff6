/** Which symbol of a notation a symbol of a formula is: `Θ^{(2)}_{ij}` is the `Θ^{(l)}` of a table, `σ_b` is not its `σ_w`. */
import type { FormulaSymbol } from './read-symbols.ts';

/** Subscripts that count: letters that are usually indices, numbers, signs. Others make another symbol, as in `σ_w`. */
const isIndex = (sub: string): boolean => /^[i-ntKLMN\d,·⋅:′+−]*$/.test(sub);
const namesIndex = (sub: string): boolean => isIndex(sub) && /[i-nt]/.test(sub);
const isLayer = (sup: string): boolean => /^\(.*\)/.test(sup);
/** Superscripts that are neither powers nor transposes, but make another symbol, as in `x^*`. */
const star = (sup: string): string => /[*∗⋆†‡]/.exec(sup)?.[0] ?? '';

/** The `d` of a derivative or an integral, which looks like a letter. */
const isDifferential = ({ base, sub, sup }: FormulaSymbol): boolean => base === 'd' && sub === '' && !isLayer(sup);

/** How well a symbol of a formula fits an entry of a notation: undefined if it is another symbol. */
export function matchQuality(entry: FormulaSymbol, used: FormulaSymbol): number | undefined {
  if (entry.base !== used.base || star(entry.sup) !== star(used.sup)) return undefined;
  if (entry.primes !== '' && entry.primes !== used.primes) return undefined;
  const alike = isLayer(entry.sup) === isLayer(used.sup);
  if (isDifferential(used) && !(alike && entry.sub === '')) return undefined;
  const rest = Number(alike) + Number(entry.primes === used.primes);
  if (entry.sub === used.sub) return rest + 4;
  if (namesIndex(entry.sub) && isIndex(used.sub)) return rest + (used.sub === '' ? 0 : 2);
  return entry.sub === '' && isIndex(used.sub) ? rest : undefined;
}

/** The index of the entry that fits best, the first of several; -1 if none does. Each entry may name several symbols. */
export function bestFit(entries: readonly (readonly FormulaSymbol[])[], used: FormulaSymbol): number {
  let [best, found] = [-1, -1];
  for (const [i, names] of entries.entries())
    for (const name of names) {
      const quality = matchQuality(name, used) ?? -1;
      if (quality > best) [best, found] = [quality, i];
    }
  return found;
}

/** Letters that everybody knows: e, i, π, differentials and differences, sets of numbers. */
const isKnown = (symbol: FormulaSymbol): boolean =>
  isDifferential(symbol) || /^(?:[eiπΔ]|mathbb [NZQRC])$/.test(symbol.base);

const isLetter = ({ base }: FormulaSymbol): boolean =>
  /^(?:(?:math\w+|boldsymbol|accent) )?\p{L}[^\p{L}]*$/u.test(base);

/**
 * The letters of a formula that need an introduction: those on its line, without letters that everybody knows, operators
 * such as `ln`, and indices, which stand in a script of the same formula.
 */
export function lettersOf(formula: readonly FormulaSymbol[]): FormulaSymbol[] {
  const scripts = new Set(formula.filter(({ inScript }) => inScript).map(({ base }) => base));
  return formula.filter((symbol) => {
    const isOwnIndex = /^[a-z]$/.test(symbol.base) && scripts.has(symbol.base);
    return !symbol.inScript && isLetter(symbol) && !isKnown(symbol) && !isOwnIndex && !/^mathrm/.test(symbol.base);
  });
}
