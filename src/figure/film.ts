/** The frames of a figure as one drawing: what they share stands once, what differs in groups of class `frame`. */
import { tag } from './markup.ts';

/** An element, or text, of a drawing; `text` is all of it. */
type Node = { readonly open: string; readonly children: readonly Node[]; readonly text: string };

/** The one element that SVG of our own writing consists of, where `>` stands at the ends of tags only. */
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

const isSame = <T>(values: readonly T[]): boolean => values.every((value) => value === values[0]);

/** Whether an element is a group of groups: below that, shapes are changed together. */
const isStructure = ({ open, children }: Node): boolean =>
  /^<(svg|g)\b/.test(open) && children.some((child) => child.open.startsWith('<g'));

/** One text for what is the same in all frames, a text a frame for what differs. */
type Part = string | readonly string[];

/** What stands in the same place of each frame. */
function place(nodes: readonly Node[]): Part[] {
  const [first] = nodes as readonly [Node, ...Node[]];
  if (isSame(nodes.map(({ text }) => text))) return [first.text];
  if (!isSame(nodes.map(({ open }) => open)) || !nodes.every(isStructure)) return [nodes.map(({ text }) => text)];
  const close = `</${/^<(\w+)/.exec(first.open)![1]}>`;
  return [first.open + written(list(nodes.map(({ children }) => children))) + close];
}

/** What stands in the same element of each frame: the same at the ends, if counts differ; else place by place. */
function list(lists: readonly (readonly Node[])[]): Part[] {
  const shortest = Math.min(...lists.map(({ length }) => length));
  if (isSame(lists.map(({ length }) => length)))
    return Array.from({ length: shortest }, (_, i) => place(lists.map((nodes) => nodes[i]!))).flat();
  const same = (i: number) => isSame(lists.map((nodes) => nodes.at(i)!.text));
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

/** Parts as text; neighbours that differ are changed together. */
function written(parts: readonly Part[]): string {
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

/** Ids where they first stand: frames of other lengths may repeat what bears one. */
function withoutRepeatedIds(svg: string): string {
  const known = new Set<string>();
  return svg.replace(/ id="([^"]*)"/g, (attribute, id: string) => {
    if (known.has(id)) return '';
    known.add(id);
    return attribute;
  });
}

/** Drawings, one a frame, as one; drawings of different sizes stay apart. */
export function film(drawings: readonly string[]): string {
  const frames = drawings.map(parse);
  const together = isSame(frames.map(({ open }) => open));
  return withoutRepeatedIds(
    together ? written(place(frames)) : drawings.map((drawing) => `<div class="frame">${drawing}</div>`).join(''),
  );
}
