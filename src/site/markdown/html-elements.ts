/** Reads the HTML in posts in plain Markdown, which Markdown leaves as it is written. */
import type { Element, Properties } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import type { Html } from 'mdast';
import type { MdxJsxAttribute } from 'mdast-util-mdx-jsx';
import { find, html, svg } from 'property-information';
import type { Point } from 'unist';
import { visit } from 'unist-util-visit';
import { locationInText } from '../../math/index.ts';

/** An element of HTML: its attributes by their HTML names, and where it begins. */
export type HtmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly start: Pick<Point, 'line' | 'column'> | undefined;
};

/** The attributes of an element as HTML writes them; undefined stands for one without a value. */
function attributesOf(properties: Properties): [name: string, value: string | undefined][] {
  return Object.entries(properties).flatMap(([name, value]): [string, string | undefined][] => {
    if (value === null || value === undefined || value === false) return [];
    const known = find(name in html.property ? html : svg, name);
    if (Array.isArray(value)) return [[known.attribute, value.join(known.commaSeparated ? ', ' : ' ')]];
    return [[known.attribute, value === true ? undefined : String(value)]];
  });
}

/** The attributes of an element as those of a component. */
export const jsxAttributes = ({ properties }: Element): MdxJsxAttribute[] =>
  attributesOf(properties).map(([name, value]) => ({ type: 'mdxJsxAttribute', name, value: value ?? null }));

/** The elements that begin in a piece of HTML, which need not be closed in it. */
export function htmlElements({ value, position }: Html): HtmlElement[] {
  const found: HtmlElement[] = [];
  visit(fromHtml(value, { fragment: true }), 'element', (element) => {
    const offset = element.position?.start.offset;
    found.push({
      name: element.tagName,
      attributes: Object.fromEntries(attributesOf(element.properties).map(([name, text]) => [name, text ?? ''])),
      start: position && (offset === undefined ? position.start : locationInText(value, offset, position.start)),
    });
  });
  return found;
}
