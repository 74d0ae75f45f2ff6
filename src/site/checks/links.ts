/** Reports addresses that lead nowhere (missing pages, files, anchors), and undefined footnotes and link labels. */
import type { Nodes, Root, Text } from 'mdast';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { type PluggableList, unified } from 'unified';
import type { Point } from 'unist';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { nearestName } from '../../lab/did-you-mean.ts';
import { locationInText, report } from '../../math/index.ts';
import { isJsxElement } from '../../math/jsx.ts';
import { type Target, targetOf } from '../links/link-targets.ts';
import { anchorsInFile, anchorsInTree, markdownSyntax } from '../links/post-anchors.ts';
import { attributeText } from '../links/site-links.ts';
import { htmlElements } from '../markdown/html-elements.ts';
import { remarkPlainMarkdown } from '../markdown/plain-markdown.ts';
import { srcsetAddresses } from '../security/policy-violations.ts';
import { nodesOf } from './nodes-of.ts';

/** An address in a post: as written, its location, and whether a reader follows it or the page loads it. */
export type WrittenAddress = {
  readonly address: string;
  readonly use: 'follows' | 'loads';
  readonly start: Pick<Point, 'line' | 'column'> | undefined;
};

/** The addresses of one node. */
function addressesIn(node: Nodes): WrittenAddress[] {
  const start = node.position?.start;
  // `math/references.ts` checks and fills in empty links.
  if (node.type === 'link' && node.children.length === 0 && node.url.startsWith('#')) return [];
  if (node.type === 'link' || node.type === 'definition') return [{ address: node.url, use: 'follows', start }];
  if (node.type === 'image') return [{ address: node.url, use: 'loads', start }];
  if (node.type === 'html')
    return htmlElements(node).flatMap(({ name, attributes, start }) =>
      Object.entries(attributes).flatMap(([attribute, text]) => addressesOfAttribute(name, attribute, text, start)),
    );
  if (!isJsxElement(node)) return [];
  if (!node.name || !/^[a-z]/.test(node.name)) return [];
  const tag = node.name;
  return node.attributes.flatMap((each): WrittenAddress[] => {
    if (each.type !== 'mdxJsxAttribute') return [];
    const text = attributeText(each);
    return text === undefined ? [] : addressesOfAttribute(tag, each.name, text, start);
  });
}

/** The addresses in an attribute of an element. */
function addressesOfAttribute(
  tag: string,
  attribute: string,
  text: string,
  start: WrittenAddress['start'],
): WrittenAddress[] {
  const name = attribute.toLowerCase();
  if (name === 'srcset') return srcsetAddresses(text).map((address) => ({ address, use: 'loads', start }));
  if (name === 'href' && (tag === 'a' || tag === 'area')) return [{ address: text, use: 'follows', start }];
  if (/^(?:src|poster|href|xlink:?href)$/.test(name)) return [{ address: text, use: 'loads', start }];
  return [];
}

/** All addresses that a post writes. */
function addressesOf(tree: Root): WrittenAddress[] {
  const found: WrittenAddress[] = [];
  visit(tree, (node, _, parent) => {
    // A bare address that GFM turns into a link has no position of its own.
    const around = parent?.position?.start;
    found.push(...addressesIn(node).map((written) => ({ ...written, start: written.start ?? around })));
  });
  return found;
}

const parser = unified()
  .use([remarkParse, remarkMdx, remarkPlainMarkdown])
  .use(markdownSyntax as PluggableList)
  .use(remarkMath);

/** The addresses in the text of the post `path` that is not being compiled; none if it does not parse. */
export function addressesInText(text: string, path: string): WrittenAddress[] {
  try {
    return addressesOf(parser.parse(new VFile({ path, value: text })) as Root);
  } catch {
    return [];
  }
}

/** Anchors that come from the layout or from components; a build looks for them in the built pages. */
const pageAnchors =
  /^(?:|top|main|cite|references|refs|footnote-label|theme(?:-\w+)?|user-content-.*|claim-.*|bib-.*|citation--.*|:~:.*)$/;

/** Whether an anchor comes from the layout or a component, so that only the rendered page tells if it exists. */
export const isPageAnchor = (id: string): boolean => pageAnchors.test(id);

/** The error for an anchor that is not among `ids`; undefined if it is. */
function missingAnchor(id: string, ids: readonly string[], address: string, page: string): string | undefined {
  if (ids.includes(id) || isPageAnchor(id)) return undefined;
  const guess = nearestName(id, ids);
  const there = ids.slice(0, 12).join(', ') || 'none';
  return `${address}: ${page} has no such place; ${guess === undefined ? `there is ${there}` : `did you mean #${guess}?`}`;
}

/** The error for a link to a missing anchor of another post, or of this post, whose anchors are `own`. */
export function anchorProblem(target: Target, address: string, own?: readonly string[]): string | undefined {
  if (target.kind === 'place') return own && missingAnchor(target.id, own, address, 'the post');
  if (target.kind !== 'post' || target.id === '') return undefined;
  const ids = anchorsInFile(target.file);
  return ids && missingAnchor(target.id, ids, address, `the post ${target.path}`);
}

/** `[^note]` and `[text][label]` that Markdown leaves as text, since nothing defines them. */
const undefinedNote = /(?<!\\)\[\^([^\]\s]+)\]/g;
const undefinedReference = /(?<![\\\w])\[(?![@^])([^[\]]*)(?<!\\)\]\[([^[\]]*)\]|^\]\[([^[\]@^]+)\]/g;

function reportUndefined(node: Text, file: VFile): void {
  if (!node.position) return;
  const { start, end } = node.position;
  if (start.offset === undefined) return;
  const source = String(file.value);
  const written = source.slice(start.offset, end.offset);
  if (!written.includes('[')) return;
  for (const { 1: name, index } of written.matchAll(undefinedNote))
    report(
      file,
      locationInText(written, index, start),
      `[^${name}]: no such note; define it on a line of its own, [^${name}]: …`,
    );
  for (const { 0: whole, 1: words, 2: label, 3: other, index } of written.matchAll(undefinedReference)) {
    // `*x*[1][2]` is an index, not a reference.
    if (index === 0 && whole.startsWith('[') && /[\w*_`)\]$}>]/.test(source[start.offset - 1] ?? '')) continue;
    const name = label || words || other;
    const problem = `${whole}: nothing defines “${name}”; write [${words || 'words'}](address), or add the line [${name}]: address`;
    report(file, locationInText(written, index, start), problem);
  }
}

/** Remark plugin, to run after mathematics. */
export function remarkLinks() {
  return async (tree: Root, file: VFile): Promise<void> => {
    const from = { file: file.path, root: file.cwd };
    const own = anchorsInTree(tree);
    for (const { address, use, start } of addressesOf(tree)) {
      const target = targetOf(address, from, use);
      if (target.kind === 'nothing') report(file, start, target.problem);
      const problem = anchorProblem(target, address, own);
      if (problem !== undefined) report(file, start, problem);
    }
    for (const node of nodesOf(tree, 'text')) reportUndefined(node, file);
  };
}
