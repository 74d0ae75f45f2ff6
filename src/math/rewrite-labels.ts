/**
 * Rewrites `\label`, `\ref` and `\eqref`, which KaTeX does not support, with the numbers that `equations.ts` gives.
 * `\label{x}` becomes `\tag{n}`, and `$\eqref{x}$` a link to `#eq-x`. A reference inside a
 * larger formula becomes the number without a link, because KaTeX's boxes are hidden from screen readers.
 */
import type { Link, Nodes, Root, RootContent } from 'mdast';
import type { InlineMath, Math as MathNode } from 'mdast-util-math';
import type {} from 'remark-rehype'; // types of data.hProperties and data.hChildren
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { asPhrasing, citedEquation, collectEquations, type Equations, equationId, referenceText } from './equations.ts';
import { isAutoNumbered, rowsOf } from './labels.ts';
import { scrollBox, setTex } from './scroll-box.ts';
import type { Formula } from './source-location.ts';
import { applyEdits, type Command, commands, type Edit } from './tex.ts';

/** The formula as the author wrote it and the edits made to it, by the formula's offset in the file. */
export type Rewritten = Map<number, { formula: Formula; edits: readonly Edit[] }>;

declare module 'vfile' {
  interface DataMap {
    /** Maps positions of KaTeX's errors back to the source. */
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

/** The edits that turn `formula` into TeX that KaTeX supports. */
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
      const text = referenceText(command, citedEquation(file, formula, command, equations));
      return [{ start, end, text: `\\text{${text}}` }];
    }
    return isAutoNumbered(command) ? [{ start, end, text: `\\${name}{${argument}*}` }] : [];
  });
}

/** The reference, if the formula is nothing else: `$\eqref{x}$`. */
function loneReference(node: MathNode | InlineMath): Command | undefined {
  const [only] = commands(node.value);
  const refers = only?.name === 'eqref' || only?.name === 'ref';
  return node.type === 'inlineMath' && refers && only.end - only.start === node.value.trim().length ? only : undefined;
}

/** Remark plugin. Reports a repeated or misplaced label, and a reference to none. */
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
          replace(
            link(reference, referenceText(reference, citedEquation(file, node, reference, equations)), node.position),
          );
          return SKIP;
        }
        const formula: Formula = { value: node.value, position: node.position };
        const edits = editsOf(file, formula, equations);
        if (node.position?.start.offset !== undefined) rewritten.set(node.position.start.offset, { formula, edits });
        const labels = commands(node.value).flatMap(({ name, argument }) => (name === 'label' ? [argument ?? ''] : []));
        setTex(node, applyEdits(node.value, edits));
        if (node.type === 'math') replace(scrollBox(node, labels, equations));
        return SKIP;
      }

      // Outside of formulas, MDX parses `\eqref{x}` as the text `\eqref` and the expression `{x}`.
      const before = parent.children[index - 1];
      const name = before?.type === 'text' ? /\\((?:eq)?ref)$/.exec(before.value)?.[1] : undefined;
      if (node.type === 'mdxTextExpression' && before?.type === 'text' && name) {
        const command = { name, argument: node.value.trim(), start: 0, end: 0 };
        const equation = citedEquation(file, { value: '', position: node.position }, command, equations);
        before.value = before.value.slice(0, -name.length - 1);
        replace(link(command, referenceText(command, equation), node.position));
      }
      return undefined;
    });
  };
}
