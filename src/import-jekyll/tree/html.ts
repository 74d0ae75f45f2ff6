/** Converts raw HTML to Markdown, parsed as a browser parses it; some elements that Markdown lacks are kept as JSX. */
import type { Element, ElementContent } from 'hast';
import { toString as textOfHast } from 'hast-util-to-string';
import type { Blockquote, PhrasingContent, Root, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import rehypeRaw from 'rehype-raw';
import rehypeRemark, { type Options } from 'rehype-remark';
import { defListHastToMdast } from 'remark-definition-list';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import {
  dropped,
  keepAnchors,
  keepLanguages,
  keptTags,
  liftCaptions,
  noteUnknown,
  plainNames,
  type Warn,
} from './html-plugins.ts';
import { tableHandlers } from './html-tables.ts';
import { sizedImage } from './inline.ts';
import { foreignElement, inline, jsxFlow, jsxText, textOf } from './jsx.ts';

type Handle = NonNullable<NonNullable<Options['handlers']>[string]>;
type State = Parameters<Handle>[0];

/** The attributes of an inline element that mean something without the old theme, by their names in HTML and in the tree. */
const meaningful = {
  title: 'title',
  lang: 'lang',
  dir: 'dir',
  cite: 'cite',
  datetime: 'dateTime',
  value: 'value',
  min: 'min',
  max: 'max',
};
const meaningfulOf = ({ properties }: Element): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(meaningful).map(([name, property]) => [name, textOf(properties[property])]));

/** Keeps an inline element and its meaningful attributes, as JSX. */
const keepInline: Handle = (state, element) =>
  jsxText(element.tagName, meaningfulOf(element), inline(state.all(element) as RootContent[]));

/** What an element holds as blocks; its caption is one of its own, since no paragraph can hold it. */
function blocksOf(state: State, nodes: RootContent[]): RootContent[] {
  const at = nodes.findIndex(
    (node) => node.type === 'mdxJsxTextElement' && /^(?:summary|figcaption)$/.test(node.name!),
  );
  if (at < 0) return state.toFlow(nodes as never) as RootContent[];
  const caption: RootContent = { type: 'paragraph', children: [nodes[at] as PhrasingContent] };
  return [...blocksOf(state, nodes.slice(0, at)), caption, ...blocksOf(state, nodes.slice(at + 1))];
}

/** Keeps a block element, as JSX. */
const keepBlock: Handle = (state, element) => {
  const open = element.tagName === 'details' && element.properties.open ? { open: null } : {};
  const { lang, dir, cite } = meaningfulOf(element);
  const blocks = blocksOf(state, state.all(element) as RootContent[]);
  return jsxFlow(element.tagName, { ...open, lang, dir, cite }, blocks);
};

/** One image with a plain-text caption becomes an image with a title, the site's figure; any other figure is kept as JSX. */
const figure: Handle = (state, element) => {
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
  return jsxFlow('figure', {}, blocksOf(state, nodes));
};

/** Replaces an element by its children. Its id stays as an anchor, since links lead to it; class and style are left out. */
const unwrap =
  (warn: Warn): Handle =>
  (state, element, parent) => {
    const formula = setFormula(element);
    if (formula) return formula as ReturnType<Handle>;
    const { id, name, className, style, color } = element.properties;
    if (/display\s*:\s*none/.test(textOf(style) ?? '')) {
      warn('look', `a <${element.tagName}> that the old blog hides is left out`);
      return undefined;
    }
    const anchor = textOf(id) ?? (element.tagName === 'a' ? textOf(name) : undefined);
    if (className !== undefined || style !== undefined) {
      const what = className === undefined ? 'style' : style === undefined ? 'class' : 'class and style';
      warn('look', `the ${what} of a <${element.tagName}> for the old theme is left out; what it holds stays`);
    }
    if (color !== undefined) warn('look', `the colour ${textOf(color)} of a <${element.tagName}> is left out`);
    const { title, lang, dir } = meaningfulOf(element);
    if (element.tagName === 'span' && (title ?? lang ?? dir) !== undefined)
      return jsxText('span', { id: anchor, title, lang, dir }, inline(state.all(element) as RootContent[]));
    if (element.tagName === 'div' && (lang ?? dir) !== undefined) return keepBlock(state, element, parent);
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
    const title = textOf(element.properties.title)?.trim();
    return url ? { type: 'link', url, children: [{ type: 'text', value: title || url }] } : undefined;
  };

/** The TeX of which KaTeX has made MathML. */
const texOf = (element: Element): string | undefined => {
  let tex: string | undefined;
  visit(element, 'element', (each) => {
    if (each.tagName === 'annotation' && each.properties.encoding === 'application/x-tex') tex = textOfHast(each);
  });
  return tex;
};

/** A formula that KaTeX has set is that formula again. */
const setFormula = (element: Element): RootContent | undefined => {
  const classes = [element.properties.className].flat();
  if (!classes.includes('katex') && !classes.includes('katex-display')) return undefined;
  const value = texOf(element)?.trim();
  return value ? { type: classes.includes('katex-display') ? 'math' : 'inlineMath', value } : undefined;
};

/** A drawing or a formula of MathML stays, as JSX; one with a script, a style or a link in it is left out. */
const foreign =
  (warn: Warn): Handle =>
  (state, element, parent) =>
    foreignElement(element) ?? drop(warn)(state, element, parent);

/** A part of an image that is a link. */
const area: Handle = (_, { properties }) => {
  const url = textOf(properties.href);
  return url ? { type: 'link', url, children: [{ type: 'text', value: textOf(properties.alt) || url }] } : undefined;
};

/** A quotation; as JSX if it says where it comes from. */
const quotation: Handle = (state, element, parent) =>
  element.properties.cite
    ? keepBlock(state, element, parent)
    : { type: 'blockquote', children: state.toFlow(state.all(element)) as Blockquote['children'] };

/** What was struck out; as JSX if it says when and why. */
const del: Handle = (state, element, parent) => {
  const { cite, datetime } = meaningfulOf(element);
  return cite || datetime
    ? keepInline(state, element, parent)
    : { type: 'delete', children: inline(state.all(element) as RootContent[]) };
};

/** A link that Markdown finds in a text by itself. */
const isBareLink = (node: ElementContent): boolean =>
  node.type === 'element' && node.tagName === 'a' && (textOf(node.properties.href) ?? '').endsWith(textOfHast(node));

/** Code with other elements in it is kept as JSX: code of Markdown is plain text. */
const code: Handle = (state, element, parent) => {
  if (!element.children.every((child) => child.type === 'text' || isBareLink(child)))
    return keepInline(state, element, parent);
  const value = textOfHast(element).replace(/\s+/g, ' ').trim();
  return value === '' ? undefined : { type: 'inlineCode', value };
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
    ...Object.fromEntries([...keptTags].map((name) => [name, keepInline])),
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
        'form',
        'map',
      ].map((name) => [name, unwrap(warn)]),
    ),
    ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, heading])),
    ...tableHandlers,
    svg: foreign(warn),
    math: foreign(warn),
    area,
    code,
    del,
    img: image,
    details: keepBlock,
    figure,
    blockquote: quotation,
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
    .use(plainNames)
    .use(keepLanguages)
    .use(liftCaptions)
    .use(keepAnchors)
    .use(rehypeRemark, { handlers: handlers(warn), nodeHandlers: { comment: () => undefined } });
  const result = processor.runSync(root).children as RootContent[];
  // Every node gets the position of the block it comes from, whose line the notes name.
  const position = children[0]?.position;
  for (const node of result) visit(node, (each) => void (position && Object.assign(each, { position })));
  return result;
}
