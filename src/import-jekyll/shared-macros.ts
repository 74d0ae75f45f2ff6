/** Decides which macros belong to the new blog's options, and which stay in the post that defines them. */

import type { Root } from 'mdast';
import type { InlineMath, Math as MathNode } from 'mdast-util-math';
import { EXIT, SKIP, visit } from 'unist-util-visit';
import { texToHtml } from '../math/index.ts';
import type { ScannedBody } from './post-body.ts';
import { asDefinition, isSame, type Macro, type Macros, usedMacros } from './tex/macros.ts';
import { setProblem } from './tex/tex.ts';

/** Whether a definition says what the command of KaTeX says already. */
function isRedundant(name: string, { tex, count }: Macro): boolean {
  if (count > 0 || !isCommand(name)) return false;
  const set = (text: string) => {
    try {
      return texToHtml(text);
    } catch {
      return undefined;
    }
  };
  const own = set(name);
  return own !== undefined && own === set(tex);
}

/** Whether KaTeX has a command, which a macro for all posts would change in those that mean it. */
const isCommand = (name: string): boolean => !/Undefined control sequence/.test(setProblem(name, false, {}) ?? '');

/** The macros of an import. */
export type SharedMacros = {
  /** Macros of the options, and those to be added to them. */
  readonly shared: Macros;
  /** Macros that a post defines otherwise. */
  readonly local: (body: ScannedBody) => Macros;
};

/** Merges the macros of the new blog's options, of the old blog and of its posts. */
export function shareMacros(
  given: Readonly<Record<string, string>>,
  ofBlogs: readonly Macros[],
  bodies: readonly ScannedBody[],
): SharedMacros {
  const shared = new Map<string, Macro>();
  for (const [name, tex] of Object.entries(given)) {
    const count = Math.max(0, ...[...tex.matchAll(/#(\d)/g)].map(([, digit]) => Number(digit)));
    shared.set(name, { tex, count });
  }
  for (const macros of ofBlogs) for (const [name, macro] of macros) if (!shared.has(name)) shared.set(name, macro);
  const defined = new Map<string, Macro[]>();
  for (const { context } of bodies)
    for (const [name, macro] of context.macros)
      if (isRedundant(name, macro)) context.macros.delete(name);
      else defined.set(name, [...(defined.get(name) ?? []), macro]);
  for (const [name, all] of defined)
    if (name.startsWith('\\') && !shared.has(name) && !isCommand(name) && all.every((each) => isSame(each, all[0]!)))
      shared.set(name, all[0]!);
  return {
    shared,
    local: ({ context }) =>
      new Map([...context.macros].filter(([name, macro]) => !(shared.has(name) && isSame(shared.get(name)!, macro)))),
  };
}

/** The names of the macros that the formulas of a tree use. */
export function macrosUsedIn(tree: Root, macros: Macros): Set<string> {
  const found = new Set<string>();
  visit(tree, (node) => {
    if (node.type === 'math' || node.type === 'inlineMath') usedMacros(node.value, macros, found);
  });
  return found;
}

/** Writes the definitions of a post's own macros into its first formula, from which on KaTeX knows them. */
export function defineMacros(tree: Root, local: Macros): void {
  if (local.size === 0) return;
  const used = macrosUsedIn(tree, local);
  const definitions = [...local]
    .filter(([name, { first }]) => used.has(name) && first === undefined && name.startsWith('\\'))
    .map(([name, macro]) => asDefinition(name, macro));
  if (definitions.length === 0) return;
  let target: MathNode | InlineMath | undefined;
  visit(tree, (node) => {
    if (node.type === 'heading' || node.type === 'footnoteDefinition') return SKIP;
    if (node.type !== 'math' && node.type !== 'inlineMath') return undefined;
    if (/^\\(?:eq)?ref\{[^{}]*\}$/.test(node.value)) return undefined;
    target = node;
    return EXIT;
  });
  if (target) target.value = `${definitions.join('')}${target.value}`;
}
