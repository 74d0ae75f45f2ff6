/** Mends what the site would refuse: empty headings, rows longer than their table, notes and addresses of one name. */
import type { Nodes, PhrasingContent, Root, TableCell } from 'mdast';
import { EXIT, SKIP, visit } from 'unist-util-visit';
import type { AddNote } from '../import-notes.ts';
import { jsxText } from './jsx.ts';

type LineOf = (node: Nodes) => number;

/** Gives the header of a table as many cells as its longest row, so that no cell is lost. */
export function mendTables(tree: Root, note: AddNote, lineOf: LineOf): void {
  visit(tree, 'table', (table) => {
    const [header] = table.children;
    const longest = table.children.reduce((most, row) => Math.max(most, row.children.length), 0);
    if (!header || header.children.length >= longest) return;
    note(lineOf(table), 'look', 'a row of this table is longer than its header, which gets empty cells');
    while (header.children.length < longest) header.children.push({ type: 'tableCell', children: [] } as TableCell);
    table.align = [...(table.align ?? []), ...Array(longest).fill(null)].slice(0, longest);
  });
}

/** Removes headings without words. */
export function mendHeadings(tree: Root, note: AddNote, lineOf: LineOf): void {
  visit(tree, 'heading', (heading, index, parent) => {
    if (heading.children.length > 0 || !parent || index === undefined) return undefined;
    note(lineOf(heading), 'look', 'a heading without words is left out');
    parent.children.splice(index, 1);
    return [SKIP, index];
  });
}

/** Of several addresses of one name keeps the last, to which kramdown leads. */
export function mendDefinitions(tree: Root): void {
  const last = new Map<string, Nodes>();
  visit(tree, 'definition', (definition) => void last.set(definition.identifier, definition));
  visit(tree, 'definition', (definition, index, parent) => {
    if (last.get(definition.identifier) === definition || !parent || index === undefined) return undefined;
    parent.children.splice(index, 1);
    return [SKIP, index];
  });
}

/** Removes notes that nothing refers to, whose text stays as a paragraph, and second ones of a name. */
export function mendNotes(tree: Root, note: AddNote, lineOf: LineOf): void {
  const used = new Set<string>();
  const defined = new Set<string>();
  const pending: Nodes[] = [tree];
  const definitions = new Map<string, Nodes>();
  let hasReference = false;
  visit(tree, (node) => {
    if (node.type === 'footnoteReference') hasReference = true;
    if (node.type === 'footnoteDefinition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
  });
  if (!hasReference && definitions.size === 0) return;
  for (let node = pending.pop(); node; node = pending.pop()) {
    const from = node;
    visit(node, (each) => {
      if (each.type === 'footnoteDefinition' && each !== from) return SKIP;
      if (each.type !== 'footnoteReference' || used.has(each.identifier)) return undefined;
      used.add(each.identifier);
      const definition = definitions.get(each.identifier);
      if (definition) pending.push(definition);
      return undefined;
    });
  }
  visit(tree, 'footnoteDefinition', (node, index, parent) => {
    const isUsed = used.has(node.identifier) && !defined.has(node.identifier);
    defined.add(node.identifier);
    if (isUsed || !parent || index === undefined) return undefined;
    const why = used.has(node.identifier) ? 'it is the second of its name' : 'nothing refers to it';
    note(lineOf(node), 'text', `the note [^${node.label ?? node.identifier}] stands as a paragraph: ${why}`);
    parent.children.splice(index, 1, ...(node.children as never[]));
    return [SKIP, index];
  });
  visit(tree, 'footnoteReference', (node, index, parent) => {
    if (definitions.has(node.identifier) || !parent || index === undefined) return;
    parent.children[index] = { type: 'text', value: `[^${node.label ?? node.identifier}]` };
  });
}

/** Places of abbreviations that are marked in one post; a build takes minutes with tens of thousands. */
const maxAbbreviations = 1000;

/** Marks each place of an abbreviation by what it stands for; headings stay plain text. */
export function placeAbbreviations(
  tree: Root,
  found: ReadonlyMap<string, string>,
  note: AddNote,
  lineOf: LineOf,
): void {
  let count = 0;
  let place: Nodes = tree;
  if (found.size === 0) return;
  const words = [...found.keys()]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${words.join('|')})(?![\\p{L}\\p{N}])`, 'u');
  visit(tree, (text, index, parent) => {
    if (text.position) place = text;
    if (text.type === 'heading') return SKIP;
    if (text.type !== 'text' || !parent || index === undefined) return undefined;
    const parts = text.value.split(pattern);
    if (parts.length === 1) return undefined;
    count += (parts.length - 1) / 2;
    if (count > maxAbbreviations) {
      note(
        lineOf(place),
        'look',
        `more than ${maxAbbreviations} places of abbreviations; from here on they are not marked`,
      );
      return EXIT;
    }
    const nodes = parts.map(
      (part, i): PhrasingContent =>
        i % 2 === 0
          ? { type: 'text', value: part }
          : jsxText('abbr', { title: found.get(part)! }, [{ type: 'text', value: part }]),
    );
    const shown = nodes.filter((node) => node.type !== 'text' || node.value !== '');
    parent.children.splice(index, 1, ...(shown as never[]));
    return [SKIP, index + shown.length];
  });
}
