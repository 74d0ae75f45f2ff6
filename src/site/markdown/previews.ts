/**
 * Previews: what a link within the page leads to (a note, a work, an equation, a theorem, a figure), shown near the link
 * while a reader points at it or focuses it. A preview is a copy that stands beside its target, where compression makes
 * it almost free, once however many links lead there. It is hidden from screen readers, which meet the target itself.
 */
import type { Element, ElementContent, Root, RootContent } from 'hast';
import type { MdxJsxFlowElementHast, MdxJsxTextElementHast } from 'mdast-util-mdx-jsx';
import { CONTINUE, EXIT, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { attribute, isJsxElement, setAttribute } from '../../math/jsx.ts';
import { words } from '../i18n.ts';
import { decodeAddress } from '../links/safe-url.ts';

type Jsx = MdxJsxFlowElementHast | MdxJsxTextElementHast;

const previewId = (id: string): string => `preview-${id}`;

const hasClass = ({ properties: { className } }: Element, name: string): boolean =>
  Array.isArray(className) && className.includes(name);

/** Elements that a reader could operate, or that are no words, formulas or pictures. */
const omitted = ['details', 'input', 'audio', 'video', 'iframe', 'object', 'embed'];
/** Attributes that belong to the original alone. */
const own = ['id', 'tabIndex', 'role', 'ariaLabel', 'ariaDescribedBy'];

function copyJsx(node: Jsx): ElementContent[] {
  const isComponent = /^[A-Z]/.test(node.name ?? '');
  if (node.name === 'Claim' || node.name === 'a') return copyOf(node.children);
  if ((isComponent && node.name !== 'Value') || omitted.includes(node.name ?? '')) return [];
  const attributes = node.attributes.filter((each) => each.type !== 'mdxJsxAttribute' || each.name !== 'id');
  const copy = { ...node, attributes, children: copyOf(node.children) } as Jsx;
  if (node.name === 'Value') setAttribute(copy, 'bare', 'true');
  return [copy];
}

/** A copy without ids, links, components other than `<Value>`, and the MathML of formulas. */
function copyOf(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (isJsxElement(node)) return copyJsx(node as Jsx);
    if (node.type !== 'element') return [structuredClone(node)];
    const { tagName, properties } = node;
    if (omitted.includes(tagName) || hasClass(node, 'katex-mathml') || 'dataFootnoteBackref' in properties) return [];
    const children = copyOf(node.children);
    if (tagName === 'a') return children;
    const kept = Object.fromEntries(Object.entries(properties).filter(([name]) => !own.includes(name)));
    // Only figures hold captions.
    return [{ ...node, tagName: tagName === 'figcaption' ? 'p' : tagName, properties: kept, children }];
  });
}

const previewOf = (id: string, content: readonly ElementContent[], ...classes: string[]): Element => ({
  type: 'element',
  tagName: 'div',
  properties: { className: ['preview', ...classes], id: previewId(id), popover: 'hint', ariaHidden: 'true' },
  children: copyOf(content),
});

/** Whether a node is a component that draws its own preview. */
const isDrawn = (node: RootContent): node is Jsx => isJsxElement(node) && ['Chart', 'Frames'].includes(node.name ?? '');

/** The ids by which links may lead to a target; empty for what has no preview. */
function idsOf(node: RootContent): string[] {
  if (isJsxElement(node)) {
    const id = attribute(node, 'id');
    return id && /^(?:fig|thm)-/.test(id) && node.name !== 'Figure' ? [id] : [];
  }
  if (node.type !== 'element' || typeof node.properties.id !== 'string') return [];
  const { tagName, properties } = node;
  const lines = node.children.map((child) => (child.type === 'element' ? child.properties.id : undefined));
  if (hasClass(node, 'equation')) return [properties.id, ...lines].filter((id): id is string => typeof id === 'string');
  const isTarget =
    tagName === 'figure' || hasClass(node, 'csl-entry') || /^user-content-fn-/.test(properties.id as string);
  return isTarget && tagName !== 'sup' && tagName !== 'a' ? [properties.id as string] : [];
}

