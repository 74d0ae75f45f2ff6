/** Citations and their list as the style prints them, by citeproc: all of a post in one run, so that 2020a is told from 2020b. */
import { type CSL as Item, plugins } from '@citation-js/core';
import '@citation-js/plugin-csl';
import CSL, { type CitationItem, type Engine, type System } from 'citeproc';
import type { Element, ElementContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import type { Link, PhrasingContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type {} from 'remark-rehype'; // types of data.hName and data.hProperties
import { others } from './bibliography.ts';
import { genre, locale, localeName } from './citation-locales.ts';
import type { Citation, Cite } from './citation-syntax.ts';

const { styles } = plugins.config.get('@csl');

/** APA, but that an address that was never said to be looked up is only given, without the word "Retrieved". */
const style = styles
  .get('apa')
  .replace(
    /(<text term="retrieved" [^>]*\/>)(<group delimiter=", "><date form="text" variable="accessed"\/>.*?<\/group>)/,
    '<choose><if variable="accessed"><group delimiter=" ">$1$2</group></if></choose>',
  );

/** Noncharacters, which no text holds: they stand for what the author wrote beside a key. */
const slot = { before: '\uFDD5', after: '\uFDD6', end: '\uFDD7' };
const slots = /\uFDD5(\d+)\uFDD7\s*|\s*\uFDD6(\d+)\uFDD7/;

/** A number of pages, or a range, after its label or alone. */
const page =
  /^[,\s]*(?:(?:pp?|pages?)\.?\s*)?(\d+(?:\s*[-–—]+\s*\d+)?(?:,\s*\d+(?:\s*[-–—]+\s*\d+)?)*)(?![\p{L}\p{N}.])/iu;

/** The pages that a suffix begins with, and what follows them. */
function located(suffix: readonly PhrasingContent[]): { locator?: string; rest: PhrasingContent[] } {
  const [first, ...others] = suffix;
  const match = first?.type === 'text' ? page.exec(first.value) : null;
  if (first?.type !== 'text' || !match) return { rest: [...suffix] };
  const rest = first.value.slice(match[0].length);
  const locator = match[1]!.replace(/\s*[-–—]+\s*/g, '-');
  return { locator, rest: rest ? [{ type: 'text', value: rest }, ...others] : others };
}

/** What the author wrote, with one space to what the style prints; dashes between numbers are those of a range. */
function spaced(content: readonly PhrasingContent[], side: 'before' | 'after'): PhrasingContent[] {
  const nodes = structuredClone(content) as PhrasingContent[];
  const at = side === 'before' ? nodes.length - 1 : 0;
  const edge = nodes[at];
  if (edge?.type !== 'text') nodes.splice(side === 'before' ? nodes.length : 0, 0, { type: 'text', value: ' ' });
  else if (side === 'before') edge.value = `${edge.value.trimEnd()} `;
  else edge.value = edge.value.replace(/^\s*(?![\s,.;:)\]])/, ' ');
  const outer = nodes.at(side === 'before' ? 0 : -1);
  if (outer?.type === 'text') outer.value = side === 'before' ? outer.value.trimStart() : outer.value.trimEnd();
  return nodes.filter((node) => node.type !== 'text' || node.value !== '');
}

/** An element as a node of the Markdown tree. */
function element(tagName: string, properties: Element['properties'], children: PhrasingContent[]): PhrasingContent {
  return { type: 'emphasis', data: { hName: tagName, hProperties: properties }, children };
}

/** What is told from its key: `#bib-glorot2010`. */
export const entryId = (key: string): string => `bib-${key.toLowerCase()}`;

/** HTML of the style as nodes of the Markdown tree, what the author wrote in its slots; links only if `linking`. */
function nodesOf(html: string, written: readonly PhrasingContent[][], linking = true): PhrasingContent[] {
  const convert = (children: readonly ElementContent[]): PhrasingContent[] =>
    children.flatMap((child): PhrasingContent[] => {
      if (child.type === 'text') {
        return child.value.split(slots).flatMap((piece, i): PhrasingContent[] => {
          if (i % 3 === 0) return piece ? [{ type: 'text', value: piece }] : [];
          return piece === undefined ? [] : (written[Number(piece)] ?? []);
        });
      }
      if (child.type !== 'element') return [];
      const inner = convert(child.children);
      if (child.tagName !== 'a') return [element(child.tagName, child.properties, inner)];
      return linking
        ? [{ type: 'link', url: String(child.properties.href), children: inner as Link['children'] }]
        : inner;
    });
  return convert(fromHtml(html, { fragment: true }).children as ElementContent[]);
}

