/**
 * Merges the frames of a figure into one SVG: what they share is written once, what differs in groups of class `frame`. The
 * frames of a grid come row by row: what differs between rows alone stands in groups of class `frame-row`, what differs
 * between columns alone in groups of class `frame`, and the rest in groups of `frame` within `frame-row`.
 */
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
function mergeNodes(nodes: readonly Node[], columns: number): Part[] {
  const [first] = nodes as readonly [Node, ...Node[]];
  if (allEqual(nodes.map(({ text }) => text))) return [first.text];
  if (!allEqual(nodes.map(({ open }) => open)) || !nodes.every(isGroupOfGroups)) return [nodes.map(({ text }) => text)];
  const close = `</${/^<(\w+)/.exec(first.open)![1]}>`;
  return [
    first.open +
      toMarkup(
        mergeChildren(
          nodes.map(({ children }) => children),
          columns,
        ),
        columns,
      ) +
      close,
  ];
}

/** Merges the children of an element of each frame: position by position, or if counts differ, the common start and end. */
function mergeChildren(lists: readonly (readonly Node[])[], columns: number): Part[] {
  const shortest = Math.min(...lists.map(({ length }) => length));
  if (allEqual(lists.map(({ length }) => length)))
    return Array.from({ length: shortest }, (_, i) =>
      mergeNodes(
        lists.map((nodes) => nodes[i]!),
        columns,
      ),
    ).flat();
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

/** What the markup of a part depends on in a grid: its row, its column, or both. */
function dependence(texts: readonly string[], columns: number): 'row' | 'column' | 'both' {
  const same = (other: (i: number) => number) => texts.every((text, i) => text === texts[other(i)]);
  if (same((i) => i - (i % columns))) return 'row';
  return same((i) => i % columns) ? 'column' : 'both';
}

/** One markup for each frame as groups, of which the page shows those of the chosen frame. */
function toGroups(texts: readonly string[], columns: number, element: 'g' | 'div' | 'span'): string {
  const groups = (name: string, contents: readonly string[]) =>
    contents.map((content) => tag(element, { class: name }, content)).join('');
  const depends = dependence(texts, columns);
  if (columns === texts.length || depends === 'column') return groups('frame', texts.slice(0, columns));
  const rows = Array.from({ length: texts.length / columns }, (_, row) =>
    texts.slice(row * columns, (row + 1) * columns),
  );
  return groups(
    'frame-row',
    rows.map((row) => (allEqual(row) ? row[0]! : groups('frame', row))),
  );
}

/** Parts as markup. Neighbouring parts that differ between frames in the same way are joined. */
function toMarkup(parts: readonly Part[], columns: number): string {
  const runs: Part[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    const joins =
      typeof part !== 'string' &&
      typeof last === 'object' &&
      (columns === part.length || dependence(part, columns) === dependence(last, columns));
    if (joins)
      runs.splice(
        -1,
        1,
        last.map((text, frame) => text + part[frame]!),
      );
    else runs.push(part);
  }
  return runs.map((run) => (typeof run === 'string' ? run : tag('g', {}, toGroups(run, columns, 'g')))).join('');
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

/**
 * Merges drawings, one for each frame, of a grid row by row with `columns` in each row. Drawings of different sizes are not
 * merged but put into elements of these classes.
 */
export function mergeFrames(drawings: readonly string[], columns = drawings.length): string {
  const frames = drawings.map(parse);
  const isSameSize = allEqual(frames.map(({ open }) => open));
  return withoutRepeatedIds(
    isSameSize ? toMarkup(mergeNodes(frames, columns), columns) : toGroups(drawings, columns, 'div'),
  );
}

/** Texts, one for each frame, as elements of the same classes; a text that all share alone. */
export const mergeTexts = (texts: readonly string[], columns = texts.length): string =>
  allEqual(texts) ? texts[0]! : toGroups(texts, columns, 'span');
