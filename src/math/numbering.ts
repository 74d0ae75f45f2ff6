/**
 * Numbers the equations that carry a `\label`, in order through the post, and resolves every reference to them.
 * KaTeX knows neither, so `\label{x}` becomes `\tag{n}` and `$\eqref{x}$` a link to `#eq-x` before it sees them. A
 * reference within a larger formula is its number without a link: what KaTeX draws is hidden from screen readers.
 */
import type { Link, Nodes, Root, RootContent } from 'mdast';
import type { InlineMath, Math as MathNode } from 'mdast-util-math';
import type {} from 'remark-rehype'; // types of data.hProperties and data.hChildren
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { boxed, setTex } from './box.ts';
import { asPhrasing, citedEquation, collectEquations, type Equations, equationId, printed } from './equations.ts';
import { rowsOf, unstarred } from './labels.ts';
import type { Formula } from './place.ts';
import { applyEdits, type Command, commands, type Edit } from './tex.ts';

/** What the author wrote and how it was changed, by the offset in the file where the formula starts. */
export type Rewritten = Map<number, { formula: Formula; edits: readonly Edit[] }>;

declare module 'vfile' {
  interface DataMap {
    /** Leads KaTeX's errors back to the source. */
    rewritten: Rewritten;
    /** The number of each labelled equation. */
    equations: Equations;
  }
}

function link(command: Command, text: string, position: Nodes['position']): Link {
  const data = { hProperties: { className: ['reference'] } };
  const children = asPhrasing(text);
  return { type: 'link', url: `#${equationId(command.argument ?? '')}`, children, data, ...(position && { position }) };
}

/** The edits that make `formula` readable to KaTeX. */
function editsOf(file: VFile, formula: Formula, equations: Equations): Edit[] {
  const found = commands(formula.value);
  const tagged = new Set(rowsOf(found).flatMap((row) => (row.tags.length > 0 ? row.labels : [])));
  return found.flatMap((command): Edit[] => {
    const { start, end, name, argument } = command;
    if (name === 'label') {
      return [
        { start, end, text: tagged.has(command) ? '' : `\\tag{${equations.get(argument ?? '')?.number ?? '?'}}` },
      ];
    }
    if (name === 'eqref' || name === 'ref') {
      const text = printed(command, citedEquation(file, formula, command, equations));
      return [{ start, end, text: `\\text{${text}}` }];
    }
    return unstarred(command) ? [{ start, end, text: `\\${name}{${argument}*}` }] : [];
  });
}

/** The lone reference that `$\eqref{x}$` is. */
function loneReference(node: MathNode | InlineMath): Command | undefined {
  const [only] = commands(node.value);
  const refers = only?.name === 'eqref' || only?.name === 'ref';
  return node.type === 'inlineMath' && refers && only.end - only.start === node.value.trim().length ? only : undefined;
}

/** Remark plugin. Reports a label that is doubled or misplaced, and a reference to none. */
export function remarkNumbering() {
  return (tree: Root, file: VFile): void => {
    const equations = collectEquations(tree, file);
    const rewritten: Rewritten = new Map();
    file.data.equations = equations;
    file.data.rewritten = rewritten;

    visit(tree, (node, index, parent) => {
      if (!parent || index === undefined) return undefined;
      const replace = (by: RootContent) => parent.children.splice(index, 1, by as (typeof parent.children)[number]);

      if (node.type === 'math' || node.type === 'inlineMath') {
        const reference = loneReference(node);
        if (reference) {
          replace(link(reference, printed(reference, citedEquation(file, node, reference, equations)), node.position));
          return SKIP;
        }
        const formula: Formula = { value: node.value, position: node.position };
        const edits = editsOf(file, formula, equations);
        if (node.position?.start.offset !== undefined) rewritten.set(node.position.start.offset, { formula, edits });
        const labels = commands(node.value).filter((command) => command.name === 'label');
        setTex(node, applyEdits(node.value, edits));
        if (node.type === 'math')
          replace(
            boxed(
              node,
              labels.map((label) => label.argument ?? ''),
              equations,
            ),
          );
        return SKIP;
      }

      // In text, MDX reads `\eqref{x}` as the word `\eqref` before the expression `{x}`.
      const before = parent.children[index - 1];
      const name = before?.type === 'text' ? /\\((?:eq)?ref)$/.exec(before.value)?.[1] : undefined;
      if (node.type === 'mdxTextExpression' && before?.type === 'text' && name) {
        const command = { name, argument: node.value.trim(), start: 0, end: 0 };
        const equation = citedEquation(file, { value: '', position: node.position }, command, equations);
        before.value = before.value.slice(0, -name.length - 1);
        replace(link(command, printed(command, equation), node.position));
      }
      return undefined;
    });
  };
}
