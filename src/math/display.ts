/** Display formulas: `$$x$$` on lines of its own becomes a block, and fences that are not closed are reported. */
import type { Paragraph, PhrasingContent, Root } from 'mdast';
import type { InlineMath, Math as MathNode } from 'mdast-util-math';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from './report-errors.ts';
import { setTex } from './scroll-box.ts';

/** Whether a formula in a paragraph is to be displayed: `\[x\]` anywhere, `$$x$$` on lines of its own. */
function isDisplay(formula: InlineMath, source: string): boolean {
  const [start, end] = [formula.position?.start.offset, formula.position?.end.offset];
  if (start === undefined || end === undefined) return false;
  if (source.startsWith('\\[', start)) return true;
  const before = source.slice(source.lastIndexOf('\n', start - 1) + 1, start);
  const [after = ''] = source.slice(end).split('\n', 1);
  // In a list or a quotation the line begins with a marker.
  return source.startsWith('$$', start) && /^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?$/.test(before) && after.trim() === '';
}

/** Splits a paragraph into the formulas to be displayed and the text around them. */
function blocks(paragraph: Paragraph, source: string): (Paragraph | MathNode)[] {
  const found: (Paragraph | MathNode)[] = [];
  let text: PhrasingContent[] = [];
  const end = () => {
    const [first, last] = [text[0], text.at(-1)];
    if (first?.type === 'text') first.value = first.value.replace(/^\s+/, '');
    if (last?.type === 'text') last.value = last.value.replace(/\s+$/, '');
    const children = text.filter((child) => child.type !== 'text' || child.value !== '');
    const [start, stop] = [children[0]?.position?.start, children.at(-1)?.position?.end];
    if (children.length > 0)
      found.push({ type: 'paragraph', children, ...(start && stop && { position: { start, end: stop } }) });
    text = [];
  };
  for (const child of paragraph.children) {
    if (child.type === 'inlineMath' && isDisplay(child, source)) {
      end();
      found.push(display(child.value.trim(), child.position));
    } else text.push(child);
  }
  if (found.length === 0) return [paragraph];
  end();
  return found;
}

/** A display formula with the TeX `value`, as remark-math makes it. */
function display(value: string, position: InlineMath['position']): MathNode {
  const code = {
    type: 'element' as const,
    tagName: 'code' as const,
    properties: { className: ['language-math', 'math-display'] },
    children: [{ type: 'text' as const, value }],
  };
  return { type: 'math', value, ...(position && { position }), data: { hName: 'pre', hChildren: [code] } };
}

/** Remark plugin. Reports a `$$` fence that is not closed, which would turn the rest of the post into one formula. */
export function remarkDisplay() {
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    visit(tree, (node, index, parent) => {
      if (node.type === 'paragraph' && parent && index !== undefined) {
        const parts = blocks(node, source);
        if (parts[0] === node) return undefined;
        parent.children.splice(index, 1, ...parts);
        return index + parts.length;
      }
      // In a table `\|` means `|`, since a plain `|` ends the cell.
      if (node.type === 'tableCell')
        for (const child of node.children)
          if (child.type === 'inlineMath') setTex(child, child.value.replaceAll('\\|', '|'));
      if (node.type === 'code' && node.lang === 'math' && parent && index !== undefined) {
        parent.children[index] = display(node.value, node.position);
        return undefined;
      }
      if (node.type !== 'math' || !node.position) return undefined;
      const { start, end } = node.position;
      if (node.meta)
        report(file, start, `"${node.meta}" after $$ would be dropped; begin the formula on the next line`);
      const lines = source.slice(start.offset, end.offset).trimEnd().split('\n');
      if (source.startsWith('\\[', start.offset) && !lines.at(-1)!.endsWith('\\]')) {
        const problem = 'this \\[ is closed outside of its list or quotation';
        report(file, start, `${problem}; indent or quote each line of the formula`);
      }
      const closed = lines.length > 1 && /^[\s>]*\$\$+$/.test(lines.at(-1)!);
      if (!closed && source.startsWith('$$', start.offset)) {
        report(file, start, 'this $$ is never closed; close it with $$ on a line of its own, at the same indentation');
        // The text that it took in is no TeX: further errors in it would mislead.
        if (parent && index !== undefined) parent.children.splice(index, 1);
      }
      return undefined;
    });
  };
}
