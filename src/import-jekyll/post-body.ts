/** Converts the body of a Jekyll post to MDX: scans it, parses it as Markdown, replaces the tokens and writes the tree. */
import type { Nodes, PhrasingContent, Root } from 'mdast';
import type { InlineMath } from 'mdast-util-math';
import remarkDefinitionList from 'remark-definition-list';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkStringify, { type Options } from 'remark-stringify';
import { unified } from 'unified';
import type { Node } from 'unist';
import { remarkFootnotesNearby } from '../math/index.ts';
import type { Fill } from './blog/liquid-engine.ts';
import { singleDollarsIn } from './blog/old-blog.ts';
import type { AddNote } from './import-notes.ts';
import { addressRules } from './syntax/addresses-with-spaces.ts';
import { characterRules } from './syntax/character-references.ts';
import { codeRules, escapeRules } from './syntax/code.ts';
import { hasSingleDollars } from './syntax/delimiters.ts';
import { kramdownRules, parsesBlocksIn } from './syntax/kramdown.ts';
import { remarkKramdownStars } from './syntax/kramdown-stars.ts';
import { liquidRules } from './syntax/liquid.ts';
import { mathsRules } from './syntax/maths.ts';
import { htmlRules, rawHtmlRules } from './syntax/raw-html.ts';
import { footnoteName } from './syntax/references.ts';
import { type Context, type Scanned, scan } from './syntax/scan.ts';
import { tableRules } from './syntax/tables.ts';
import { restoreSource, withoutForbidden } from './syntax/text-segments.ts';
import { resolveLabels } from './tex/equation-labels.ts';
import type { Macros } from './tex/macros.ts';
import { settleFormulas } from './tex/settle.ts';
import { expandPost, type Tools } from './tree/expand.ts';
import { resolveReferences } from './tree/images.ts';
import { joinFormulas, joinSizes } from './tree/inline.ts';
import { mendDefinitions, mendHeadings, placeAbbreviations } from './tree/mend.ts';

const rules = [
  ...codeRules,
  ...rawHtmlRules,
  ...liquidRules,
  ...kramdownRules,
  ...tableRules,
  ...mathsRules,
  ...addressRules,
  ...characterRules,
  ...escapeRules,
];

const gfm = { singleTilde: false };
const parser = unified()
  .use(remarkParse)
  .use(remarkGfm, gfm)
  .use(remarkFootnotesNearby)
  .use(remarkKramdownStars)
  .use(remarkDefinitionList)
  .freeze();

declare module 'mdast' {
  interface PhrasingContentMap {
    written: Written;
  }
  interface RootContentMap {
    written: Written;
  }
}

/** Text of a post as it is to be written, such as `[@doe2001]`. */
export interface Written extends Node {
  type: 'written';
  value: string;
}

/** An inline formula between dollars; between `\(` and `\)` before a digit, since a dollar before a digit does not close one, and around a dollar, escaped or not. */
const inlineMath = (node: InlineMath, _parent: unknown, _state: unknown, { after }: { after: string }): string =>
  /^[\d$]/.test(after) || node.value.includes('$') ? `\\(${node.value}\\)` : `$${node.value}$`;

/** Text that the checks of posts take for the syntax of other tools. */
const unsafe: NonNullable<Options['unsafe']> = [
  // At the start of a line MDX reads these words as a module statement.
  { atBreak: true, character: 'i', after: 'mport\\b' },
  { atBreak: true, character: 'e', after: 'xport\\b' },
  { character: ':', before: '(?:^|[^\\w:\\\\])', after: '[a-z][a-z_+-]*[a-z\\d]:(?![\\w:])', inConstruct: 'phrasing' },
  { character: '=', before: '(?:^|[^=\\w])', after: '=[^\\s=]', inConstruct: 'phrasing' },
  { character: '%', after: '%\\S', inConstruct: 'phrasing' },
  { character: '^', before: '[\\w\\s]', inConstruct: 'phrasing' },
  { character: '~', inConstruct: 'phrasing' },
  { character: '@', before: '(?:^|[^\\w@[])', after: '(?:fig|eq|sec|tbl|lst)-', inConstruct: 'phrasing' },
  { atBreak: true, character: ':', after: ':{2}' },
  { atBreak: true, character: '!', after: '!!' },
  { atBreak: true, character: '?', after: '\\?\\?' },
  { atBreak: true, character: '.', after: '\\. [a-z]' },
  { atBreak: true, character: '*', after: '\\[' },
];

const writer = unified()
  .use(remarkStringify, {
    bullet: '-',
    rule: '-',
    emphasis: '_',
    listItemIndent: 'one',
    resourceLink: true,
    handlers: { inlineMath, written: ({ value }: Written) => value },
    unsafe,
  })
  .use(remarkGfm, gfm)
  .use(remarkDefinitionList)
  .use(remarkMath)
  .use(remarkMdx)
  .freeze();

