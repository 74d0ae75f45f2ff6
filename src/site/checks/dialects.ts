/** Blocks as other tools write them are errors that say how to write them here, where they would be shown as plain text. */
import type { Paragraph, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearest } from '../../lab/nearest.ts';
import { report } from '../../math/index.ts';

const kinds = ['note', 'tip', 'important', 'warning', 'caution'];
const callout = 'write > [!NOTE], and each line of the callout after >';

/** How paragraphs of other tools begin, with what to do instead. */
const dialects: readonly (readonly [begins: RegExp, advice: string])[] = [
  [/^:{3,}\s*(?:\{|[a-z]|$)/i, callout],
  [/^(?:!!!|\?\?\?\+?)\s+[a-z]/i, callout],
  [/^\.\. [a-z-]+::/i, callout],
  [/^\[{1,2}_?toc_?\]{1,2}$/i, 'remove it: each post has its list of contents'],
  [/^!\[\[[^\]]+\]\]/, 'write ![what it shows](./a-picture.png)'],
  [/^\\(?:newpage|pagebreak|clearpage|tableofcontents|maketitle)\b/, 'remove it: a page is no sheet of paper'],
];

/** The first line of a paragraph as it is written, escapes and all. */
const lineOf = ({ position }: Paragraph, source: string): string =>
  source
    .slice(position?.start.offset ?? 0, position?.end.offset ?? 0)
    .split('\n', 1)[0]!
    .trimEnd();

/** What is wrong with the first line of a quotation, which begins as a callout does; undefined for one. */
function calloutProblem(line: string): string | undefined {
  const [, kind, title, rest] = /^\[!([a-z-]+)(\/[^\]]*)?\](.*)$/i.exec(line) ?? [];
  if (kind === undefined) return undefined;
  const known = kinds.includes(kind.toLowerCase()) ? kind.toLowerCase() : nearest(kind, kinds);
  const name = (known ?? 'note').toUpperCase();
  if (known !== kind.toLowerCase())
    return `[!${kind}]: no such callout; ${known ? `did you mean [!${name}]?` : `write [!${name}]`} There are ${kinds.join(', ')}`;
  if (rest?.trim() && title === undefined)
    return `[!${kind}] stands alone on its line; write [!${name}/${rest.replace(/^[+-]?\s+/, '')}] for a title`;
  return undefined;
}

/** Remark plugin. */
export function remarkDialects() {
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    visit(tree, (node) => {
      if (node.type === 'blockquote') {
        const [first] = node.children;
        const problem = first?.type === 'paragraph' && calloutProblem(lineOf(first, source));
        if (problem) report(file, first.position?.start, problem);
      }
      if (node.type !== 'paragraph') return;
      const line = lineOf(node, source);
      const found = dialects.find(([begins]) => begins.test(line));
      if (found) report(file, node.position?.start, `${line}: this would be shown as it stands; ${found[1]}`);
    });
  };
}
