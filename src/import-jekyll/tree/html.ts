/** Converts raw HTML to Markdown, parsed as a browser parses it; some elements that Markdown lacks are kept as JSX. */
import type { Element, Nodes as HastNodes, Root as HastRoot } from 'hast';
import { toString as textOfHast } from 'hast-util-to-string';
import type { PhrasingContent, Root, RootContent } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { phrasing as isPhrasing } from 'mdast-util-phrasing';
import { toString as plainText } from 'mdast-util-to-string';
import rehypeRaw from 'rehype-raw';
import rehypeRemark, { type Options } from 'rehype-remark';
import { defListHastToMdast } from 'remark-definition-list';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import { knownElements } from '../../site/checks/html.ts';
import type { NoteKind } from '../import-notes.ts';
import { sizedImage } from './inline.ts';

type Handle = NonNullable<NonNullable<Options['handlers']>[string]>;
type Warn = (kind: NoteKind, message: string) => void;

/** An inline JSX element: `<name id="…">children</name>`. */
export function jsxText(
  name: string,
  attributes: Record<string, string>,
  children: PhrasingContent[],
): MdxJsxTextElement {
  return {
    type: 'mdxJsxTextElement',
    name,
    attributes: Object.entries(attributes).map(([key, value]) => ({ type: 'mdxJsxAttribute', name: key, value })),
    children,
  };
}

const textOf = (value: Element['properties'][string]): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** Flattens nodes to inline ones: a block is replaced by its inline content. */
const inline = (nodes: readonly RootContent[]): PhrasingContent[] =>
  nodes.flatMap((node): PhrasingContent[] => {
    if (isPhrasing(node)) return node.type === 'break' ? [{ type: 'text', value: ' ' }] : [node];
    if ('children' in node) return inline(node.children as RootContent[]);
    return 'value' in node ? [{ type: 'text', value: String(node.value) }] : [];
  });

/** Keeps an inline element and its `title`, as JSX. */
const keepInline: Handle = (state, element) => {
  const title = textOf(element.properties.title);
  return jsxText(element.tagName, title ? { title } : {}, inline(state.all(element) as RootContent[]));
};

/** Keeps a block element, as JSX. */
const keepBlock: Handle = (state, element) => {
  const node: MdxJsxFlowElement = {
    type: 'mdxJsxFlowElement',
    name: element.tagName,
    attributes: [],
    children: state.toFlow(state.all(element)) as MdxJsxFlowElement['children'],
  };
  return node;
};

