/**
 * What the symbols in displayed formulas mean: each letter that the notation explains gets a class, and the meanings stand
 * in one list at the end of the post. CSS shows the meaning of the symbol that a reader points at, and those of a formula
 * that a reader focuses. Letters that neither a notation nor the text introduces are noted.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { bestFit, type FormulaSymbol, lettersOf, report } from '../../math/index.ts';
import { isJsxElement } from '../../math/jsx.ts';
import { words } from '../i18n.ts';
import { readFrontmatter } from '../posts/read-frontmatter.ts';
import { tex, withTex } from '../tex.ts';
import { type Entry, formulasBelow, markSymbols, notationOf } from './notation.ts';
import type { NotationSymbol } from './symbol-fields.ts';
import { symbolName } from './symbol-name.ts';

declare module 'vfile' {
  interface DataMap {
    /** The entries of the notation that displayed formulas of the post hold, in their order. */
    explained: readonly Entry[];
  }
}

type Formula = { readonly symbols: readonly FormulaSymbol[]; readonly line: number | undefined };

/** The formulas of a post: those that are displayed, and the others. */
function formulasIn(tree: Root): { displayed: Formula[]; others: Formula[] } {
  const [displayed, others]: [Formula[], Formula[]] = [[], []];
  visit(tree, 'element', (element) => {
    const names = [element.properties.className].flat();
    const into = names.includes('equation') ? displayed : names.includes('katex') ? others : undefined;
    if (!into) return undefined;
    const line = element.position?.start.line;
    into.push(...formulasBelow(element).map((symbols) => ({ symbols, line })));
    return SKIP;
  });
  return { displayed, others };
}

/** Whether a post shows derivations, whose formulas come from its module. */
function hasDerivation(tree: Root): boolean {
  let found = false;
  visit(tree, (node) => {
    found ||= isJsxElement(node) && node.name === 'Derivation';
  });
  return found;
}

/** Reports entries of a post's own notation that no displayed formula shows. */
function reportUnused(file: VFile, own: readonly Entry[], explained: ReadonlySet<Entry>): void {
  const text = existsSync(file.path) ? readFileSync(file.path, 'utf8') : String(file.value);
  for (const [i, entry] of own.entries()) {
    if (explained.has(entry)) continue;
    const [, line, column] = readFrontmatter(text, '').place(['notation', i, 'tex']).split(':').map(Number);
    const problem = `notation: no displayed formula of the post holds “${entry.symbol.tex}”; remove it, or write it as it stands there`;
    report(file, { line: line ?? 1, column: column ?? 1 }, problem);
  }
}

/** Reads the formulas of a post, before KaTeX's HTML is simplified: marks symbols, and finds those without an introduction. */
export function readSymbols(tree: Root, file: VFile): void {
  const frontmatter = file.data.astro?.frontmatter;
  const written: unknown[] = Array.isArray(frontmatter?.notation) ? frontmatter.notation : [];
  // Entries without these texts are reported with the front matter.
  const isSymbol = (entry: unknown): entry is NotationSymbol =>
    ['tex', 'meaning'].every((field) => typeof (entry as Record<string, unknown> | null)?.[field] === 'string');
  const { own, entryOf } = notationOf(written.filter(isSymbol));
  const { displayed, others } = formulasIn(tree);
  const introduced = [...others, ...displayed].map(({ symbols }) => symbols.filter(({ leads }) => leads));
  const explained = new Set<Entry>();
  const unknown = new Map<string, number | undefined>();
  for (const { symbols, line } of displayed) {
    for (const entry of markSymbols(symbols, entryOf)) explained.add(entry);
    for (const letter of lettersOf(symbols))
      if (!entryOf(letter) && bestFit(introduced, letter) < 0 && !unknown.has(symbolName(letter)))
        unknown.set(symbolName(letter), line);
  }
  if (hasDerivation(tree)) for (const entry of own) explained.add(entry);
  reportUnused(file, own, explained);
  file.data.explained = [...explained];
  if (frontmatter) {
    frontmatter.explained = [...explained].map(({ className }) => className);
    frontmatter.unknownSymbols = [...unknown].map(([name, line]) => (line ? `${name} (line ${line})` : name));
  }
}

/** Rehype plugin, after `readSymbols`: adds the list of meanings at the end of the post, where a screen reader meets it once. */
export function rehypeSymbols() {
  return (tree: Root, file: VFile): void => {
    const explained = file.data.explained ?? [];
    if (explained.length === 0) return;
    const rows = explained.map(({ symbol, className }) => {
      const shape = symbol.shape ? ` <span class="shape">${withTex(symbol.shape)}</span>` : '';
      return `<div class="${className}"><dt>${tex(symbol.tex)}</dt><dd>${withTex(symbol.meaning)}${shape}</dd></div>`;
    });
    const { children } = fromHtml(`<section class="symbols"><dl>${rows.join('')}</dl></section>`, { fragment: true });
    const [section] = children as Element[];
    section!.properties.ariaLabel = words.notation.inFormulas;
    tree.children.push(section!);
  };
}

/**
 * Style rules of a post whose explained symbols have the classes `names`: which meaning is shown where. Of the blocks of a
 * post only the one that is pointed at or focused is searched for the symbol, which takes browsers a fraction of the time.
 */
export function symbolRules(names: readonly string[]): string {
  if (names.length === 0) return '';
  const block = '.post-body>:is(:hover,:focus-within)';
  const shown = names.map(
    (name) =>
      `${block}:is(:has(.${name}:hover,:focus-visible .${name}),:focus-visible:has(.${name}))~.symbols .${name}`,
  );
  return `${shown.join()}{position:static;clip-path:none;content-visibility:visible}`;
}
