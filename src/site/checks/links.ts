/** Every address that a post writes leads somewhere: to a page, a file, a place on a page; and so do references to notes. */
import type { Nodes, Root } from 'mdast';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { Point } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearest } from '../../lab/nearest.ts';
import { placeInText, report } from '../../math/index.ts';
import { candidates } from '../forbidden.ts';
import { idsIn, idsOf } from '../places.ts';
import { type Target, targetOf } from '../targets.ts';

/** An address in a post: as it is written, where, and whether a reader follows it or the page loads it. */
export type Written = {
  readonly address: string;
  readonly use: 'follows' | 'loads';
  readonly start: Point | undefined;
};

/** The addresses of one node. */
function addressesIn(node: Nodes): Written[] {
  const start = node.position?.start;
  // Empty ones, which read as what they lead to, are looked up with the numbers of figures and equations.
  if (node.type === 'link' && node.children.length === 0 && node.url.startsWith('#')) return [];
  if (node.type === 'link' || node.type === 'definition') return [{ address: node.url, use: 'follows', start }];
  if (node.type === 'image') return [{ address: node.url, use: 'loads', start }];
  if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return [];
  if (!node.name || !/^[a-z]/.test(node.name)) return [];
  const tag = node.name;
  return node.attributes.flatMap((each): Written[] => {
    if (each.type !== 'mdxJsxAttribute') return [];
    const text =
      typeof each.value === 'string' ? each.value : /^\s*(['"])(.*)\1\s*$/.exec(each.value?.value ?? '')?.[2];
    if (text === undefined) return [];
    const name = each.name.toLowerCase();
    if (name === 'srcset') return candidates(text).map((address) => ({ address, use: 'loads', start }));
    if (name === 'href' && (tag === 'a' || tag === 'area')) return [{ address: text, use: 'follows', start }];
    if (/^(?:src|poster|href|xlink:?href)$/.test(name)) return [{ address: text, use: 'loads', start }];
    return [];
  });
}

/** All addresses that a post writes. */
function addressesOf(tree: Root): Written[] {
  const found: Written[] = [];
  visit(tree, (node, _, parent) => {
    // What GFM makes a link without being told to has no place of its own.
    const around = parent?.position?.start;
    found.push(...addressesIn(node).map((written) => ({ ...written, start: written.start ?? around })));
  });
  return found;
}

const parser = unified().use(remarkParse).use(remarkMath).use(remarkMdx);

/** The addresses in a post's text, for whoever has not compiled it; none if it does not parse. */
export function addressesInText(text: string): Written[] {
  try {
    return addressesOf(parser.parse(text));
  } catch {
    return [];
  }
}

/** What the page has besides the post's text, and what its components make; the built pages are looked through for them. */
const ofPage =
  /^(?:|top|main|cite|references|refs|footnote-label|theme(?:-\w+)?|user-content-.*|claim-.*|bib-.*|citation--.*|:~:.*)$/;

/** Whether only the page itself tells if it has such a place. */
export const isOfPage = (id: string): boolean => ofPage.test(id);

/** What is wrong with a place on a page that has `ids`. */
function missing(id: string, ids: readonly string[], address: string, page: string): string | undefined {
  if (ids.includes(id) || isOfPage(id)) return undefined;
  const guess = nearest(id, ids);
  const there = ids.slice(0, 12).join(', ') || 'none';
  return `${address}: ${page} has no such place; ${guess === undefined ? `there is ${there}` : `did you mean #${guess}?`}`;
}

/** What is wrong with a place on the page of another post, or of this one, which has the places `own`. */
export function placeProblem(target: Target, address: string, own?: readonly string[]): string | undefined {
  if (target.kind === 'place') return own && missing(target.id, own, address, 'the post');
  if (target.kind !== 'post' || target.id === '') return undefined;
  const ids = idsIn(target.file);
  return ids && missing(target.id, ids, address, `the post ${target.path}`);
}

/** `[^note]` and `[text][label]` of which Markdown makes text, since nothing defines them. */
const undefinedNote = /(?<!\\)\[\^([^\]\s]+)\]/g;
const undefinedReference = /(?<![\\\w])\[(?![@^])([^[\]]*)(?<!\\)\]\[([^[\]]*)\]|^\]\[([^[\]@^]+)\]/g;

function reportUndefined(node: Nodes, file: VFile): void {
  if (node.type !== 'text' || !node.position) return;
  const { start, end } = node.position;
  if (start.offset === undefined) return;
  const source = String(file.value);
  const written = source.slice(start.offset, end.offset);
  for (const { 1: name, index } of written.matchAll(undefinedNote))
    report(
      file,
      placeInText(written, index, start),
      `[^${name}]: no such note; define it on a line of its own, [^${name}]: …`,
    );
  for (const { 0: whole, 1: words, 2: label, 3: other, index } of written.matchAll(undefinedReference)) {
    // `*x*[1][2]` is an entry of a list called x.
    if (index === 0 && whole.startsWith('[') && /[\w*_`)\]$}>]/.test(source[start.offset - 1] ?? '')) continue;
    const name = label || words || other;
    const problem = `${whole}: nothing defines “${name}”; write [${words || 'words'}](address), or add the line [${name}]: address`;
    report(file, placeInText(written, index, start), problem);
  }
}

/** Remark plugin, after mathematics. Reports addresses within the site that lead nowhere, and undefined notes and labels. */
export function remarkLinks() {
  return async (tree: Root, file: VFile): Promise<void> => {
    const from = { file: file.path, root: file.cwd };
    const own = idsOf(tree);
    for (const { address, use, start } of addressesOf(tree)) {
      const target = targetOf(address, from, use);
      if (target.kind === 'nothing') report(file, start, target.problem);
      const problem = placeProblem(target, address, own);
      if (problem !== undefined) report(file, start, problem);
    }
    visit(tree, (node) => reportUndefined(node, file));
  };
}
