/** What the Content-Security-Policy would block is an error where it is written: no page shows a part of a post only. */
import type { Nodes, Root } from 'hast';
import type { MdxJsxAttribute, MdxJsxExpressionAttribute } from 'mdast-util-mdx-jsx';
import type { Point } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from '../../math/index.ts';
import { site } from '../config.ts';
import { forbiddenIn, type Tag } from '../forbidden.ts';

/** `srcSet`, `xLinkHref` and `onClick` as HTML calls them. */
const inHtml = (name: string): string => name.toLowerCase().replace(/^xlink(?=href$)/, 'xlink:');

const quoted = /^\s*(["'`])((?:(?!\1|\$\{)[^\\])*)\1\s*$/;

/** What an attribute holds: its text, the text of an expression that is one, the source of a style, nothing for what only runs later. */
function textOf({ name, value }: MdxJsxAttribute): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return quoted.exec(value.value)?.[2] ?? (name === 'style' ? value.value : '');
}

/** An element of any kind as HTML has it; undefined for components and what is no element. */
function tagOf(node: Nodes): Tag | undefined {
  if (node.type === 'element') {
    const attributes = Object.entries(node.properties).map(([name, value]) => [inHtml(name), String(value)]);
    return { name: node.tagName, attributes: Object.fromEntries(attributes) };
  }
  if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return undefined;
  if (!node.name || !/^[a-z]/.test(node.name)) return undefined;
  const named = node.attributes.filter((each): each is MdxJsxAttribute => each.type === 'mdxJsxAttribute');
  return {
    name: node.name.toLowerCase(),
    attributes: Object.fromEntries(named.map((each) => [inHtml(each.name), textOf(each)])),
  };
}

const spreads = (node: Nodes): MdxJsxExpressionAttribute | undefined =>
  'attributes' in node && Array.isArray(node.attributes)
    ? node.attributes.find((each): each is MdxJsxExpressionAttribute => each.type === 'mdxJsxExpressionAttribute')
    : undefined;

/** The text within, expressions as their source. */
const textIn = (node: Nodes): string =>
  'value' in node ? String(node.value) : 'children' in node ? node.children.map(textIn).join('') : '';

/** A JSX element within an expression, as far as it is looked at. */
type Jsx = {
  type: string;
  name?: { name?: string };
  loc?: { start: Point };
  attributes?: { name?: { name?: string }; value?: { type: string; value?: unknown } | null }[];
};

/** Elements that stand within an expression, `{list.map(() => <iframe … />)}`, with their places. */
function inExpression(node: unknown): { tag: Tag; start: Point | undefined }[] {
  if (node === null || typeof node !== 'object') return [];
  if (Array.isArray(node)) return node.flatMap(inExpression);
  const { type, name, attributes = [], loc } = node as Jsx;
  const within = Object.entries(node).flatMap(([key, value]) => (key === 'loc' ? [] : inExpression(value)));
  if (type !== 'JSXOpeningElement' || typeof name?.name !== 'string' || !/^[a-z]/.test(name.name)) return within;
  const own = attributes.map((each) => {
    const text = typeof each.value?.value === 'string' ? each.value.value : '';
    return [inHtml(each.name?.name ?? ''), text];
  });
  const start = loc && { line: loc.start.line, column: loc.start.column + 1 };
  return [{ tag: { name: name.name, attributes: Object.fromEntries(own) }, start }, ...within];
}

/** Rehype plugin. Reports each element and attribute that the policy of the site would block. */
export function rehypePolicy() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node, _, parent) => {
      const start = node.position?.start;
      const say = (tag: Tag, place: Pick<Point, 'line' | 'column'> | undefined, around = '', text = '') => {
        for (const problem of forbiddenIn(tag, site, around, text)) report(file, place, problem);
      };
      if (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression')
        for (const { tag, start: place } of inExpression(node.data?.estree?.body)) say(tag, place ?? start);
      const tag = tagOf(node);
      if (tag === undefined) return undefined;
      // Half of a post's elements are formulas, which KaTeX makes.
      if (tag.attributes.classname === 'katex') return SKIP;
      if (spreads(node)) report(file, start, `<${tag.name}>: its attributes are spread; write them out`);
      say(tag, start, parent ? tagOf(parent)?.name : '', tag.name === 'style' ? textIn(node) : '');
      return undefined;
    });
  };
}
