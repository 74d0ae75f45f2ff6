/** Finds the citations of a post, looks up their entries, and inserts what `format-citations.ts` makes of them, with links. */
import type { CSL as Item } from '@citation-js/core';
import type { Image, Nodes, Parents, PhrasingContent, Root, RootContent, Text } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx';
import { toString as plainText } from 'mdast-util-to-string';
import type {} from 'remark-rehype'; // types of data.hName and data.hProperties
import type { VFile } from 'vfile';
import { nearestName } from '../../lab/did-you-mean.ts';
import { report } from '../../math/index.ts';
import { isJsxElement } from '../../math/jsx.ts';
import { site } from '../config.ts';
import { words } from '../i18n.ts';
import {
  type Bibliography,
  BibliographyError,
  bibliographyOf,
  noBibliography,
  unknownKeyMessage,
} from './bibliography.ts';
import { type Cite, parseCitations } from './citation-syntax.ts';
import { createCitationFormatter } from './format-citations.ts';

declare module 'vfile' {
  interface DataMap {
    /** The list of references that follows the text of the post. */
    references: RootContent[];
  }
}

/** A word that looks like a citation key, not the name of a person or package: it has a year. */
const keyWithYear = /^\p{L}[\p{L}:_-]*(?:1[5-9]|20)\d\d/u;

/** A node, or an image's text, that contains citations; `linking` is false within a link. */
type Holder = { children: PhrasingContent[]; linking: boolean };

const isLink = (node: Nodes): boolean =>
  node.type === 'link' || node.type === 'linkReference' || ('name' in node && node.name === 'a');

/** Lookup in a post's bibliography, which is read at the first key; its errors are reported there. */
function createLookup(file: VFile) {
  let bibliography: Bibliography | undefined;
  let broken = false;
  const get = (place: Cite['place']): Bibliography => {
    try {
      bibliography ??= bibliographyOf(file);
    } catch (error) {
      if (!(error instanceof BibliographyError)) throw error;
      report(file, place, error.message);
      broken = true;
      bibliography = noBibliography;
    }
    return bibliography;
  };
  return {
    /** Whether a key outside of brackets exists; reports likely misspellings. */
    known: (key: string, place: Cite['place']): boolean => {
      if (get(place).has(key)) return true;
      const guess = place && keyWithYear.test(key) ? nearestName(key, get(place).keys) : undefined;
      if (guess !== undefined)
        report(file, place, `@${key}: no such entry; did you mean @${guess}? For the text itself write \\@${key}`);
      return false;
    },
    /** The entry of a citation; reports if there is none or it is invalid. */
    item: ({ key, place }: Cite): Item | undefined => {
      try {
        if (get(place).has(key)) return get(place).item(key);
        if (!broken) report(file, place, unknownKeyMessage(key, file, get(place)));
      } catch (error) {
        if (!(error instanceof BibliographyError)) throw error;
        report(file, place, `[@${key}]: ${error.message}`);
      }
      return undefined;
    },
  };
}

type Lookup = ReturnType<typeof createLookup>;

/** Replaces the citations in all texts by nodes. Returns what contains them, and steps to run once they are printed. */
function parseAll(tree: Root, file: VFile, { known }: Lookup): { holders: Holder[]; after: (() => void)[] } {
  const holders: Holder[] = [];
  const after: (() => void)[] = [];
  const problem = (place: Cite['place'], message: string) => report(file, place, message);
  const parseImageText = (image: Image, field: 'alt' | 'title') => {
    const value = image[field];
    if (!value?.includes('@')) return;
    const text: Text = { type: 'text', value, position: { start: image.position!.start, end: image.position!.start } };
    const children = parseCitations([text], file, known, problem);
    if (!children) return;
    const holder = { children, linking: false };
    holders.push(holder);
    after.push(() => {
      image[field] = plainText(holder.children);
    });
  };
  const walk = (node: Parents, linking: boolean, above?: Cite['place']): void => {
    const around = node.position?.start ?? above;
    const texts = node.children.some((child) => child.type === 'text' && child.value.includes('@'));
    const children = texts
      ? parseCitations(node.children as PhrasingContent[], file, known, problem, around)
      : undefined;
    for (const child of node.children) {
      if ('children' in child) walk(child, linking && !isLink(child), around);
      if (child.type === 'image') for (const field of ['alt', 'title'] as const) parseImageText(child, field);
      if (isJsxElement(child)) checkAttributes(child, file, known);
    }
    if (!children) return;
    node.children = children as typeof node.children;
    holders.push({
      linking,
      get children() {
        return node.children as PhrasingContent[];
      },
      set children(to) {
        node.children = to as typeof node.children;
      },
    });
  };
  walk(tree, true);
  return { holders, after };
}

