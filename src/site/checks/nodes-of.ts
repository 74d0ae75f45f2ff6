/** Finds the nodes of a post by their type, in one walk for all checks, which leave the tree as it is. */
import type { Nodes, Root } from 'mdast';
import { visit } from 'unist-util-visit';

const known = new WeakMap<Root, Map<string, Nodes[]>>();

/** All nodes of a tree by their type, in the order of the text. */
function nodesByType(tree: Root): Map<string, Nodes[]> {
  const found = new Map<string, Nodes[]>();
  visit(tree, (node) => {
    const same = found.get(node.type);
    if (same) same.push(node);
    else found.set(node.type, [node]);
  });
  known.set(tree, found);
  return found;
}

/** The nodes of a type in a tree that no plugin has changed since the first check. */
export const nodesOf = <Type extends Nodes['type']>(tree: Root, type: Type) =>
  ((known.get(tree) ?? nodesByType(tree)).get(type) ?? []) as Extract<Nodes, { type: Type }>[];
