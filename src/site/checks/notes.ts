/** Reports footnotes that would not be shown: those that nothing refers to, and a second one of the same name. */
import type { FootnoteDefinition, Nodes, Root } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from '../../math/index.ts';
import { nodesOf } from './nodes-of.ts';

/** The names of the footnotes that `node` refers to, except from within other footnotes. */
function referencesIn(node: Nodes): string[] {
  const found: string[] = [];
  visit(node, (each) => {
    if (each.type === 'footnoteDefinition' && each !== node) return SKIP;
    if (each.type === 'footnoteReference') found.push(each.identifier);
    return undefined;
  });
  return found;
}

/** Remark plugin. A footnote is in use if the post's text leads to it, directly or through other footnotes. */
export function remarkNotes() {
  return (tree: Root, file: VFile): void => {
    const notes = new Map<string, FootnoteDefinition>();
    for (const note of nodesOf(tree, 'footnoteDefinition')) {
      const earlier = notes.get(note.identifier);
      const name = `[^${note.label ?? note.identifier}]`;
      if (earlier) {
        const line = earlier.position?.start.line;
        report(file, note.position?.start, `a second note ${name}, after that of line ${line}; give it another name`);
      } else notes.set(note.identifier, note);
    }
    if (notes.size === 0) return;
    const seen = new Set<string>();
    const pending = referencesIn(tree);
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      const note = notes.get(name);
      if (note && !seen.has(name)) pending.push(...referencesIn(note));
      seen.add(name);
    }
    for (const [name, { label, position }] of notes) {
      if (seen.has(name)) continue;
      const shown = `[^${label ?? name}]`;
      const advice = `write ${shown} where it belongs, or \\${shown} for the text`;
      report(file, position?.start, `nothing refers to this note; ${advice}`);
    }
  };
}
