/** Raw HTML becomes Markdown, read as a browser reads it; only elements that Markdown lacks stay, as JSX. */
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

/** `<name id="…">children</name>` in a line of text. */
export function jsxText(
  name: string,
  attributes: Record<string, string>,
  children: PhrasingContent[],
): MdxJsxTextElement {
  const entries = Object.entries(attributes);
  return {
    type: 'mdxJsxTextElement',
    name,
    attributes: entries.map(([key, value]) => ({ type: 'mdxJsxAttribute', name: key, value })),
    children,
  };
}

const textOf = (value: Element['properties'][string]): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** What an element holds, as text within a line: blocks give up their own. */
const inline = (nodes: readonly RootContent[]): PhrasingContent[] =>
  nodes.flatMap((node): PhrasingContent[] => {
    if (isPhrasing(node)) return node.type === 'break' ? [{ type: 'text', value: ' ' }] : [node];
    if ('children' in node) return inline(node.children as RootContent[]);
    return 'value' in node ? [{ type: 'text', value: String(node.value) }] : [];
  });

/** Keeps an element of a line of text with its `title`, as JSX. */
const kept: Handle = (state, element) => {
  const title = textOf(element.properties.title);
  return jsxText(element.tagName, title ? { title } : {}, inline(state.all(element) as RootContent[]));
};

/** Keeps a block element, as JSX. */
const keptBlock: Handle = (state, element) => {
  const node: MdxJsxFlowElement = {
    type: 'mdxJsxFlowElement',
    name: element.tagName,
    attributes: [],
    children: state.toFlow(state.all(element)) as MdxJsxFlowElement['children'],
  };
  return node;
};

/** An image with a caption in plain words is the site's figure; any other figure stays as it is. */
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
  return keptBlock(state, element, parent);
};

/** Opens an element; its id stays as an anchor since links lead to it, its class and style meant something to the old theme. */
const opened =
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

/** Drops what needs a script or another host; its address stays as a link. */
const dropped =
  (warn: Warn): Handle =>
  (_, element) => {
    const url = textOf(element.properties.src) ?? textOf(element.properties.data);
    warn(`<${element.tagName}> is left out${url ? '; a link to it stands in its place' : ''}`);
    return url ? { type: 'link', url, children: [{ type: 'text', value: url }] } : undefined;
  };

const known = ['sub', 'sup', 'kbd', 'mark', 'small', 'u', 'ins', 'abbr', 'cite', 'summary', 'figcaption'];
const unwanted =
  'iframe embed object video audio svg canvas form button input select textarea applet math dialog menu template frame frameset';

function handlers(warn: Warn): NonNullable<Options['handlers']> {
  const link: Handle = (state, element) => {
    const url = textOf(element.properties.href);
    if (url === undefined) return opened(warn)(state, element, undefined);
    return {
      type: 'link',
      url,
      title: textOf(element.properties.title) ?? null,
      children: inline(state.all(element) as RootContent[]),
    };
  };
  return {
    ...defListHastToMdast,
    ...Object.fromEntries(known.map((name) => [name, kept])),
    ...Object.fromEntries(unwanted.split(' ').map((name) => [name, dropped(warn)])),
    ...Object.fromEntries(['div', 'span', 'section', 'font'].map((name) => [name, opened(warn)])),
    details: keptBlock,
    figure,
    a: link,
  };
}

/** Markdown nodes with raw HTML among them, as Markdown nodes without. `warn` hears of what is left out. */
export function withoutHtml(children: readonly RootContent[], warn: Warn): RootContent[] {
  const root: Root = { type: 'root', children: [...children] };
  const processor = unified()
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeRemark, { handlers: handlers(warn), nodeHandlers: { comment: () => undefined } });
  const result = processor.runSync(root).children as RootContent[];
  // All come from the block that was read, whose line notes name.
  const position = children[0]?.position;
  for (const node of result) visit(node, (each) => void (position && Object.assign(each, { position })));
  return result;
}
