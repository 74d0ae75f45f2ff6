/** Formats a post's citations and reference list in APA style with citeproc, all in one run to tell 2020a from 2020b. */
import { type CSL as Item, plugins } from '@citation-js/core';
import '@citation-js/plugin-csl';
import CSL, { type CitationItem, type Engine, type System } from 'citeproc';
import type { ElementContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import type { Link, PhrasingContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type {} from 'remark-rehype'; // types of data.hName and data.hProperties
import { escapeHtml } from '../escape-html.ts';
import { othersPlaceholder } from './bibliography.ts';
import { genre, locale, localeName } from './citation-locales.ts';
import type { Citation, Cite } from './citation-syntax.ts';

const { styles } = plugins.config.get('@csl');

/** APA, but with "Retrieved" before an address only if the entry has a date of access. */
const style = styles
  .get('apa')
  .replace(
    /(<text term="retrieved" [^>]*\/>)(<group delimiter=", "><date form="text" variable="accessed"\/>.*?<\/group>)/,
    '<choose><if variable="accessed"><group delimiter=" ">$1$2</group></if></choose>',
  );

/** Placeholders, made of noncharacters, for what the author wrote before and after a key. */
const placeholder = { before: '\uFDD5', after: '\uFDD6', end: '\uFDD7' };
const placeholders = /\uFDD5(\d+)\uFDD7\s*|\s*\uFDD6(\d+)\uFDD7/;

/** Page numbers or ranges, with or without a label such as "pp.". */
const pages =
  /^[,\s]*(?:(?:pp?|pages?)\.?\s*)?(\d+(?:\s*[-–—]+\s*\d+)?(?:,\s*\d+(?:\s*[-–—]+\s*\d+)?)*)(?![\p{L}\p{N}.])/iu;

/** Splits a suffix into the pages that it begins with (CSL's locator) and the rest. */
function splitLocator(suffix: readonly PhrasingContent[]): { locator?: string; rest: PhrasingContent[] } {
  const [first, ...others] = suffix;
  const match = first?.type === 'text' ? pages.exec(first.value) : null;
  if (first?.type !== 'text' || !match) return { rest: [...suffix] };
  const rest = first.value.slice(match[0].length);
  const locator = match[1]!.replace(/\s*[-–—]+\s*/g, '-');
  return { locator, rest: rest ? [{ type: 'text', value: rest }, ...others] : others };
}

/** The author's text beside a key, with one space between it and what the style prints. */
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

/** The id of a work in the reference list: `bib-glorot2010`. */
const entryId = (key: string): string => `bib-${key.toLowerCase()}`;

/** citeproc's HTML as Markdown nodes, with the author's text (`written`) for its placeholders; links only if `linking`. */
function nodesOf(html: string, written: readonly PhrasingContent[][], linking = true): PhrasingContent[] {
  const convert = (children: readonly ElementContent[]): PhrasingContent[] =>
    children.flatMap((child): PhrasingContent[] => {
      if (child.type === 'text') {
        return child.value.split(placeholders).flatMap((piece, i): PhrasingContent[] => {
          if (i % 3 === 0) return piece ? [{ type: 'text', value: piece }] : [];
          return piece === undefined ? [] : (written[Number(piece)] ?? []);
        });
      }
      if (child.type !== 'element') return [];
      const inner = convert(child.children);
      if (child.tagName !== 'a') {
        const data = { hName: child.tagName, hProperties: child.properties };
        return [{ type: 'emphasis', data, children: inner }];
      }
      return linking
        ? [{ type: 'link', url: String(child.properties.href), children: inner as Link['children'] }]
        : inner;
    });
  return convert(fromHtml(html, { fragment: true }).children as ElementContent[]);
}

/** Replaces the placeholder of `and others`, and the "and" before it, by the style's term: "et al." */
function replaceOthers(html: string, words: string): string {
  return html.replace(new RegExp(`(?: (?:&#38;|[^\\s,<>]+))? ?${othersPlaceholder}\\.?`, 'g'), ` ${words}`);
}

const anchor = (key: string, html: string): string => `<a href="#${escapeHtml(encodeURI(entryId(key)))}">${html}</a>`;

/** The works of a post, and the function that wraps each printed citation. */
type Source = { items: ReadonlyMap<string, Item>; wrap: (html: string, key: string) => string };

/** One engine for each language, since reading the style takes longer than printing a post. */
const engines = new Map<string, { engine: Engine; source: Source }>();

/** The engine of a language, reset for the works of `source`. */
function engineOf(language: string, source: Source): Engine {
  const name = localeName(language);
  const ready = engines.get(name) ?? createEngine(name, source);
  engines.set(name, ready);
  ready.source = source;
  ready.engine.updateItems([]);
  ready.engine.updateItems([...source.items.keys()]);
  return ready.engine;
}

function createEngine(name: string, first: Source): { engine: Engine; source: Source } {
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

/** Functions that format a post's citations and reference list; `items`: the works by key, `language`: a BCP 47 tag. */
export function createCitationFormatter(items: ReadonlyMap<string, Item>, language: string) {
  let rich: readonly boolean[] = [];
  const isRich = (slot: string): boolean => rich[Number(/\d+/.exec(slot)?.[0])] ?? false;
  // Text beside a key that has markup may contain links, so it stays outside of the citation's link.
  const wrap = (html: string, key: string): string => {
    const [, before = '', cite = '', after = ''] =
      /^(\uFDD5\d+\uFDD7\s*)?([\s\S]*?)(\s*\uFDD6\d+\uFDD7)?$/.exec(html) ?? [];
    const inner = (isRich(before) ? '' : before) + cite + (isRich(after) ? '' : after);
    return (isRich(before) ? before : '') + anchor(key, inner) + (isRich(after) ? after : '');
  };
  const engine = engineOf(language, { items, wrap });
  const etAl = engine.getTerm('et-al');

  const formatCluster = (
    cites: readonly Cite[],
    written: PhrasingContent[][],
    extra: Partial<CitationItem> = {},
  ): string => {
    const works = cites.map((cite, i): CitationItem => {
      const { locator, rest } = splitLocator(cite.suffix);
      const put = (side: 'before' | 'after', content: readonly PhrasingContent[]) => {
        const nodes = spaced(content, side);
        return plainText(nodes).trim() || nodes.some((node) => node.type !== 'text')
          ? `${placeholder[side]}${written.push(nodes) - 1}${placeholder.end}`
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
    return replaceOthers(engine.makeCitationCluster(works), etAl);
  };

  return {
    /** A citation; `linking`: with a link to the list, unless it is in a link itself. */
    citation({ cites, narrative }: Citation, linking: boolean): PhrasingContent[] {
      const written: PhrasingContent[][] = [];
      if (!narrative) return nodesOf(`(${formatCluster(cites, written)})`, written, linking);
      const [{ key }] = cites as [Cite];
      const author = formatCluster([{ ...cites[0]!, prefix: [], suffix: [] }], [], { 'author-only': true });
      const rest = formatCluster(cites, written, { 'suppress-author': true }).replace(/<\/?a\b[^>]*>/g, '');
      const whole = cites[0]!.suppressAuthor ? `(${rest})` : `${author} (${rest})`;
      return nodesOf(rich.some(Boolean) ? `${anchor(key, author)} (${rest})` : anchor(key, whole), written, linking);
    },
    /** The reference list: the id and content of each entry. */
    list(): { id: string; children: PhrasingContent[] }[] {
      const [{ entry_ids: keys }, entries] = engine.makeBibliography();
      return entries.map((html, i) => {
        const inner = /^\s*<div class="csl-entry">([\s\S]*)<\/div>\s*$/.exec(replaceOthers(html, etAl))![1]!;
        return { id: entryId(keys[i]![0]), children: nodesOf(linkUrls(inner), []) };
      });
    },
  };
}

/** HTML with the addresses in its text made links. */
function linkUrls(html: string): string {
  return html.replace(/https?:\/\/[^\s<>]+?(?=[.,;)]*(?:[\s<]|$))/g, (url) => `<a href="${url}">${url}</a>`);
}
