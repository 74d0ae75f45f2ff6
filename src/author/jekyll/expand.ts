/** Puts the pieces back into the tree that was read around their tokens, each as the node that MDX writes it as. */
import type { Heading, Nodes, Paragraph, PhrasingContent, RootContent } from 'mdast';
import type {} from 'mdast-util-math'; // types of maths in the tree
import type {} from 'mdast-util-mdx'; // types of MDX in the tree
import { toString as plainText } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { headingWithAnchors, loneAnchor } from './headings.ts';
import { jsxText, withoutHtml } from './html.ts';
import { trimmed, withoutBars } from './line.ts';
import type { Notes } from './notes.ts';
import { asTyped, hold, onlyPiece, type Piece, type Pieces, parts } from './pieces.ts';
import { displayed, inLine, tryTex } from './tex.ts';

type Tools = { readonly pieces: Pieces; readonly note: Notes; readonly lineOf: (node: Nodes) => number };

const isPhrasingParent = (node: Nodes): node is Paragraph | Heading =>
  node.type === 'paragraph' || node.type === 'heading';

/** Code, addresses and titles are not read as Markdown: what was taken out of them goes back as it was typed. */
function restore(node: Nodes, pieces: Pieces): void {
  if (node.type === 'html') return;
  for (const key of ['value', 'url', 'alt', 'title', 'lang', 'meta', 'label', 'identifier'] as const) {
    const record = node as unknown as Record<string, unknown>;
    if (node.type !== 'text' && typeof record[key] === 'string') record[key] = asTyped(record[key], pieces);
  }
}

/** A formula as the site sets it, as code if it cannot, or nothing if it is empty. */
function maths(piece: Piece & { kind: 'maths' }, display: boolean, { note }: Tools): RootContent[] {
  const tex = display ? displayed(piece.tex) : inLine(piece.tex);
  if (tex === '') return [];
  const tried = tryTex(tex, display);
  if ('problem' in tried) {
    note(piece.line, `KaTeX cannot set ${inLine(piece.tex)}: ${tried.problem}; it stands as code`);
    return [display ? { type: 'code', lang: 'latex', value: piece.tex.trim() } : { type: 'inlineCode', value: tex }];
  }
  for (const change of tried.changes) note(piece.line, change);
  return [display ? { type: 'math', value: tried.tex } : { type: 'inlineMath', value: tried.tex }];
}

const commentText = (text: string): string => `/* ${text.replaceAll('*/', '* /')} */`;

/** In a line of text, a line break in a comment could start a block. */
const commentInLine = (text: string): string => commentText(text.replace(/\s+/g, ' '));

/** A piece as a part of a line of text. */
function asPhrasing(piece: Piece, tools: Tools): PhrasingContent[] {
  switch (piece.kind) {
    case 'maths':
      return maths(piece, false, tools) as PhrasingContent[];
    case 'code':
      return [{ type: 'inlineCode', value: piece.value.replace(/\s+/g, ' ').trim() }];
    case 'comment':
      return [{ type: 'mdxTextExpression', value: commentInLine(piece.text) }];
    case 'html':
      return [{ type: 'text', value: plainText(withoutHtml([{ type: 'html', value: piece.html }], () => {})) }].flatMap(
        (text) => phrasing(text as PhrasingContent, tools),
      );
    case 'anchor':
      return [jsxText('span', { id: piece.id }, [])];
    case 'node':
      return phrasing(piece.node, tools);
    case 'text':
      return piece.text === '' ? [] : [{ type: 'text', value: piece.text }];
  }
}

/** A piece that stands between paragraphs, if it is such a one. */
function asFlow(piece: Piece, { position }: Paragraph, tools: Tools): RootContent[] | undefined {
  if (piece.kind === 'maths' && piece.display) return maths(piece, true, tools);
  if (piece.kind === 'code') return [{ type: 'code', lang: piece.lang, value: piece.value }];
  if (piece.kind === 'html') {
    const nodes = withoutHtml([{ type: 'html', value: piece.html, ...(position && { position }) }], (message) =>
      tools.note(piece.line, message),
    );
    return flow(nodes, tools);
  }
  return undefined;
}

