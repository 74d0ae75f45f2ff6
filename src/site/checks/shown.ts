/** Reports Markdown that shows less than an author wrote, or something else: empty links and headings, second addresses, numbers of lists. */
import type { List, Nodes, PhrasingContent, Root } from 'mdast';
import type { VFile } from 'vfile';
import { report } from '../../math/index.ts';
import { nodesOf } from './nodes-of.ts';

const isBlank = (children: readonly PhrasingContent[]): boolean =>
  children.every((child) => child.type === 'text' && child.value.trim() === '');

/** The error for a link, a picture or a heading that shows nothing or leads nowhere; undefined if it has both. */
function emptiness(node: Nodes): string | undefined {
  if (node.type === 'heading' && isBlank(node.children))
    return 'a heading without words; write them after the signs #, or leave it out';
  if (node.type === 'image' && node.url === '')
    return `![${node.alt}](): no address; write ![${node.alt}](./a-picture.png)`;
  if (node.type !== 'link') return undefined;
  if (node.url === '') return 'a link without an address; write [words](./other.mdx), for the brackets themselves \\[';
  // Empty links to a place in the post are filled in, or reported with the references.
  if (isBlank(node.children) && !node.url.startsWith('#'))
    return `[](${node.url}): a link without words would not be seen; write [words](${node.url})`;
  return undefined;
}

/** Reports a second address of a name: the first would be that of all links. */
function reportDefinitions(tree: Root, file: VFile): void {
  const lines = new Map<string, number | undefined>();
  for (const { identifier, label, position } of nodesOf(tree, 'definition')) {
    const problem = `a second address of [${label ?? identifier}], after that of line ${lines.get(identifier)}; give it another name`;
    if (lines.has(identifier)) report(file, position?.start, problem);
    else lines.set(identifier, position?.start.line);
  }
}

/** Reports the first item whose number is not the one that the page shows. Items that all have one number are counted. */
function reportNumbers({ children, start }: List, file: VFile, source: string): void {
  const written = children.map(({ position }) => {
    const [, digits] = /^(\d+)[.)]/.exec(source.slice(position?.start.offset ?? 0)) ?? [];
    return digits === undefined ? undefined : Number(digits);
  });
  if (written.includes(undefined) || written.every((number) => number === written[0])) return;
  const at = written.findIndex((number, i) => number !== (start ?? 1) + i);
  if (at < 0) return;
  const shown = (start ?? 1) + at;
  report(
    file,
    children[at]!.position?.start,
    `${written[at]}. would be shown as ${shown}.; number the items one after the other, or write ${written[at]}\\. for the text`,
  );
}

/** Remark plugin, to run after references are filled in. */
export function remarkShown() {
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    for (const type of ['heading', 'image', 'link'] as const)
      for (const node of nodesOf(tree, type)) {
        const problem = emptiness(node);
        if (problem !== undefined) report(file, node.position?.start, problem);
      }
    reportDefinitions(tree, file);
    for (const list of nodesOf(tree, 'list')) if (list.ordered) reportNumbers(list, file, source);
  };
}
