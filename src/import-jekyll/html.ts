/** Converts raw HTML to Markdown, parsed as a browser parses it; some elements that Markdown lacks are kept as JSX. */
import type { Element } from 'hast';
import type { PhrasingContent, Root, RootContent } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import { phrasing as isPhrasing } from 'mdast-util-phrasing';
import { toString as plainText } from 'mdast-util-to-string';
import rehypeRaw from 'rehype-raw';
import rehypeRemark, { type Options } from 'rehype-remark';
import { defListHastToMdast } from 'remark-definition-list';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';

type Handle = NonNullable<NonNullable<Options['handlers']>[string]>;
type Warn = (message: string) => void;

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
    const anchor = textOf(id) ?? (element.tagName === 'a' ? textOf(name) : undefined);
    if (className !== undefined || style !== undefined) {
      const what = className === undefined ? 'style' : style === undefined ? 'class' : 'class and style';
      warn(`the ${what} of a <${element.tagName}> for the old theme is left out; what it holds stays`);
    }
    const isBlock = !['a', 'span', 'font'].includes(element.tagName);
    const children = isBlock ? state.toFlow(state.all(element)) : state.all(element);
    return anchor ? [jsxText('span', { id: anchor }, []), ...children] : children;
  };

/** Removes an element that needs a script or another host; its URL stays as a link. */
const drop =
  (warn: Warn): Handle =>
  (_, element) => {
    const url = textOf(element.properties.src) ?? textOf(element.properties.data);
    warn(`<${element.tagName}> is left out${url ? '; a link to it stands in its place' : ''}`);
    return url ? { type: 'link', url, children: [{ type: 'text', value: url }] } : undefined;
  };

const keptTags = ['sub', 'sup', 'kbd', 'mark', 'small', 'u', 'ins', 'abbr', 'cite', 'summary', 'figcaption'];
const droppedTags =
  'iframe embed object video audio svg canvas form button input select textarea applet math dialog menu template frame frameset';

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
    ...Object.fromEntries(droppedTags.split(' ').map((name) => [name, drop(warn)])),
    ...Object.fromEntries(['div', 'span', 'section', 'font'].map((name) => [name, unwrap(warn)])),
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
    .use(rehypeRemark, { handlers: handlers(warn), nodeHandlers: { comment: () => undefined } });
  const result = processor.runSync(root).children as RootContent[];
  // Every node gets the position of the block it comes from, whose line the notes name.
  const position = children[0]?.position;
  for (const node of result) visit(node, (each) => void (position && Object.assign(each, { position })));
  return result;
}
