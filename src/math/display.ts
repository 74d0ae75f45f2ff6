/** Display mathematics as authors write it: `$$x$$` alone in a paragraph is displayed, and a fence must be closed. */
import type { Paragraph, Root } from 'mdast';
import type { InlineMath, Math as MathNode } from 'mdast-util-math';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from './report.ts';

function loneFormula(paragraph: Paragraph, source: string): InlineMath | undefined {
  const [only, ...others] = paragraph.children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  if (only?.type !== 'inlineMath' || others.length > 0) return undefined;
  return source.startsWith('$$', only.position?.start.offset) ? only : undefined;
}

/** A display formula of `value`, as remark-math would have made it. */
function display(value: string, position: InlineMath['position']): MathNode {
  const code = {
    type: 'element' as const,
    tagName: 'code' as const,
    properties: { className: ['language-math', 'math-display'] },
    children: [{ type: 'text' as const, value }],
  };
  return { type: 'math', value, ...(position && { position }), data: { hName: 'pre', hChildren: [code] } };
}

/** Remark plugin. Reports a `$$` fence that is not closed: the rest of the post would otherwise vanish into one formula. */
export function remarkDisplay() {
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    visit(tree, (node, index, parent) => {
      if (node.type === 'paragraph' && parent && index !== undefined) {
        const formula = loneFormula(node, source);
        if (formula) parent.children[index] = display(formula.value.trim(), formula.position);
        return;
      }
      if (node.type !== 'math' || !node.position) return;
      const { start, end } = node.position;
      if (node.meta)
        report(file, start, `"${node.meta}" after $$ would be dropped; begin the formula on the next line`);
      const lines = source.slice(start.offset, end.offset).trimEnd().split('\n');
      const closed = lines.length > 1 && /^[\s>]*\$\$+$/.test(lines.at(-1)!);
      if (!closed && source.startsWith('$$', start.offset)) {
        report(file, start, 'this $$ is never closed; close it with $$ on a line of its own, at the same indentation');
        // What it swallowed is no formula, and would be wrong in every way.
        if (parent && index !== undefined) parent.children.splice(index, 1);
      }
    });
  };
}
