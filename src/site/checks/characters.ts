/** Reports invisible characters that a page or a feed cannot contain, or that change the order of the text. */
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { locationInText, report } from '../../math/index.ts';
import {
  type InvisibleCharacter,
  invisibleCharacters,
  invisibleReferences,
  unpairedDirections,
} from '../markdown/invisible-characters.ts';

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

/** Remark plugin, to run before others change the tree. */
export function remarkCharacters() {
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    const start = { line: 1, column: 1 };
    const reportAll = (found: readonly InvisibleCharacter[], from = 0) => {
      for (const { offset, problem } of found) report(file, locationInText(source, from + offset, start), problem);
    };
    reportAll(invisibleCharacters(source));
    // Most posts have neither numeric character references nor direction marks.
    if (!/&#|[\u202a-\u202e\u2066-\u2069]/u.test(source)) return;
    let text = source;
    const visitTypes = (types: ReadonlySet<string>, use: (from: number, to: number) => void) =>
      visit(tree, ({ type, position }) => {
        const [from, to] = [position?.start.offset, position?.end.offset];
        if (from !== undefined && to !== undefined && types.has(type)) use(from, to);
      });
    visitTypes(code, (from, to) => {
      reportAll(unpairedDirections(source.slice(from, to), true), from);
      text = text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
    });
    visitTypes(blocks, (from, to) => reportAll(unpairedDirections(text.slice(from, to), false), from));
    reportAll(invisibleReferences(text));
  };
}
