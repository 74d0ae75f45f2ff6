/** Reads and writes string attributes of JSX elements in a post. */
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx';

export type JsxElement = MdxJsxFlowElement | MdxJsxTextElement;

type WithAttributes = Pick<JsxElement, 'attributes'>;

/** The string value of an attribute; undefined if it is missing or an expression. */
export function attribute(element: WithAttributes, name: string): string | undefined {
  for (const each of element.attributes) {
    if (each.type === 'mdxJsxAttribute' && each.name === name && typeof each.value === 'string') return each.value;
  }
  return undefined;
}

/** Sets the attribute `name="value"`, replacing any with the same name. */
export function setAttribute(element: WithAttributes, name: string, value: string): void {
  element.attributes = element.attributes.filter((each) => each.type !== 'mdxJsxAttribute' || each.name !== name);
  element.attributes.push({ type: 'mdxJsxAttribute', name, value });
}

/** Whether a node of a post's tree is a JSX element, in a line or on lines of its own. */
export const isJsxElement = <T extends { readonly type: string }>(
  node: T,
): node is Extract<T, { readonly type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }> =>
  node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
