/** Converts a post's HTML for feed readers, which do not load the site's style sheets. */
import type { Element, ElementContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { toString as plainText } from 'hast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';
import { xmlText } from './xml-text.ts';

/** Classes of elements that only work on the page: KaTeX's HTML (MathML stays), anchors, hover content, figure footers. */
const forPageOnly = [
  'katex-html',
  'anchor',
  'behind',
  'claim-mark',
  'figure-foot',
  'octicon',
  'preview',
  'back-links',
  'symbols',
];
/** Attributes that a feed does not need: styles and behaviour of the page. */
const droppedAttributes = ['className', 'style', 'tabIndex', 'role', 'ariaDescribedBy', 'ariaLabel', 'interestfor'];
/** Attributes that hold one address. */
const addressAttributes = ['href', 'src', 'poster', 'data', 'cite'] as const;

function hasClass({ properties }: Element, ...names: string[]): boolean {
  const { className } = properties;
  return Array.isArray(className) && className.some((name) => names.includes(String(name)));
}

/** Maps a figure's name, such as `lockstep/spread`, to the address of its image. */
type ImageOf = (figure: string) => string;

/** The content of a figure with an image in place of its SVG. */
function imageAndCaption(figure: Element, imageOf: ImageOf): ElementContent[] {
  const { dataFigure, dataAlt } = figure.properties;
  const caption = figure.children.filter((child) => child.type === 'element' && child.tagName === 'figcaption');
  const properties = { src: imageOf(String(dataFigure)), alt: String(dataAlt ?? '') };
  return [{ type: 'element', tagName: 'img', properties, children: [] }, ...caption];
}

/** What replaces `element` in a feed; itself, possibly with other content, if it stays. */
function replacement(element: Element, imageOf: ImageOf): ElementContent[] {
  if (hasClass(element, ...forPageOnly) || ['style', 'script', 'link', 'annotation'].includes(element.tagName))
    return [];
  if (element.tagName === 'input') return [{ type: 'text', value: element.properties.checked ? '☑' : '☐' }];
  if (element.properties.dataFigure) element.children = imageAndCaption(element, imageOf);
  if (element.tagName === 'pre') {
    const code = { type: 'text' as const, value: plainText(element) };
    element.children = [{ type: 'element', tagName: 'code', properties: {}, children: [code] }];
  }
  return [element];
}

/** `address` resolved against the page's `url`; undefined if it is invalid, such as `http://localhost:PORT/`. */
const absoluteTo = (url: string, address: string): string | undefined => URL.parse(address, url)?.href;

/** Makes an element's addresses absolute; returns false if one of them is invalid. */
function makeAbsolute({ properties }: Element, url: string): boolean {
  for (const name of addressAttributes) {
    const address = properties[name];
    if (typeof address !== 'string') continue;
    const absolute = absoluteTo(url, address);
    if (absolute === undefined) return false;
    properties[name] = absolute;
  }
  const { srcSet } = properties;
  if (srcSet !== undefined && srcSet !== null) {
    // A candidate is an address and perhaps a width. The site's own addresses contain no commas.
    const candidates = String(srcSet)
      .split(/,\s+/)
      .map((each) => each.trim().split(/\s+/));
    properties.srcSet = candidates
      .map(([address = '', ...size]) => [absoluteTo(url, address) ?? '', ...size].join(' '))
      .join(', ');
  }
  return true;
}

/** Drawings, which images replace: most of a post's HTML, so they are removed before parsing. */
const drawings = /<div class="plot [^"]*"><svg[\s\S]*?<\/svg><\/div>/g;

/** `html` with absolute addresses (`url` is the post's), MathML only, images for drawings, and code as plain text. */
export function feedHtml(html: string, url: string, imageOf: ImageOf): string {
  const tree = fromHtml(html.replace(drawings, ''), { fragment: true });
  visit(tree, 'element', (element, index, parent) => {
    if (!parent || index === undefined) return undefined;
    const [kept] = replacement(element, imageOf);
    if (kept !== element) {
      parent.children.splice(index, 1, ...(kept ? [kept] : []));
      return [SKIP, kept ? index + 1 : index];
    }
    for (const name of Object.keys(element.properties)) {
      // Cells of numbered equations need their style for the width.
      if (name === 'style' && element.tagName === 'mtd') continue;
      if (droppedAttributes.includes(name) || /^(data|on)[A-Z]/.test(name)) delete element.properties[name];
    }
    if (!makeAbsolute(element, url)) {
      parent.children.splice(index, 1, ...element.children);
      return index;
    }
    // A span that has lost its attributes is unwrapped.
    if (element.tagName === 'span' && Object.keys(element.properties).length === 0) {
      parent.children.splice(index, 1, ...element.children);
      return index;
    }
    return undefined;
  });
  return xmlText(toHtml(tree));
}
