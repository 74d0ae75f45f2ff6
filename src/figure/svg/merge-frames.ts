/** Merges the frames of a figure into one SVG: what they share is written once, what differs in groups of class `frame`. */
import { tag } from './markup.ts';

/** An element or a text node; `text` is its whole markup. */
type Node = { readonly open: string; readonly children: readonly Node[]; readonly text: string };

/** Parses SVG markup as `toSvg` writes it, where `>` only ends tags, into its root element. */
function parse(svg: string): Node {
  const levels: { open: string; children: Node[] }[] = [{ open: '', children: [] }];
  for (const [token] of svg.matchAll(/<[^>]*>|[^<]+/g)) {
    if (token.startsWith('</')) {
      const { open, children } = levels.pop()!;
      levels.at(-1)!.children.push({ open, children, text: open + children.map(({ text }) => text).join('') + token });
    } else if (token.startsWith('<') && !token.endsWith('/>')) levels.push({ open: token, children: [] });
    else levels.at(-1)!.children.push({ open: token, children: [], text: token });
  }
  return levels[0]!.children[0]!;
}

const allEqual = <T>(values: readonly T[]): boolean => values.every((value) => value === values[0]);

/** Whether an element is a group of groups, whose children are compared; shapes of other groups change together. */
const isGroupOfGroups = ({ open, children }: Node): boolean =>
  /^<(svg|g)\b/.test(open) && children.some((child) => child.open.startsWith('<g'));

/** Markup that all frames share, or one markup for each frame. */
type Part = string | readonly string[];

/** Merges the nodes at the same position in each frame. */
function mergeNodes(nodes: readonly Node[]): Part[] {
  const [first] = nodes as readonly [Node, ...Node[]];
  if (allEqual(nodes.map(({ text }) => text))) return [first.text];
  if (!allEqual(nodes.map(({ open }) => open)) || !nodes.every(isGroupOfGroups)) return [nodes.map(({ text }) => text)];
  const close = `</${/^<(\w+)/.exec(first.open)![1]}>`;
  return [first.open + toMarkup(mergeChildren(nodes.map(({ children }) => children))) + close];
}

/** Merges the children of an element of each frame: position by position, or if counts differ, the common start and end. */
function mergeChildren(lists: readonly (readonly Node[])[]): Part[] {
  const shortest = Math.min(...lists.map(({ length }) => length));
  if (allEqual(lists.map(({ length }) => length)))
    return Array.from({ length: shortest }, (_, i) => mergeNodes(lists.map((nodes) => nodes[i]!))).flat();
  const same = (i: number) => allEqual(lists.map((nodes) => nodes.at(i)!.text));
  let head = 0;
  while (head < shortest && same(head)) head++;
  let tail = 0;
  while (tail < shortest - head && same(-1 - tail)) tail++;
  const between = lists.map((nodes) => nodes.slice(head, nodes.length - tail).map(({ text }) => text));
  const [first] = lists as readonly [readonly Node[], ...(readonly Node[])[]];
  return [
    ...first.slice(0, head).map(({ text }) => text),
    between.map((texts) => texts.join('')),
    ...first.slice(first.length - tail).map(({ text }) => text),
  ];
}

/** Parts as markup. Neighbouring parts that differ between frames are joined. */
function toMarkup(parts: readonly Part[]): string {
  const runs: Part[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (typeof part === 'string' || last === undefined || typeof last === 'string') runs.push(part);
    else
      runs.splice(
        -1,
        1,
        last.map((text, frame) => text + part[frame]!),
      );
  }
  return runs
    .map((run) =>
      typeof run === 'string' ? run : tag('g', {}, run.map((text) => tag('g', { class: 'frame' }, text)).join('')),
    )
    .join('');
}

/** Removes ids after their first occurrence, since several frames may contain the same element. */
function withoutRepeatedIds(svg: string): string {
  const seen = new Set<string>();
  return svg.replace(/ id="([^"]*)"/g, (attribute, id: string) => {
    if (seen.has(id)) return '';
    seen.add(id);
    return attribute;
  });
}

/** Merges drawings, one for each frame. Drawings of different sizes are not merged but put into elements of class `frame`. */
export function mergeFrames(drawings: readonly string[]): string {
  const frames = drawings.map(parse);
  const isSameSize = allEqual(frames.map(({ open }) => open));
  return withoutRepeatedIds(
    isSameSize
      ? toMarkup(mergeNodes(frames))
      : drawings.map((drawing) => `<div class="frame">${drawing}</div>`).join(''),
  );
}
