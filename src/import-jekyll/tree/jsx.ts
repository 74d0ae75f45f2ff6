/** JSX for what HTML has and Markdown lacks, and blocks as a line of text. */
import type { Element, Nodes as HastNodes } from 'hast';
import type { List, PhrasingContent, RootContent, Table } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { phrasing as isPhrasing } from 'mdast-util-phrasing';
import { jsxAttributes } from '../../site/markdown/html-elements.ts';

/** Attributes by name; null for one without a value, undefined for one that is not there. */
export type JsxAttributes = Readonly<Record<string, string | null | undefined>>;

const attributesOf = (attributes: JsxAttributes): MdxJsxTextElement['attributes'] =>
  Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [{ type: 'mdxJsxAttribute', name, value }],
  );

/** An inline JSX element: `<name id="…">children</name>`. */
export const jsxText = (name: string, attributes: JsxAttributes, children: PhrasingContent[]): MdxJsxTextElement => ({
  type: 'mdxJsxTextElement',
  name,
  attributes: attributesOf(attributes),
  children,
});

/** A JSX element around blocks. */
export const jsxFlow = (name: string, attributes: JsxAttributes, children: RootContent[]): MdxJsxFlowElement => ({
  type: 'mdxJsxFlowElement',
  name,
  attributes: attributesOf(attributes),
  children: children as MdxJsxFlowElement['children'],
});

/** A JSX element around a line of text if its content is a single paragraph, else around blocks. */
export function jsxAround(name: string, attributes: JsxAttributes, blocks: RootContent[]): RootContent {
  const [only, ...others] = blocks;
  if (only === undefined) return jsxText(name, attributes, []);
  return only.type === 'paragraph' && others.length === 0
    ? jsxText(name, attributes, only.children)
    : jsxFlow(name, attributes, blocks);
}

/** The value of a property of HTML. */
export const textOf = (value: Element['properties'][string]): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** A line break that any line of text can hold. */
const lineBreak = (): PhrasingContent => jsxText('br', {}, []);
const isBreak = (node: PhrasingContent | undefined): boolean =>
  node?.type === 'mdxJsxTextElement' && node.name === 'br';

/** A list in a line of text. */
const listInLine = ({ ordered, start, children }: List): PhrasingContent => {
  const from = ordered && (start ?? 1) !== 1 ? String(start) : undefined;
  const items = children.map((item) => jsxText('li', {}, inline(item.children)));
  return jsxText(ordered ? 'ol' : 'ul', { start: from }, items);
};

/** Code in a line of text, each line for itself. */
const codeInLine = (code: string): PhrasingContent[] =>
  code
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line, i): PhrasingContent[] => [
      ...(i === 0 ? [] : [lineBreak()]),
      { type: 'inlineCode', value: line.trim() },
    ]);

/** A table in a line of text. */
const tableInLine = ({ children }: Table): PhrasingContent => {
  const rows = children.map((row, i) =>
    jsxText(
      'tr',
      {},
      row.children.map((cell) => jsxText(i === 0 ? 'th' : 'td', {}, cell.children)),
    ),
  );
  const isEmpty = children[0]?.children.every((cell) => cell.children.length === 0);
  return jsxText('table', {}, [jsxText('tbody', {}, isEmpty ? rows.slice(1) : rows)]);
};

/** Nodes as a line of text: what has no JSX is replaced by what it holds, with line breaks between blocks. */
export function inline(nodes: readonly RootContent[]): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  let isAfterBlock = false;
  for (const node of nodes) {
    const isBlock = !isPhrasing(node);
    const isSpace = node.type === 'text' && node.value.trim() === '';
    const put = isBlock ? blockInLine(node) : [node.type === 'break' ? lineBreak() : node];
    // JSX of a block stands on lines of its own.
    const isText = isBlock && !holdsItself.has(node.type);
    const needsBreak = isText || isAfterBlock;
    if (needsBreak && result.length > 0 && put.length > 0 && !isSpace && !isBreak(result.at(-1)) && !isBreak(put[0]))
      result.push(lineBreak());
    result.push(...put);
    if (!isSpace && put.length > 0) isAfterBlock = isText;
  }
  while (isBreak(result.at(-1))) result.pop();
  return result;
}

/** Blocks that become JSX in a line of text. */
const holdsItself = new Set(['list', 'table', 'blockquote', 'mdxJsxFlowElement']);

function blockInLine(node: RootContent): PhrasingContent[] {
  if (node.type === 'list') return [listInLine(node)];
  if (node.type === 'table') return [tableInLine(node)];
  if (node.type === 'blockquote') return [jsxText('blockquote', {}, inline(node.children))];
  if (node.type === 'mdxJsxFlowElement')
    return [{ ...node, type: 'mdxJsxTextElement', children: inline(node.children) }];
  if (node.type === 'code') return codeInLine(node.value);
  if ('children' in node) return inline(node.children as RootContent[]);
  return 'value' in node ? [{ type: 'text', value: String(node.value) }] : [];
}

/** Elements that no drawing of a post may hold: scripts, styles of the whole page, other pages. */
const unsafe = new Set(['script', 'style', 'foreignobject', 'iframe', 'a', 'image', 'audio', 'video']);

/** An element of SVG or MathML and all in it as JSX in a line; undefined if it cannot stand in a post. */
export function foreignElement(element: Element): MdxJsxTextElement | undefined {
  if (unsafe.has(element.tagName.toLowerCase())) return undefined;
  const attributes = jsxAttributes(element);
  if (attributes.some(({ name, value }) => /^on|[{}]/i.test(name) || String(value).includes('\uE000')))
    return undefined;
  const children: PhrasingContent[] = [];
  for (const child of element.children as HastNodes[]) {
    if (child.type === 'text' && child.value.trim() !== '')
      children.push({ type: 'text', value: child.value.replace(/\s+/g, ' ') });
    if (child.type !== 'element') continue;
    const inner = foreignElement(child);
    if (!inner) return undefined;
    children.push(inner);
  }
  return { type: 'mdxJsxTextElement', name: element.tagName, attributes, children };
}
