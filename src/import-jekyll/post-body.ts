/** Converts the body of a Jekyll post to MDX: scans it, parses it as Markdown, replaces the tokens and writes the tree. */
import type { Nodes, Root } from 'mdast';
import type { InlineMath } from 'mdast-util-math';
import remarkDefinitionList from 'remark-definition-list';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { remarkFootnotesNearby } from '../math/index.ts';
import { codeRules, escapeRules } from './code.ts';
import { resolveLabels } from './equation-labels.ts';
import { expandBlocks } from './expand.ts';
import type { AddNote } from './import-notes.ts';
import { joinFormulas } from './inline.ts';
import { kramdownRules } from './kramdown.ts';
import { liquidRules } from './liquid.ts';
import { mathsRules } from './maths.ts';
import { rawHtmlRules } from './raw-html.ts';
import { type Context, scan } from './scan.ts';
import { replaceTokenMarks } from './text-segments.ts';

const rules = [...codeRules, ...rawHtmlRules, ...liquidRules, ...kramdownRules, ...mathsRules, ...escapeRules];

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFootnotesNearby).use(remarkDefinitionList).freeze();

/** An inline formula between dollars; between `\(` and `\)` before a digit, since a dollar before a digit does not close one. */
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
    // At the start of a line MDX reads these words as a module statement.
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

/** A Markdown tree without raw HTML, and the line of the old post that each node comes from. */
export type Body = { readonly tree: Root; readonly lineOf: (node: Nodes) => number };

/** Parses kramdown with Liquid and MathJax; `source` starts at line `firstLine` of the file. */
export function readBody(
  source: string,
  firstLine: number,
  note: AddNote,
  values: Pick<Context, 'variables' | 'postAddress'>,
): Body {
  const context: Context = { ...values, pieces: [], note, rules };
  const { text, lines } = scan(replaceTokenMarks(source), rules, context, { firstLine });
  resolveLabels(context.pieces, note);
  const lineOf = (node: Nodes) => lines[(node.position?.start.line ?? 1) - 1] ?? firstLine;
  const tree = parser.parse(text);
  const children = expandBlocks(tree.children, { segments: context.pieces, note, lineOf });
  const root: Root = { type: 'root', children };
  joinFormulas(root);
  return { tree: root, lineOf };
}

export const writeBody = (tree: Root): string => writer.stringify(tree);
