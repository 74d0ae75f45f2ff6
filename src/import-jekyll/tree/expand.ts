/** Replaces the tokens in the parsed Markdown tree by the nodes of their segments, and converts raw HTML on the way. */
import type { Heading, Nodes, Paragraph, PhrasingContent, RootContent } from 'mdast';
import type {} from 'mdast-util-math'; // types of maths in the tree
import type {} from 'mdast-util-mdx'; // types of MDX in the tree
import { phrasing as isPhrasing } from 'mdast-util-phrasing';
import { toString as plainText } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import type { AddNote, NoteKind } from '../import-notes.ts';
import {
  addSegment,
  onlySegment,
  restoreSource,
  type Segment,
  type Segments,
  splitAtTokens,
} from '../syntax/text-segments.ts';
import { inlineTex, tryTex } from '../tex/tex.ts';
import { addBlock, asCallout, calloutMark, joinCallout } from './callouts.ts';
import { headingWithAnchors, loneAnchor } from './headings.ts';
import { convertHtml } from './html.ts';
import { removeBars, sizeNode, trimInline } from './inline.ts';
import { inline, jsxText } from './jsx.ts';

/** What the replacement needs: the segments, and what they become. */
export type Tools = {
  readonly segments: Segments;
  readonly note: AddNote;
  readonly lineOf: (node: Nodes) => number;
  /** A citation as it is written in a post. */
  readonly cite: (keys: readonly string[], locator: string | undefined, line: number) => PhrasingContent;
  /** The macros that formulas may use. */
  readonly macros: Readonly<Record<string, string>>;
};

/** Puts the source text back for tokens in code, URLs and titles, which are not parsed as Markdown. */
function restore(node: Nodes, segments: Segments): void {
  if (node.type === 'html') return;
  for (const key of ['value', 'url', 'alt', 'title', 'lang', 'meta', 'label', 'identifier'] as const) {
    const record = node as unknown as Record<string, unknown>;
    if (node.type !== 'text' && typeof record[key] === 'string') record[key] = restoreSource(record[key], segments);
  }
}

/** A formula as a maths node; as code if KaTeX cannot set it; no node if it is empty. */
function maths(segment: Segment & { kind: 'maths' }, display: boolean, { note, macros }: Tools): RootContent[] {
  const { tex, line } = segment;
  if (tex === '') return [];
  if (display || !segment.display) return [{ type: display ? 'math' : 'inlineMath', value: tex }];
  // A display in a heading or a table cell.
  const inline = inlineTex(tex.replace(/\\(?:label|tag\*?)\{[^{}]*\}/g, ''));
  const tried = tryTex(inline, false, macros);
  if (!('problem' in tried)) return [{ type: 'inlineMath', value: tried.tex }];
  note(line, 'formula', `KaTeX cannot set ${inline} in a line: ${tried.problem}; it stands as code`);
  return [{ type: 'inlineCode', value: inline }];
}

const commentText = (text: string): string => `/* ${text.replaceAll('*/', '* /')} */`;

/** A comment within a line, on one line: a line break in it could start a block. */
const commentInLine = (text: string): string => commentText(text.replace(/\s+/g, ' '));

/** The inline nodes of a segment. */
function asPhrasing(segment: Segment, tools: Tools): PhrasingContent[] {
  switch (segment.kind) {
    case 'maths':
      return maths(segment, false, tools) as PhrasingContent[];
    case 'unset':
      return [{ type: 'inlineCode', value: inlineTex(segment.tex) || segment.tex.trim() }];
    case 'citation':
      return [tools.cite(segment.keys, segment.locator, segment.line)];
    case 'footnote':
      return [{ type: 'footnoteReference', identifier: segment.name.toLowerCase(), label: segment.name }];
    case 'size':
      return [sizeNode(segment)];
    case 'code':
      return [{ type: 'inlineCode', value: segment.value.replace(/\s+/g, ' ').trim() }];
    case 'comment':
      return [{ type: 'mdxTextExpression', value: commentInLine(segment.text) }];
    case 'html':
      return phrasing(
        { type: 'text', value: plainText(convertHtml([{ type: 'html', value: segment.html }], () => {})) },
        tools,
      );
    case 'callout':
      return [calloutMark(segment.name)];
    case 'hyphens':
      return [{ type: 'text', value: '-' }, jsxText('span', {}, []), { type: 'text', value: '-' }];
    case 'anchor':
      return [jsxText('span', { id: segment.id }, [])];
    case 'node':
      return phrasing(segment.node, tools);
    case 'text':
      return segment.text === '' ? [] : [{ type: 'text', value: segment.text }];
  }
}