/** `others` and the "and" before it as the style says it of many: "et al." */
function andOthers(html: string, words: string): string {
  return html.replace(new RegExp(`(?: (?:&#38;|[^\\s,<>]+))? ?${others}\\.?`, 'g'), ` ${words}`);
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const anchor = (key: string, html: string): string => `<a href="#${escaped(encodeURI(entryId(key)))}">${html}</a>`;

/** What the engine asks for while it prints. */
type Source = { items: ReadonlyMap<string, Item>; wrap: (html: string, key: string) => string };

/** One engine a language, since to read a style takes longer than to print a post. */
const engines = new Map<string, { engine: Engine; source: Source }>();

/** The engine of a language, which has forgotten what it printed before. */
function engineOf(language: string, source: Source): Engine {
  const name = localeName(language);
  const ready = engines.get(name) ?? make(name, source);
  engines.set(name, ready);
  ready.source = source;
  ready.engine.updateItems([]);
  ready.engine.updateItems([...source.items.keys()]);
  return ready.engine;
}

function make(name: string, first: Source): { engine: Engine; source: Source } {
  const system: System = {
    retrieveLocale: locale,
    retrieveItem: (id) => {
      const { genre: kind, ...item } = ready.source.items.get(id)!;
      const words = genre(kind, name);
      return { ...item, ...(words && { genre: words }), system_id: id };
    },
    wrapCitationEntry: (html, id) => ready.source.wrap(html, id),
  };
  const ready = { engine: new CSL.Engine(system, style, name, true), source: first };
  ready.engine.opt.development_extensions.apply_citation_wrapper = true;
  return ready;
}

/** Prints the citations of one post, of which `items` are the works; `language` is a BCP 47 tag. */
export function printer(items: ReadonlyMap<string, Item>, language: string) {
  let rich: readonly boolean[] = [];
  const isRich = (slot: string): boolean => rich[Number(/\d+/.exec(slot)?.[0])] ?? false;
  // What an author marked up beside a key may hold links, and stands outside of the link.
  const wrap = (html: string, key: string): string => {
    const [, before = '', cite = '', after = ''] =
      /^(\uFDD5\d+\uFDD7\s*)?([\s\S]*?)(\s*\uFDD6\d+\uFDD7)?$/.exec(html) ?? [];
    const inner = (isRich(before) ? '' : before) + cite + (isRich(after) ? '' : after);
    return (isRich(before) ? before : '') + anchor(key, inner) + (isRich(after) ? after : '');
  };
  const engine = engineOf(language, { items, wrap });
  const etAl = engine.getTerm('et-al');

  const cluster = (cites: readonly Cite[], written: PhrasingContent[][], extra: Partial<CitationItem> = {}): string => {
    const works = cites.map((cite, i): CitationItem => {
      const { locator, rest } = located(cite.suffix);
      const put = (side: 'before' | 'after', content: readonly PhrasingContent[]) => {
        const nodes = spaced(content, side);
        return plainText(nodes).trim() || nodes.some((node) => node.type !== 'text')
          ? `${slot[side]}${written.push(nodes) - 1}${slot.end}`
          : undefined;
      };
      const prefix = put('before', cite.prefix);
      const suffix = put('after', rest);
      return {
        id: cite.key,
        ...(locator && { locator, label: 'page' as const }),
        ...(prefix && { prefix }),
        ...(suffix && { suffix }),
        ...(cite.suppressAuthor && { 'suppress-author': true }),
        ...(i === 0 && extra),
      };
    });
    rich = written.map((nodes) => nodes.some((node) => node.type !== 'text'));
    return andOthers(engine.makeCitationCluster(works), etAl);
  };

  return {
    /** What a citation reads; with links to the list unless it stands in a link itself. */
    citation({ cites, narrative }: Citation, linking: boolean): PhrasingContent[] {
      const written: PhrasingContent[][] = [];
      if (!narrative) return nodesOf(`(${cluster(cites, written)})`, written, linking);
      const [{ key }] = cites as [Cite];
      const author = cluster([{ ...cites[0]!, prefix: [], suffix: [] }], [], { 'author-only': true });
      const rest = cluster(cites, written, { 'suppress-author': true }).replace(/<\/?a\b[^>]*>/g, '');
      const whole = cites[0]!.suppressAuthor ? `(${rest})` : `${author} (${rest})`;
      return nodesOf(rich.some(Boolean) ? `${anchor(key, author)} (${rest})` : anchor(key, whole), written, linking);
    },
    /** The list of references: the id and the content of each entry. */
    list(): { id: string; children: PhrasingContent[] }[] {
      const [{ entry_ids: keys }, entries] = engine.makeBibliography();
      return entries.map((html, i) => {
        const inner = /^\s*<div class="csl-entry">([\s\S]*)<\/div>\s*$/.exec(andOthers(html, etAl))![1]!;
        return { id: entryId(keys[i]![0]), children: nodesOf(addressed(inner), []) };
      });
    },
  };
}

/** Addresses in the text of HTML as links. */
function addressed(html: string): string {
  return html.replace(/https?:\/\/[^\s<>]+?(?=[.,;)]*(?:[\s<]|$))/g, (url) => `<a href="${url}">${url}</a>`);
}
