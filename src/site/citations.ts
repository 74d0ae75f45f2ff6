/** Citations: `[@glorot2010]` reads "(Glorot & Bengio, 2010)" and leads to the list of references after the text. */
import type { CSL as Item } from '@citation-js/core';
import type { Image, Nodes, Parents, PhrasingContent, Root, RootContent, Text } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx';
import { toString as plainText } from 'mdast-util-to-string';
import type {} from 'remark-rehype'; // types of data.hName and data.hProperties
import type { VFile } from 'vfile';
import { report } from '../math/index.ts';
import {
  type Bibliography,
  BibliographyError,
  bibliographyOf,
  nearestKey,
  noBibliography,
  unknown,
} from './bibliography.ts';
import { printer } from './citation-style.ts';
import { type Cite, withCitations } from './citation-syntax.ts';
import { site } from './config.ts';
import { words } from './words.ts';

declare module 'vfile' {
  interface DataMap {
    /** The list of references that follows the text of the post. */
    references: RootContent[];
  }
}

/** A key that looks like one, not like the name of a person or a package: it has a year. */
const dated = /^\p{L}[\p{L}:_-]*(?:1[5-9]|20)\d\d/u;

/** What a citation is part of; within a link it can hold none. */
type Holder = { children: PhrasingContent[]; linking: boolean };

const isLink = (node: Nodes): boolean =>
  node.type === 'link' || node.type === 'linkReference' || ('name' in node && node.name === 'a');

/** The bibliography of a post, read when the first key asks for it; what is wrong with it is reported there. */
function lookUp(file: VFile) {
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
    /** Whether a key of a sentence is one; reports what is almost one. */
    known: (key: string, place: Cite['place']): boolean => {
      if (get(place).has(key)) return true;
      const guess = place && dated.test(key) ? nearestKey(key, get(place)) : undefined;
      if (guess !== undefined)
        report(file, place, `@${key}: no such entry; did you mean @${guess}? For the text itself write \\@${key}`);
      return false;
    },
    /** The entry of a citation; reports that there is none, or what is wrong with it. */
    item: ({ key, place }: Cite): Item | undefined => {
      try {
        if (get(place).has(key)) return get(place).item(key);
        if (!broken) report(file, place, unknown(key, file, get(place)));
      } catch (error) {
        if (!(error instanceof BibliographyError)) throw error;
        report(file, place, `[@${key}]: ${error.message}`);
      }
      return undefined;
    },
  };
}

type LookUp = ReturnType<typeof lookUp>;

/** Finds the citations in texts, wherever they stand, and puts nodes in their places. */
function find(tree: Root, file: VFile, { known }: LookUp): { holders: Holder[]; after: (() => void)[] } {
  const holders: Holder[] = [];
  const after: (() => void)[] = [];
  const problem = (place: Cite['place'], message: string) => report(file, place, message);
  const inWords = (image: Image, field: 'alt' | 'title') => {
    const value = image[field];
    if (!value?.includes('@')) return;
    const text: Text = { type: 'text', value, position: { start: image.position!.start, end: image.position!.start } };
    const children = withCitations([text], file, known, problem);
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
      ? withCitations(node.children as PhrasingContent[], file, known, problem, around)
      : undefined;
    for (const child of node.children) {
      if ('children' in child) walk(child, linking && !isLink(child), around);
      if (child.type === 'image') for (const field of ['alt', 'title'] as const) inWords(child, field);
      if (child.type === 'mdxJsxFlowElement' || child.type === 'mdxJsxTextElement') attributes(child, file, known);
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

/** An attribute is no place for a citation. */
function attributes(element: MdxJsxFlowElement | MdxJsxTextElement, file: VFile, known: LookUp['known']): void {
  for (const each of element.attributes) {
    if (each.type !== 'mdxJsxAttribute' || typeof each.value !== 'string') continue;
    for (const [cited, key] of each.value.matchAll(/\[[^[\]@]*@([\p{L}\p{N}_:.-]*[\p{L}\p{N}_])[^[\]]*\]/gu)) {
      if (!known(key!, undefined)) continue;
      const problem = `${cited} stands in ${each.name}="…", which shows no citations; write it between the tags, or beside them`;
      report(file, element.position?.start, problem);
    }
  }
}

/** The list of references under its heading. */
function listOf(entries: readonly { id: string; children: PhrasingContent[] }[]): RootContent[] {
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
 * Remark plugin: Pandoc's citation syntax, from `references.bib` beside the post, in APA style, in whatever text of the
 * post. Reports a key that the bibliography lacks, an entry and a citation that cannot be read.
 */
export function remarkCitations() {
  return (tree: Root, file: VFile): void => {
    const look = lookUp(file);
    const { holders, after } = find(tree, file, look);
    const citations = holders.flatMap(({ children }) => children.filter((node) => node.type === 'citation'));
    if (citations.length === 0) return;

    const items = new Map<string, Item>();
    const missing = new Set<string>();
    for (const cite of citations.flatMap(({ cites }) => cites)) {
      if (items.has(cite.key)) continue;
      const item = look.item(cite);
      if (item) items.set(cite.key, item);
      else missing.add(cite.key);
    }
    const print = printer(items, site.language);
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
    if (items.size > 0) file.data.references = listOf(print.list());
  };
}

/** Remark plugin, after all that reads the post's own words: appends the list of references. */
export function remarkReferenceList() {
  return (tree: Root, { data }: VFile): void => {
    tree.children.push(...(data.references ?? []));
  };
}
