/** The body of an old post as MDX: scanned, read as a tree, its pieces put back, written. */
import type { Nodes, Root } from 'mdast';
import type { InlineMath } from 'mdast-util-math';
import remarkDefinitionList from 'remark-definition-list';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { remarkFootnotesNearby } from '../../math/index.ts';
import { codeRules, escapeRules } from './code.ts';
import { flow } from './expand.ts';
import { kramdownRules } from './kramdown.ts';
import { settleLabels } from './labels.ts';
import { joinFormulas } from './line.ts';
import { liquidRules } from './liquid.ts';
import { mathsRules } from './maths.ts';
import type { Notes } from './notes.ts';
import { withoutMarks } from './pieces.ts';
import { rawHtmlRules } from './raw-html.ts';
import { type Context, scan } from './scan.ts';

const rules = [...codeRules, ...rawHtmlRules, ...liquidRules, ...kramdownRules, ...mathsRules, ...escapeRules];

const reader = unified().use(remarkParse).use(remarkGfm).use(remarkFootnotesNearby).use(remarkDefinitionList).freeze();

/** A formula in a line: between dollars, unless a digit follows, before which a dollar closes none. */
const inlineMath = (node: InlineMath, _parent: unknown, _state: unknown, { after }: { after: string }): string =>
  /^\d/.test(after) ? `\\(${node.value}\\)` : `$${node.value}$`;

const writer = unified()
  .use(remarkStringify, {
    bullet: '-',
    rule: '-',
    emphasis: '_',
    listItemIndent: 'one',
    resourceLink: true,
    handlers: { inlineMath },
    // At the start of a line these words would begin a module statement of MDX.
    unsafe: [
      { atBreak: true, character: 'i', after: 'mport\\b' },
      { atBreak: true, character: 'e', after: 'xport\\b' },
    ],
  })
  .use(remarkGfm)
  .use(remarkDefinitionList)
  .use(remarkMath)
  .use(remarkMdx)
  .freeze();

/** A tree of Markdown without raw HTML, and the line of the old post that a node of it comes from. */
export type Body = { readonly tree: Root; readonly lineOf: (node: Nodes) => number };

/** Reads kramdown with Liquid and MathJax; `firstLine` is the line of the file where `source` starts. */
export function readBody(
  source: string,
  firstLine: number,
  note: Notes,
  values: Pick<Context, 'variables' | 'postAddress'>,
): Body {
  const context: Context = { ...values, pieces: [], note, rules };
  const { text, lines } = scan(withoutMarks(source), rules, context, { firstLine });
  settleLabels(context.pieces, note);
  const lineOf = (node: Nodes) => lines[(node.position?.start.line ?? 1) - 1] ?? firstLine;
  const tree = reader.parse(text);
  const children = flow(tree.children, { pieces: context.pieces, note, lineOf });
  const root: Root = { type: 'root', children };
  joinFormulas(root);
  return { tree: root, lineOf };
}

/** Writes a tree as MDX. */
export const writeBody = (tree: Root): string => writer.stringify(tree);
