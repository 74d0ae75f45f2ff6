/** The notation of a post, its own and that of all posts, and the marks by which CSS finds the symbols of formulas. */
import type { Element, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { bestFit, type FormulaSymbol, separateLetters, symbolsOf } from '../../math/index.ts';
import { site } from '../config.ts';
import { type NotationSymbol, namedSymbols } from './symbol-fields.ts';

/** An entry of a notation: a symbol, and the class of its letters in formulas and of its meaning. */
export type Entry = { readonly symbol: NotationSymbol; readonly className: string };

/** Finds the entry of a symbol of a formula; undefined if the notation does not explain it. */
export type EntryOf = (symbol: FormulaSymbol) => Entry | undefined;

const named = new Map<string, FormulaSymbol[]>();
const namesOf = ({ tex }: NotationSymbol): FormulaSymbol[] => {
  const key = JSON.stringify([tex, site.macros]);
  if (!named.has(key)) named.set(key, namedSymbols(tex, site.macros));
  return named.get(key)!;
};

/** The entries of the symbols `own` of a post; those of all posts are asked where none of these fits. */
export function notationOf(own: readonly NotationSymbol[]): { own: readonly Entry[]; entryOf: EntryOf } {
  const toEntries = (symbols: readonly NotationSymbol[], prefix: string) =>
    symbols.map((symbol, i) => ({ symbol, className: prefix + (i + 1) }));
  const lists = [
    toEntries(own, 'yo'),
    toEntries(
      site.notation.flatMap(({ symbols }) => symbols),
      'y',
    ),
  ].map((entries) => ({ entries, names: entries.map(({ symbol }) => namesOf(symbol)) }));
  const entryOf: EntryOf = (symbol) => {
    for (const { entries, names } of lists) {
      const found = entries[bestFit(names, symbol)];
      if (found) return found;
    }
    return undefined;
  };
  return { own: lists[0]!.entries, entryOf };
}

/** The elements inside the scripts of symbols: they belong to these. */
function insideScripts(symbols: readonly FormulaSymbol[]): Set<Element> {
  const found = new Set<Element>();
  for (const { elements } of symbols)
    if (elements[1]) visit(elements[1], 'element', (element) => void found.add(element));
  return found;
}

/** Marks the symbols of a formula that a notation explains; returns their entries. */
export function markSymbols(symbols: readonly FormulaSymbol[], entryOf: EntryOf): Entry[] {
  const known = symbols.flatMap((symbol) => {
    const entry = entryOf(symbol);
    return entry ? [{ symbol, entry }] : [];
  });
  const inside = insideScripts(known.map(({ symbol }) => symbol));
  return known.flatMap(({ symbol, entry }) => {
    if (inside.has(symbol.elements[0]!)) return [];
    for (const { properties } of symbol.elements)
      properties.className = [...[properties.className ?? []].flat(), entry.className] as string[];
    return [entry];
  });
}

/** The symbols of each formula below a node, as KaTeX sets them. */
export function formulasBelow(node: Root | Element): FormulaSymbol[][] {
  const found: FormulaSymbol[][] = [];
  visit(node, 'element', (element) => {
    if (![element.properties.className].flat().includes('katex-html')) return undefined;
    separateLetters(element);
    found.push(symbolsOf(element));
    return SKIP;
  });
  return found;
}

/** Marks the symbols of all formulas below a node. */
export function markFormulas(node: Root | Element, entryOf: EntryOf): void {
  for (const symbols of formulasBelow(node)) markSymbols(symbols, entryOf);
}