const warnAt =
  (line: number, { note }: Pick<Tools, 'note'>) =>
  (kind: NoteKind, message: string): void =>
    note(line, kind, message);

/** Nodes with each run of inline ones put into a paragraph. */
function asBlocks(nodes: readonly RootContent[]): RootContent[] {
  const result: RootContent[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (!isPhrasing(node)) result.push(node);
    else if (last?.type === 'paragraph' && last.data?.made) last.children.push(node);
    else {
      const data = { made: true };
      result.push({ type: 'paragraph', children: [node], data, ...(node.position && { position: node.position }) });
    }
  }
  return result;
}

/** The block nodes of a segment; undefined for a segment that stays inline. */
function asFlow(segment: Segment, { position }: Paragraph, tools: Tools): RootContent[] | undefined {
  if (segment.kind === 'maths' && segment.display) return maths(segment, true, tools);
  if (segment.kind === 'unset' && segment.display) return [{ type: 'code', lang: 'latex', value: segment.tex.trim() }];
  if (segment.kind === 'code') return [{ type: 'code', lang: segment.lang, value: segment.value }];
  if (segment.kind === 'html') {
    const nodes = convertHtml(
      [{ type: 'html', value: segment.html, ...(position && { position }) }],
      warnAt(segment.line, tools),
    );
    return expandBlocks(asBlocks(nodes), tools);
  }
  return undefined;
}

/** An inline node with the tokens in it replaced. */
function phrasing(node: PhrasingContent, tools: Tools): PhrasingContent[] {
  restore(node, tools.segments);
  if (node.type === 'text') {
    return splitAtTokens(node.value, tools.segments).flatMap((part) =>
      typeof part === 'string' ? [{ type: 'text', value: part }] : asPhrasing(part, tools),
    );
  }
  if ('children' in node) {
    node.children = (node.children as PhrasingContent[]).flatMap((child) =>
      phrasing(child, tools),
    ) as typeof node.children;
  }
  return [node];
}

/** A paragraph with its tokens replaced, split where a segment becomes a block. */
function paragraph(node: Paragraph, tools: Tools): RootContent[] {
  const [only, ...others] = node.children;
  const alone = only?.type === 'text' && others.length === 0 ? onlySegment(only.value, tools.segments) : undefined;
  if (alone?.kind === 'comment') return [{ type: 'mdxFlowExpression', value: commentText(alone.text) }];

  const result: RootContent[] = [];
  let line: PhrasingContent[] = [];
  const end = () => {
    const children = trimInline(line);
    line = [];
    if (children.length > 0) result.push({ ...node, children });
  };
  for (const child of node.children) {
    if (child.type !== 'text') {
      line.push(...phrasing(child, tools));
      continue;
    }
    for (const part of splitAtTokens(child.value, tools.segments)) {
      if (typeof part === 'string') {
        line.push({ type: 'text', value: part });
        continue;
      }
      const between = asFlow(part, node, tools);
      if (between) {
        end();
        result.push(...between);
      } else line.push(...asPhrasing(part, tools));
    }
  }
  end();
  return result;
}

/** Stores nodes that have no HTML counterpart as segments while the paragraph around them is parsed as HTML. */
function hideFromHtml(node: PhrasingContent, segments: Segments, line: number): PhrasingContent {
  const isKnownToHtml = [
    'text',
    'html',
    'emphasis',
    'strong',
    'delete',
    'inlineCode',
    'break',
    'link',
    'image',
  ].includes(node.type);
  if (!isKnownToHtml)
    return { type: 'text', value: addSegment(segments, { kind: 'node', node, line, source: plainText(node) }) };
  if ('children' in node) {
    node.children = (node.children as PhrasingContent[]).map((child) =>
      hideFromHtml(child, segments, line),
    ) as typeof node.children;
  }
  restore(node, segments);
  return node;
}