/** A scanned body: Markdown with tokens, and what was set aside. */
export type ScannedBody = { readonly scanned: Scanned; readonly context: Context; readonly firstLine: number };

/** Scans kramdown with Liquid and MathJax; `source` starts at line `firstLine` of the file. */
export function scanBody(
  source: string,
  firstLine: number,
  values: {
    note: AddNote;
    fill: Fill;
    singleDollars: boolean | undefined;
    parsesBlocks?: boolean;
    postAddress: (name: string, line: number) => string;
  },
): ScannedBody {
  const body = withoutForbidden(source);
  const singleDollars = singleDollarsIn(body) || (values.singleDollars ?? (hasSingleDollars(body) ? true : undefined));
  const context: Context = {
    ...values,
    singleDollars,
    parsesBlocks: parsesBlocksIn(body) ?? values.parsesBlocks ?? false,
    pieces: [],
    rules,
    htmlRules,
    macros: new Map(),
    footnotes: [],
    abbreviations: new Map(),
  };
  const { text, lines } = scan(body, rules, context, { firstLine });
  const notes = context.footnotes.map((each, i) => `\n\n[^${footnoteName(i)}]: ${each}`);
  return { scanned: { text: text + notes.join(''), lines }, context, firstLine };
}

/** A Markdown tree without raw HTML, and the line of the old post that each node comes from. */
export type Body = { readonly tree: Root; readonly lineOf: (node: Nodes) => number };

/** What a text may have of a kind before the parser of Markdown takes minutes with it: brackets, exclamation marks, stars within words, headings, empty lines, list items. */
const limits: readonly (readonly [pattern: RegExp, most: number])[] = [
  [/\[/g, 4000],
  [/!/g, 6000],
  [/[^\s*]\*+(?=[^\s*])/g, 3000],
  [/^ {0,3}(?:=+|-+)[ \t]*$/gm, 2000],
  [/\n[ \t]*\n/g, 6000],
  [/^ {0,3}:[ \t]/gm, 2000],
  [/^ {0,3}(?:[-*+]|\d+[.)])[ \t]/gm, 4000],
];

/** Whether a text has more of a kind than a post has, such as ten thousand brackets. */
const isTooMuch = (text: string): boolean =>
  limits.some(([pattern, most]) => (text.match(pattern)?.length ?? 0) > most);

/** Parses a scanned body, whose formulas may use `macros`; `cite` makes citations. */
export function readBody(
  { scanned, context, firstLine }: ScannedBody,
  macros: Macros,
  strings: Readonly<Record<string, string>>,
  cite: Tools['cite'] = (keys) => ({ type: 'text', value: `[${keys.join('; ')}]` }),
): Body {
  const { pieces, note } = context;
  settleFormulas(pieces, macros, strings, note);
  resolveLabels(pieces, note);
  const { text, lines } = scanned;
  const lineOf = (node: Nodes) => lines[(node.position?.start.line ?? 1) - 1] ?? lines.at(-1) ?? firstLine;
  if (/^(?:[ \t]*(?:>|\d{1,9}[.)][ \t]|[-*+][ \t]+>)){200}/m.test(text)) throw new RangeError('nested too deeply');
  if (isTooMuch(text)) {
    note(
      firstLine,
      'part',
      'more brackets, stars, list items or paragraphs than a build reads in a minute; the text stands as code',
    );
    return {
      tree: { type: 'root', children: [{ type: 'code', lang: null, value: restoreSource(text, pieces) }] },
      lineOf,
    };
  }
  const tree = parser.parse(text);
  const children = expandPost(tree.children, { segments: pieces, note, lineOf, cite, macros: strings });
  const root: Root = { type: 'root', children };
  if (pieces.some(({ kind }) => kind === 'size')) {
    resolveReferences(root);
    joinSizes(root);
  }
  joinFormulas(root);
  mendHeadings(root, note, lineOf);
  mendDefinitions(root);
  placeAbbreviations(root, context.abbreviations, note, lineOf);
  return { tree: root, lineOf };
}

/** Writes nodes as MDX. */
export const writeBody = (children: Root['children']): string => writer.stringify({ type: 'root', children });

/** The text of a citation in a post. */
export const writtenCitation = (keys: readonly string[], locator: string | undefined): PhrasingContent => {
  const pages = locator === undefined ? '' : /^[\d–-]+$/.test(locator) ? `, p. ${locator}` : `, ${locator}`;
  return { type: 'written', value: `[${keys.map((key) => `@${key}`).join('; ')}${pages}]` };
};