/** A node of a line of text, with every piece within put back. */
function phrasing(node: PhrasingContent, tools: Tools): PhrasingContent[] {
  restore(node, tools.pieces);
  if (node.type === 'text') {
    return parts(node.value, tools.pieces).flatMap((part) =>
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

/** The nodes of a paragraph, cut where a piece must stand between paragraphs. */
function paragraph(node: Paragraph, tools: Tools): RootContent[] {
  const [only, ...others] = node.children;
  const alone = only?.type === 'text' && others.length === 0 ? onlyPiece(only.value, tools.pieces) : undefined;
  if (alone?.kind === 'comment') return [{ type: 'mdxFlowExpression', value: commentText(alone.text) }];

  const result: RootContent[] = [];
  let line: PhrasingContent[] = [];
  const end = () => {
    const children = trimmed(line);
    line = [];
    if (children.length > 0) result.push({ ...node, children });
  };
  for (const child of node.children) {
    if (child.type !== 'text') {
      line.push(...phrasing(child, tools));
      continue;
    }
    for (const part of parts(child.value, tools.pieces)) {
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

/** Nodes that HTML has no word for wait as pieces while a paragraph is read as HTML. */
function heldBack(node: PhrasingContent, pieces: Pieces, line: number): PhrasingContent {
  const passes = ['text', 'html', 'emphasis', 'strong', 'delete', 'inlineCode', 'break', 'link', 'image'].includes(
    node.type,
  );
  if (!passes) return { type: 'text', value: hold(pieces, { kind: 'node', node, line, source: plainText(node) }) };
  if ('children' in node) {
    node.children = (node.children as PhrasingContent[]).map((child) =>
      heldBack(child, pieces, line),
    ) as typeof node.children;
  }
  restore(node, pieces);
  return node;
}

/** A paragraph, heading or cell with raw HTML in its line, as nodes without. */
function readHtml(children: readonly PhrasingContent[], line: number, { pieces, note }: Tools): RootContent[] {
  const held = children.map((child) => heldBack(child, pieces, line));
  const position = children.find((child) => child.position)?.position;
  return withoutHtml([{ type: 'paragraph', children: held, ...(position && { position }) }], (message) =>
    note(line, message),
  );
}

function hasHtml(node: Nodes): boolean {
  let found = false;
  visit(node, 'html', () => {
    found = true;
  });
  return found;
}

/** Flow nodes, with every piece put back and no raw HTML left. */
export function flow(nodes: readonly RootContent[], tools: Tools): RootContent[] {
  const result: RootContent[] = [];
  for (const node of nodes) {
    const line = tools.lineOf(node);
    restore(node, tools.pieces);
    if (node.type === 'html') {
      result.push(
        ...flow(
          withoutHtml([node], (message) => tools.note(line, message)),
          tools,
        ),
      );
    } else if (node.type === 'paragraph' && hasHtml(node)) {
      result.push(...flow(readHtml(node.children, line, tools), tools));
    } else if (node.type === 'paragraph') {
      const put = paragraph(node, tools);
      const heading = result.at(-1);
      const anchor = heading?.type === 'heading' ? loneAnchor(put) : undefined;
      if (anchor && heading?.type === 'heading') {
        result.splice(-1, 1, ...headingWithAnchors({ ...heading, children: [...heading.children, anchor] }));
      } else result.push(...put);
    } else if (node.type === 'heading') {
      result.push(...headingWithAnchors(lineOfText(node, line, tools)));
    } else if (node.type === 'tableCell' || (node.type as string) === 'defListTerm') {
      result.push(lineOfText(node as RootContent as Heading, line, tools));
    } else {
      if ('children' in node) node.children = flow(node.children as RootContent[], tools) as typeof node.children;
      result.push(node);
    }
  }
  return result;
}

/** A heading, table cell or term: one line of text, where nothing can stand between. */
function lineOfText(node: Heading, at: number, tools: Tools): Heading {
  const children = hasHtml(node)
    ? readHtml(node.children, at, tools).flatMap((child) => (isPhrasingParent(child) ? child.children : []))
    : node.children;
  const line: Heading = { ...node, children: trimmed(children.flatMap((child) => phrasing(child, tools))) };
  if ((node.type as string) === 'tableCell') withoutBars(line);
  return line;
}
