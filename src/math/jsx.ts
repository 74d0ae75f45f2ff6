/** Attributes of JSX elements in a post: plain strings, read and written. */
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx';

export type JsxElement = MdxJsxFlowElement | MdxJsxTextElement;

/** The attribute's text; undefined if it is missing or an expression. */
export function attribute(element: JsxElement, name: string): string | undefined {
  for (const each of element.attributes) {
    if (each.type === 'mdxJsxAttribute' && each.name === name && typeof each.value === 'string') return each.value;
  }
  return undefined;
}

/** Gives the element `name="value"` in place of what it had under that name. */
export function setAttribute(element: JsxElement, name: string, value: string): void {
  element.attributes = element.attributes.filter((each) => each.type !== 'mdxJsxAttribute' || each.name !== name);
  element.attributes.push({ type: 'mdxJsxAttribute', name, value });
}