/** The links within the page, by the id they lead to; links within a target to itself are left out. */
function linksIn(tree: Root): Map<string, Element[]> {
  const links = new Map<string, Element[]>();
  const add = (node: RootContent | Root, around: readonly string[]): void => {
    const inside = node.type === 'root' ? around : [...around, ...idsOf(node)];
    if (node.type === 'element' && node.tagName === 'a') {
      const { href } = node.properties;
      const written = typeof href === 'string' && href.startsWith('#') ? href.slice(1) : '';
      // The ids of notes are encoded as their addresses are, those of others are not.
      for (const id of new Set([written, decodeAddress(written)]))
        if (id !== '' && !inside.includes(id)) links.set(id, [...(links.get(id) ?? []), node]);
    }
    if ('children' in node) for (const child of node.children) add(child as RootContent, inside);
  };
  add(tree, []);
  return links;
}

/** Whether anything of a copy is to be seen. */
function isEmpty(copy: Element): boolean {
  let empty = true;
  visit(copy, (node) => {
    if (
      node.type === 'text'
        ? node.value.trim() === ''
        : !['img', 'svg'].includes((node as Element).tagName ?? '') && (node as { name?: string }).name !== 'Value'
    )
      return undefined;
    empty = false;
    return EXIT;
  });
  return empty;
}

/** The links back from a target to each link that leads there; shown once a reader has followed one. */
function backLinks(id: string, links: readonly Element[]): Element {
  const back = links.flatMap((link, i): ElementContent[] => {
    link.properties.id ??= `from-${id}-${i + 1}`;
    const properties = { href: `#${link.properties.id}`, ariaLabel: words.text.backToReference(i + 1) };
    const value = i === 0 ? '↩' : `↩${i + 1}`;
    return [
      ...(i === 0 ? [] : [{ type: 'text' as const, value: ' ' }]),
      { type: 'element', tagName: 'a', properties, children: [{ type: 'text', value }] },
    ];
  });
  return { type: 'element', tagName: 'div', properties: { className: ['back-links'] }, children: back };
}

/** Rehype plugin: adds the previews, and their ids as `previews` to the front matter, for `previewRules`. */
export function rehypePreviews() {
  return (tree: Root, file: VFile): void => {
    const links = linksIn(tree);
    const added: string[] = [];
    visit(tree, (node, index, parent) => {
      if (node.type === 'root' || !parent || index === undefined) return undefined;
      const ids = idsOf(node);
      const leading = ids.flatMap((id) => links.get(id) ?? []);
      if (leading.length === 0) return undefined;
      const id = ids[0]!;
      const isInList = /^(?:user-content-fn|bib)-/.test(id);
      const connect = () => {
        for (const link of leading) link.properties.interestfor = previewId(id);
        added.push(previewId(id));
      };
      const beside = (...elements: Element[]): typeof CONTINUE | [typeof CONTINUE, number] => {
        // Lists hold nothing but their items, which hold what belongs to them.
        if (isInList) (node as Element).children.push(...elements);
        else parent.children.splice(index + 1, 0, ...elements);
        return isInList ? CONTINUE : [CONTINUE, index + 1 + elements.length];
      };
      if (isDrawn(node)) {
        setAttribute(node, 'preview', previewId(id));
        connect();
        return beside(backLinks(id, leading));
      }
      const isEquation = node.type === 'element' && hasClass(node, 'equation');
      const preview = previewOf(id, (node as Element).children, ...(isEquation ? ['equation'] : []));
      if (isEmpty(preview)) return undefined;
      connect();
      // Notes have links back already.
      return beside(preview, ...(id.startsWith('user-content-fn-') ? [] : [backLinks(id, leading)]));
    });
    const frontmatter = file.data.astro?.frontmatter;
    if (frontmatter) frontmatter.previews = added;
  };
}

/**
 * Style rules for browsers without `interestfor`, which opens a preview in others: they show the preview of a link that a
 * reader points at or focuses. Empty if there is no preview.
 */
export function previewRules(ids: readonly string[]): string {
  if (ids.length === 0) return '';
  const pointed = ':is(:hover,:focus-visible)';
  const quoted = ids.map((id) => `"${id.replace(/["\\<]/g, (mark) => `\\${mark.charCodeAt(0).toString(16)} `)}"`);
  // While nothing is pointed at, the first `:has` fails for all; otherwise browsers would search the post for each.
  const body = `.post-body:has([interestfor]${pointed})`;
  const shown = quoted.map((id) => `${body}:has([interestfor=${id}]${pointed}) [id=${id}]`);
  const rules = [
    `[interestfor]${pointed}{anchor-name:--preview}`,
    '.preview{position-anchor:--preview;animation:preview .3s step-end}',
    `${shown.join()}{display:block}`,
  ];
  return `@supports not selector(:interest-source){${rules.join('')}}`;
}
