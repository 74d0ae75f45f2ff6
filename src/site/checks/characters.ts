/** Characters that no reader sees, and that a page or a feed cannot hold or shows otherwise than they are written. */
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { placeInText, report } from '../../math/index.ts';
import { type Stray, strayCharacters, strayDirections, strayReferences } from '../stray-characters.ts';

const code = new Set([
  'code',
  'inlineCode',
  'math',
  'inlineMath',
  'mdxFlowExpression',
  'mdxTextExpression',
  'mdxjsEsm',
]);
const blocks = new Set(['paragraph', 'heading', 'tableCell']);

/** Remark plugin, before others change the tree. */
export function remarkCharacters() {
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    const start = { line: 1, column: 1 };
    const note = (strays: readonly Stray[], from = 0) => {
      for (const { offset, problem } of strays) report(file, placeInText(source, from + offset, start), problem);
    };
    note(strayCharacters(source));
    // Of most posts there is nothing more to see.
    if (!/&#|[\u202a-\u202e\u2066-\u2069]/u.test(source)) return;
    let text = source;
    visit(tree, ({ type, position }) => {
      const [from, to] = [position?.start.offset, position?.end.offset];
      if (from === undefined || to === undefined || !code.has(type)) return;
      note(strayDirections(source.slice(from, to), true), from);
      text = text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
    });
    visit(tree, ({ type, position }) => {
      const [from, to] = [position?.start.offset, position?.end.offset];
      if (from === undefined || to === undefined || !blocks.has(type)) return;
      note(strayDirections(text.slice(from, to), false), from);
    });
    note(strayReferences(text));
  };
}
