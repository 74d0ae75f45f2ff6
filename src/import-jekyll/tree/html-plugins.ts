/** Rehype plugins that prepare raw HTML for its conversion to Markdown: what Markdown cannot hold is moved, or noted. */
import type { Element, Nodes as HastNodes, Root as HastRoot } from 'hast';
import { toString as textOfHast } from 'hast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';
import { knownElements } from '../../site/checks/html.ts';
import type { NoteKind } from '../import-notes.ts';
import { textOf } from './jsx.ts';

export type Warn = (kind: NoteKind, message: string) => void;

/** Inline elements that are kept as JSX. */
export const keptTags = new Set(
  `abbr bdi bdo cite data dfn figcaption ins kbd mark meter progress q rp rt ruby samp small sub summary sup time u var`.split(
    ' ',
  ),
);
/** Elements that need a script or another host. */
export const dropped = new Set(
  'iframe embed object video audio canvas input select textarea applet dialog template frame frameset'.split(' '),
);

/** Notes for what plain code and a single image cannot hold. */
function noteLost(element: Element, warn: Warn): void {
  if (element.tagName === 'picture') {
    const others = element.children.some((child) => child.type === 'element' && child.properties.media !== undefined);
    if (others) warn('look', 'of a <picture> only the last image stays, the one for any screen');
  }
  if (element.tagName !== 'pre') return;
  visit(element, 'element', ({ tagName, properties }) => {
    const url = tagName === 'a' ? textOf(properties.href) : tagName === 'img' ? textOf(properties.src) : undefined;
    const what = tagName === 'a' ? 'link to' : 'image';
    if (url && !url.startsWith('#')) warn('html', `the ${what} ${url} in a <pre> is left out: code is plain text`);
  });
}

/** Rehype plugin: a note for each element that HTML does not have, and for what cannot stay in others. */
export const noteUnknown = (warn: Warn) => () => (tree: HastRoot) => {
  const seen = new Set<string>();
  visit(tree, (node: HastNodes) => {
    if (node.type === 'element') noteLost(node, warn);
    if (node.type === 'element' && (node.tagName === 'svg' || node.tagName === 'math')) return SKIP;
    if (node.type !== 'element' || knownElements.has(node.tagName) || dropped.has(node.tagName)) return undefined;
    if (seen.has(node.tagName)) return undefined;
    seen.add(node.tagName);
    const holds = textOfHast(node).trim() !== '';
    warn('html', `<${node.tagName}> is no element of HTML; ${holds ? 'its text stays' : 'it is left out'}`);
    return undefined;
  });
};

/** Elements whose id stays as an anchor inside: it may begin with text. */
const holdAnchor = new Set(
  'abbr b bdi bdo blockquote caption cite data dd del dfn dt em figcaption i ins kbd li mark p q s samp small strong sub summary sup td th time u var'.split(
    ' ',
  ),
);
/** Elements with an anchor in front. Of those in a table only cells can have one. */
const anchorBefore = new Set('code dl figure hr img ol pre table ul'.split(' '));

/** Rehype plugin: an id of an element that Markdown has without ids stays as an anchor, since links lead to it. */
export const keepAnchors = () => (tree: HastRoot) =>
  visit(tree, 'element', (element, index, parent) => {
    if (element.tagName === 'svg' || element.tagName === 'math') return SKIP;
    const { id, href } = element.properties;
    if (typeof id !== 'string' || id.startsWith('user-content-') || parent === undefined || index === undefined)
      return undefined;
    const anchor: Element = { type: 'element', tagName: 'span', properties: { id }, children: [] };
    if (holdAnchor.has(element.tagName)) element.children.unshift(anchor);
    else if (anchorBefore.has(element.tagName) || (element.tagName === 'a' && href !== undefined))
      parent.children.splice(index, 0, anchor);
    else return undefined;
    delete element.properties.id;
    return undefined;
  });

/** Rehype plugin: the caption of a table, for which Markdown has no place, stands above it. */
export const liftCaptions = () => (tree: HastRoot) =>
  visit(tree, 'element', (table, index, parent) => {
    const caption = table.children.find((child) => child.type === 'element' && child.tagName === 'caption');
    if (table.tagName !== 'table' || caption?.type !== 'element' || !parent || index === undefined) return undefined;
    table.children.splice(table.children.indexOf(caption), 1);
    parent.children.splice(index, 0, { ...caption, tagName: 'p' });
    return index + 2;
  });

/** Elements of other names for the same thing. */
const otherNames: Readonly<Record<string, string>> = { acronym: 'abbr', menu: 'ul', dir: 'ul' };

/** Rehype plugin: old elements by the names of today; `<pre lang="go">` is code in Go. */
export const plainNames = () => (tree: HastRoot) =>
  visit(tree, 'element', (element) => {
    element.tagName = otherNames[element.tagName] ?? element.tagName;
    const { lang } = element.properties;
    if (element.tagName !== 'pre' || typeof lang !== 'string') return;
    const properties = { className: [`language-${lang}`] };
    delete element.properties.lang;
    element.children = [{ type: 'element', tagName: 'code', properties, children: element.children }];
  });

const blocks = new Set(
  `address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
  header hr li main nav ol p pre section table td th ul`.split(/\s+/),
);
/** Blocks that hold blocks of their own kinds alone, so that a language stands around them. */
const structures = new Set(['dl', 'ol', 'pre', 'table', 'ul']);
/** Parts that a language can stand neither in nor around. */
const withoutText = new Set([
  'body',
  'caption',
  'col',
  'colgroup',
  'html',
  'img',
  'source',
  'tbody',
  'tfoot',
  'thead',
  'tr',
]);

/** Rehype plugin: the language, direction and title of an element that Markdown has without these stay, on an element in it or around it. */
export const keepLanguages = () => (tree: HastRoot) =>
  visit(tree, 'element', (element, index, parent) => {
    const { tagName, properties, children } = element;
    if (tagName === 'svg' || tagName === 'math') return SKIP;
    const isBlock = blocks.has(tagName);
    const { lang, dir } = properties;
    const isLine = children.every((child) => child.type !== 'element' || !blocks.has(child.tagName));
    const holdsTitle = isBlock ? isLine && !structures.has(tagName) && children.length > 0 : tagName !== 'a';
    const title = holdsTitle ? properties.title : undefined;
    // The site finds the directions of paragraphs itself.
    const turns = dir === 'rtl' || (dir === 'ltr' && !isBlock);
    if (![lang, title, turns ? dir : ''].some((each) => each)) return undefined;
    if (keptTags.has(tagName) || withoutText.has(tagName) || dropped.has(tagName) || !parent || index === undefined)
      return undefined;
    const around = { ...(lang && { lang }), ...(turns && { dir }), ...(title && { title }) };
    if (tagName === 'span' || (tagName === 'div' && !isLine)) return undefined;
    for (const name of Object.keys(around)) delete properties[name];
    if (isBlock && !structures.has(tagName)) {
      element.children = [{ type: 'element', tagName: isLine ? 'span' : 'div', properties: around, children }];
      return undefined;
    }
    const outer = isBlock ? 'div' : 'span';
    parent.children[index] = { type: 'element', tagName: outer, properties: around, children: [element] };
    return index;
  });
