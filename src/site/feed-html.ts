/** A post's HTML made fit for feed readers, which have no style sheet of ours. */
import type { Element, ElementContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { toString as plainText } from 'hast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';
import { xmlText } from './xml-text.ts';

/** What only works on the page itself: KaTeX's boxes (MathML stays), anchors, what appears on hover, figure footers. */
const forPageOnly = ['katex-html', 'anchor', 'behind', 'claim-mark', 'figure-foot', 'octicon'];
/** Attributes for styles and behaviour of the page. */
const dropped = ['className', 'style', 'tabIndex', 'role', 'ariaDescribedBy', 'ariaLabel'];
/** Attributes that hold one address. */
const addressed = ['href', 'src', 'poster', 'data', 'cite'] as const;

function hasClass({ properties }: Element, ...names: string[]): boolean {
  const { className } = properties;
  return Array.isArray(className) && className.some((name) => names.includes(String(name)));
}

/** The address of a figure's image, `lockstep/spread` being its name. */
type ImageOf = (figure: string) => string;

/** A drawn figure as the image of the same name, with its caption. */
function asImage(figure: Element, imageOf: ImageOf): ElementContent[] {
  const { dataFigure, dataAlt } = figure.properties;
  const caption = figure.children.filter((child) => child.type === 'element' && child.tagName === 'figcaption');
  const properties = { src: imageOf(String(dataFigure)), alt: String(dataAlt ?? '') };
  return [{ type: 'element', tagName: 'img', properties, children: [] }, ...caption];
}

/** What stands for `element` in a feed. */
function replacement(element: Element, imageOf: ImageOf): ElementContent[] {
  if (hasClass(element, ...forPageOnly) || ['style', 'script', 'link', 'annotation'].includes(element.tagName))
    return [];
  if (element.tagName === 'input') return [{ type: 'text', value: element.properties.checked ? '☑' : '☐' }];
  if (element.properties.dataFigure) element.children = asImage(element, imageOf);
  if (element.tagName === 'pre') {
    const code = { type: 'text' as const, value: plainText(element) };
    element.children = [{ type: 'element', tagName: 'code', properties: {}, children: [code] }];
  }
  return [element];
}

/** `address` as the page at `url` means it; undefined for what no browser could follow, such as `http://localhost:PORT/`. */
const absoluteTo = (url: string, address: string): string | undefined => URL.parse(address, url)?.href;

/** Makes an element's addresses absolute; false if one of them leads nowhere. */
function makeAbsolute({ properties }: Element, url: string): boolean {
  for (const name of addressed) {
    const address = properties[name];
    if (typeof address !== 'string') continue;
    const absolute = absoluteTo(url, address);
    if (absolute === undefined) return false;
    properties[name] = absolute;
  }
  const { srcSet } = properties;
  if (srcSet !== undefined && srcSet !== null) {
    // A candidate is an address and perhaps a width; addresses with commas in them are none of ours.
    const candidates = String(srcSet)
      .split(/,\s+/)
      .map((each) => each.trim().split(/\s+/));
    properties.srcSet = candidates
      .map(([address = '', ...size]) => [absoluteTo(url, address) ?? '', ...size].join(' '))
      .join(', ');
  }
  return true;
}

/** Drawings, which an image stands for: by far most of a post's HTML, so they go before it is parsed. */
const drawings = /<div class="plot [^"]*"><svg[\s\S]*?<\/svg><\/div>/g;

/** `html` with addresses absolute to the post's `url`; KaTeX reduced to MathML, drawings to images, code to text. */
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
      // Cells of numbered equations have their width by style.
      if (name === 'style' && element.tagName === 'mtd') continue;
      if (dropped.includes(name) || /^(data|on)[A-Z]/.test(name)) delete element.properties[name];
    }
    if (!makeAbsolute(element, url)) {
      parent.children.splice(index, 1, ...element.children);
      return index;
    }
    // What only carried a class says nothing any more.
    if (element.tagName === 'span' && Object.keys(element.properties).length === 0) {
      parent.children.splice(index, 1, ...element.children);
      return index;
    }
    return undefined;
  });
  return xmlText(toHtml(tree));
}