/** One image with a plain-text caption becomes an image with a title, the site's figure; any other figure is kept as JSX. */
const figure: Handle = (state, element, parent) => {
  const nodes = state.all(element) as RootContent[];
  const caption = nodes.find((node) => node.type === 'mdxJsxTextElement' && node.name === 'figcaption');
  const [image, ...others] = inline(nodes).filter(
    (node) => node !== caption && plainText(node).trim() + node.type !== 'text',
  );
  const words = caption ? plainText(caption).replace(/\s+/g, ' ').trim() : '';
  const isPlain = caption && 'children' in caption && caption.children.every((child) => child.type === 'text');
  if (image?.type === 'image' && others.length === 0 && isPlain && !/[\uE000"]/.test(words)) {
    return { type: 'paragraph', children: [{ ...image, title: words }] };
  }
  return keepBlock(state, element, parent);
};

/** Replaces an element by its children. Its id stays as an anchor, since links lead to it; class and style are left out. */
const unwrap =
  (warn: Warn): Handle =>
  (state, element) => {
    const { id, name, className, style } = element.properties;
    if (/display\s*:\s*none/.test(textOf(style) ?? '')) {
      warn('look', `a <${element.tagName}> that the old blog hides is left out`);
      return undefined;
    }
    const anchor = textOf(id) ?? (element.tagName === 'a' ? textOf(name) : undefined);
    if (className !== undefined || style !== undefined) {
      const what = className === undefined ? 'style' : style === undefined ? 'class' : 'class and style';
      warn('look', `the ${what} of a <${element.tagName}> for the old theme is left out; what it holds stays`);
    }
    const isBlock = !['a', 'span', 'font', 'label', 'button'].includes(element.tagName);
    const children = isBlock ? state.toFlow(state.all(element)) : state.all(element);
    return anchor ? [jsxText('span', { id: anchor }, []), ...children] : children;
  };

/** Removes an element that needs a script or another host; its URL stays as a link. */
const drop =
  (warn: Warn): Handle =>
  (_, element) => {
    const source = element.children.find((child) => child.type === 'element' && child.tagName === 'source') as
      | Element
      | undefined;
    const url = [element.properties.src, element.properties.data, source?.properties.src]
      .map(textOf)
      .find((each) => each);
    warn('html', `<${element.tagName}> is left out${url ? '; a link to it stands in its place' : ''}`);
    return url ? { type: 'link', url, children: [{ type: 'text', value: url }] } : undefined;
  };

/** An image; one with a size is kept as JSX. */
const image: Handle = (_, element) => {
  const { src, dataSrc, alt, title, width, height, style } = element.properties;
  const url = textOf(src) || textOf(dataSrc);
  if (!url) return undefined;
  const styled = (name: string) =>
    new RegExp(`(?:^|;)\\s*(?:max-)?${name}\\s*:\\s*([\\d.]+(?:px|%|em|rem|vw)?)`).exec(textOf(style) ?? '')?.[1];
  const sizes = { width: textOf(width) ?? styled('width'), height: textOf(height) ?? styled('height') };
  const plain = { type: 'image', url, alt: textOf(alt) ?? '', title: textOf(title) ?? null } as const;
  const hasSize = [sizes.width, sizes.height].some((size) => /^\d/.test(size ?? '')) && sizes.width !== '100%';
  return hasSize ? sizedImage(plain, sizes) : plain;
};

/** A heading, whose id stays as an anchor. */
const heading: Handle = (state, element) => {
  const id = textOf(element.properties.id);
  const children = inline(state.all(element) as RootContent[]);
  return {
    type: 'heading',
    depth: Number(element.tagName[1]) as 1,
    children: id ? [jsxText('span', { id }, []), ...children] : children,
  };
};

/** Rehype plugin: a note for each element that HTML does not have. */
const noteUnknown = (warn: Warn) => () => (tree: HastRoot) => {
  const seen = new Set<string>();
  visit(tree, (node: HastNodes) => {
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
  'abbr b blockquote caption cite dd del dt em figcaption i ins kbd li mark p s small strong sub summary sup td th u var'.split(
    ' ',
  ),
);
/** Elements with an anchor in front. Of those in a table only cells can have one. */
const anchorBefore = new Set('code dl figure hr img ol pre table ul'.split(' '));

/** Rehype plugin: an id of an element that Markdown has without ids stays as an anchor, since links lead to it. */
const keepAnchors = () => (tree: HastRoot) =>
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
const liftCaptions = () => (tree: HastRoot) =>
  visit(tree, 'element', (table, index, parent) => {
    const caption = table.children.find((child) => child.type === 'element' && child.tagName === 'caption');
    if (table.tagName !== 'table' || caption?.type !== 'element' || !parent || index === undefined) return undefined;
    table.children.splice(table.children.indexOf(caption), 1);
    parent.children.splice(index, 0, { ...caption, tagName: 'p' });
    return index + 2;
  });

const keptTags = [
  'sub',
  'sup',
  'kbd',
  'mark',
  'small',
  'u',
  'ins',
  'abbr',
  'cite',
  'summary',
  'figcaption',
  'ruby',
  'rt',
  'rp',
];
const dropped = new Set(
  'iframe embed object video audio svg canvas form input select textarea applet math dialog menu template frame frameset'.split(
    ' ',
  ),
);

function handlers(warn: Warn): NonNullable<Options['handlers']> {
  const link: Handle = (state, element) => {
    const url = textOf(element.properties.href);
    if (url === undefined) return unwrap(warn)(state, element, undefined);
    return {
      type: 'link',
      url,
      title: textOf(element.properties.title) ?? null,
      children: inline(state.all(element) as RootContent[]),
    };
  };
  return {
    ...defListHastToMdast,
    ...Object.fromEntries(keptTags.map((name) => [name, keepInline])),
    ...Object.fromEntries([...dropped].map((name) => [name, drop(warn)])),
    ...Object.fromEntries(
      [
        'div',
        'span',
        'section',
        'font',
        'article',
        'aside',
        'main',
        'header',
        'footer',
        'nav',
        'center',
        'button',
        'label',
      ].map((name) => [name, unwrap(warn)]),
    ),
    ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, heading])),
    img: image,
    details: keepBlock,
    figure,
    a: link,
  };
}

/** Converts Markdown nodes that contain raw HTML to nodes without; `warn` gets a message for everything left out. */
export function convertHtml(children: readonly RootContent[], warn: Warn): RootContent[] {
  const root: Root = { type: 'root', children: [...children] };
  const processor = unified()
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(noteUnknown(warn))
    .use(liftCaptions)
    .use(keepAnchors)
    .use(rehypeRemark, { handlers: handlers(warn), nodeHandlers: { comment: () => undefined } });
  const result = processor.runSync(root).children as RootContent[];
  // Every node gets the position of the block it comes from, whose line the notes name.
  const position = children[0]?.position;
  for (const node of result) visit(node, (each) => void (position && Object.assign(each, { position })));
  return result;
}
