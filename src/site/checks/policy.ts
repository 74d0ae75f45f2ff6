/** Reports elements and attributes that the Content-Security-Policy would block, at their location in the post. */
import type { Nodes, Root } from 'hast';
import type { MdxJsxAttribute, MdxJsxExpressionAttribute } from 'mdast-util-mdx-jsx';
import type { Point } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from '../../math/index.ts';
import { isJsxElement } from '../../math/jsx.ts';
import { site } from '../config.ts';
import { policyViolations, type Tag } from '../security/policy-violations.ts';

/** `srcSet`, `xLinkHref` and `onClick` as HTML calls them. */
const htmlName = (name: string): string => name.toLowerCase().replace(/^xlink(?=href$)/, 'xlink:');

const stringLiteral = /^\s*(["'`])((?:(?!\1|\$\{)[^\\])*)\1\s*$/;

/** The static text of an attribute: a string, a constant expression, the source of a style; else empty. */
function textOf({ name, value }: MdxJsxAttribute): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return stringLiteral.exec(value.value)?.[2] ?? (name === 'style' ? value.value : '');
}

/** An element as in HTML; undefined for components and nodes that are no elements. */
function tagOf(node: Nodes): Tag | undefined {
  if (node.type === 'element') {
    const attributes = Object.entries(node.properties).map(([name, value]) => [
      htmlName(name),
      [value].flat().join(' '),
    ]);
    return { name: node.tagName, attributes: Object.fromEntries(attributes) };
  }
  if (!isJsxElement(node)) return undefined;
  if (!node.name || !/^[a-z]/.test(node.name)) return undefined;
  const named = node.attributes.filter((each): each is MdxJsxAttribute => each.type === 'mdxJsxAttribute');
  return {
    name: node.name.toLowerCase(),
    attributes: Object.fromEntries(named.map((each) => [htmlName(each.name), textOf(each)])),
  };
}

const spreadAttribute = (node: Nodes): MdxJsxExpressionAttribute | undefined =>
  'attributes' in node && Array.isArray(node.attributes)
    ? node.attributes.find((each): each is MdxJsxExpressionAttribute => each.type === 'mdxJsxExpressionAttribute')
    : undefined;

/** The text inside a node, with expressions as their source. */
const textIn = (node: Nodes): string =>
  'value' in node ? String(node.value) : 'children' in node ? node.children.map(textIn).join('') : '';

/** The properties of a JSX element in an expression that are read here. */
type Jsx = {
  type: string;
  name?: { name?: string };
  loc?: { start: Point };
  attributes?: { name?: { name?: string }; value?: { type: string; value?: unknown } | null }[];
};

/** The elements in an expression, `{list.map(() => <iframe … />)}`, with their locations. */
function elementsInExpression(node: unknown): { tag: Tag; start: Point | undefined }[] {
  if (node === null || typeof node !== 'object') return [];
  if (Array.isArray(node)) return node.flatMap(elementsInExpression);
  const { type, name, attributes = [], loc } = node as Jsx;
  const within = Object.entries(node).flatMap(([key, value]) => (key === 'loc' ? [] : elementsInExpression(value)));
  if (type !== 'JSXOpeningElement' || typeof name?.name !== 'string' || !/^[a-z]/.test(name.name)) return within;
  const own = attributes.map((each) => {
    const text = typeof each.value?.value === 'string' ? each.value.value : '';
    return [htmlName(each.name?.name ?? ''), text];
  });
  const start = loc && { line: loc.start.line, column: loc.start.column + 1 };
  return [{ tag: { name: name.name, attributes: Object.fromEntries(own) }, start }, ...within];
}

/** Rehype plugin. Reports each element and attribute that the site's policy would block. */
export function rehypePolicy() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node, _, parent) => {
      const start = node.position?.start;
      const check = (tag: Tag, place: Pick<Point, 'line' | 'column'> | undefined, around = '', text = '') => {
        for (const problem of policyViolations(tag, site, around, text)) report(file, place, problem);
      };
      if (node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression')
        for (const { tag, start: place } of elementsInExpression(node.data?.estree?.body)) check(tag, place ?? start);
      const tag = tagOf(node);
      if (tag === undefined) return undefined;
      // Half of a post's elements are formulas, which KaTeX writes.
      if (tag.attributes.classname === 'katex') return SKIP;
      if (spreadAttribute(node)) report(file, start, `<${tag.name}>: its attributes are spread; write them out`);
      check(tag, start, parent ? tagOf(parent)?.name : '', tag.name === 'style' ? textIn(node) : '');
      return undefined;
    });
  };
}