/** Converts the children of a paragraph, heading or cell that contains raw HTML to nodes without HTML. */
function readHtml(children: readonly PhrasingContent[], line: number, { segments, note }: Tools): RootContent[] {
  const held = children.map((child) => hideFromHtml(child, segments, line));
  const position = children.find((child) => child.position)?.position;
  return convertHtml([{ type: 'paragraph', children: held, ...(position && { position }) }], warnAt(line, { note }));
}

function hasHtml(node: Nodes): boolean {
  let found = false;
  visit(node, 'html', () => {
    found = true;
  });
  return found;
}

/** Parts of one node, or of a post, beyond which a build would take minutes: each check looks at all of them many times. */
const maxParts = { node: 2000, post: 6000 };

/** A block of code with the source of nodes that have too many parts. */
function asCode(nodes: readonly RootContent[], { segments, note, lineOf }: Tools): RootContent[] {
  const [first] = nodes;
  if (first)
    note(
      lineOf(first),
      'part',
      `more than ${maxParts.node} parts in one block, or ${maxParts.post} in one post; they stand as code`,
    );
  const value = nodes.map((node) => restoreSource(plainText(node, { includeHtml: true }), segments)).join('\n');
  return [{ type: 'code', lang: null, value }];
}

/** The number of the children of a node, of its segments, and of its marks that may have to be escaped, a third of each; rows and items count as parts of their whole. */
function partsIn(node: RootContent): number {
  if (!('children' in node) || node.type === 'tableRow' || node.type === 'listItem') return 1;
  let tokens = 0;
  let marks = 0;
  for (const child of node.children) {
    if (child.type !== 'text') continue;
    tokens += child.value.split('\uE000').length - 1;
    marks += child.value.match(/[^\p{L}\p{N}\s.,;()\uE000\uE001-]/gu)?.length ?? 0;
  }
  const inner = node.type === 'table' || node.type === 'list' ? node.children.map((each) => each.children.length) : [];
  return Math.max(node.children.length + tokens + Math.floor(marks / 3), ...inner);
}

/** Block nodes of a post, see `expandBlocks`. */
export const expandPost = (nodes: readonly RootContent[], tools: Tools): RootContent[] =>
  nodes.length > maxParts.post ? asCode(nodes, tools) : expandBlocks(nodes, tools);

/** Block nodes with every token replaced and no raw HTML left. */
export function expandBlocks(nodes: readonly RootContent[], tools: Tools): RootContent[] {
  const result: RootContent[] = [];
  for (const node of nodes) {
    if (partsIn(node) > maxParts.node) {
      result.push(...asCode([node], tools));
      continue;
    }
    const line = tools.lineOf(node);
    restore(node, tools.segments);
    if (node.type === 'html') {
      const nodes = convertHtml([node], warnAt(line, tools));
      result.push(...expandBlocks(asBlocks(nodes), tools));
    } else if (node.type === 'paragraph' && hasHtml(node)) {
      result.push(...expandBlocks(asBlocks(readHtml(node.children, line, tools)), tools));
    } else if (node.type === 'paragraph') {
      const put = asCallout(paragraph(node, tools));
      const heading = result.at(-1);
      const anchor = heading?.type === 'heading' ? loneAnchor(put) : undefined;
      if (anchor && heading?.type === 'heading') {
        result.splice(-1, 1, ...headingWithAnchors({ ...heading, children: [...heading.children, anchor] }));
      } else for (const block of put) addBlock(result, block);
    } else if (node.type === 'heading') {
      result.push(...headingWithAnchors(lineOfText(node, line, tools)));
    } else if (node.type === 'tableCell' || (node.type as string) === 'defListTerm') {
      result.push(lineOfText(node as RootContent as Heading, line, tools));
    } else {
      if ('children' in node)
        node.children = expandBlocks(asBlocks(node.children as RootContent[]), tools) as typeof node.children;
      addBlock(result, node.type === 'blockquote' ? joinCallout(node) : node);
    }
  }
  return result;
}

/** A heading, table cell or term: one line of text, which cannot contain blocks. */
function lineOfText(node: Heading, at: number, tools: Tools): Heading {
  const children = hasHtml(node) ? inline(readHtml(node.children, at, tools)) : node.children;
  const line: Heading = { ...node, children: trimInline(children.flatMap((child) => phrasing(child, tools))) };
  if ((node.type as string) === 'tableCell') removeBars(line);
  return line;
}