/** Reports citations in attributes, where they are not supported. */
function checkAttributes(element: MdxJsxFlowElement | MdxJsxTextElement, file: VFile, known: Lookup['known']): void {
  for (const each of element.attributes) {
    if (each.type !== 'mdxJsxAttribute' || typeof each.value !== 'string') continue;
    for (const [cited, key] of each.value.matchAll(/\[[^[\]@]*@([\p{L}\p{N}_:.-]*[\p{L}\p{N}_])[^[\]]*\]/gu)) {
      if (!known(key!, undefined)) continue;
      const problem = `${cited} stands in ${each.name}="…", which shows no citations; write it between the tags, or beside them`;
      report(file, element.position?.start, problem);
    }
  }
}

/** The reference list with its heading. */
function referenceList(entries: readonly { id: string; children: PhrasingContent[] }[]): RootContent[] {
  const text = (value: string): PhrasingContent => ({ type: 'text', value });
  const block = (hProperties: Record<string, unknown>, children: PhrasingContent[]): RootContent => ({
    type: 'paragraph',
    data: { hName: 'div', hProperties: hProperties as Record<string, string> },
    children,
  });
  const lines = entries.flatMap(({ id, children }) => [
    text('\n  '),
    block({ className: ['csl-entry'], id }, children) as PhrasingContent,
  ]);
  const heading = { hProperties: { id: 'references' } };
  return [
    { type: 'heading', depth: 2, data: heading, children: [{ type: 'text', value: words.text.references }] },
    block({ id: 'refs', className: ['references', 'csl-bib-body'] }, [...lines, text('\n')]),
  ];
}

/**
 * Remark plugin: formats citations in Pandoc's syntax from `references.bib` beside the post or above, in APA style. Reports missing
 * keys, and entries and citations that cannot be read.
 */
export function remarkCitations() {
  return (tree: Root, file: VFile): void => {
    const lookup = createLookup(file);
    const { holders, after } = parseAll(tree, file, lookup);
    const citations = holders.flatMap(({ children }) => children.filter((node) => node.type === 'citation'));
    if (citations.length === 0) return;

    const items = new Map<string, Item>();
    const missing = new Set<string>();
    for (const cite of citations.flatMap(({ cites }) => cites)) {
      if (items.has(cite.key)) continue;
      const item = lookup.item(cite);
      if (item) items.set(cite.key, item);
      else missing.add(cite.key);
    }
    const print = createCitationFormatter(items, site.language);
    let count = 0;
    const printed = (children: readonly PhrasingContent[], linking: boolean): PhrasingContent[] =>
      children.flatMap((node): PhrasingContent[] => {
        if (node.type !== 'citation') return [node];
        const keys = node.cites.map(({ key }) => key);
        if (keys.some((key) => missing.has(key))) return [{ type: 'text', value: `[${keys.join('; ')}]` }];
        count += 1;
        const id = `citation--${keys.map((key) => key.toLowerCase()).join('--')}--${count}`;
        const content = print.citation(node, linking);
        return [{ type: 'emphasis', data: { hName: 'span', hProperties: { id } }, children: content }];
      });
    for (const holder of holders) holder.children = printed(holder.children, holder.linking);
    for (const each of after) each();
    if (items.size > 0) file.data.references = referenceList(print.list());
  };
}

/** Remark plugin, after those that read the post's own text: appends the reference list. */
export function remarkReferenceList() {
  return (tree: Root, { data }: VFile): void => {
    tree.children.push(...(data.references ?? []));
  };
}
