/** A note that nothing refers to would vanish with its words, as would a second one of the same name. */
import type { FootnoteDefinition, Nodes, Root } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from '../../math/index.ts';

/** The names of the notes that `node` refers to, but for what the notes within it do. */
function referred(node: Nodes): string[] {
  const found: string[] = [];
  visit(node, (each) => {
    if (each.type === 'footnoteDefinition' && each !== node) return SKIP;
    if (each.type === 'footnoteReference') found.push(each.identifier);
    return undefined;
  });
  return found;
}

/** Remark plugin. Reports notes that no text of the post leads to, and names of notes that are given twice. */
export function remarkNotes() {
  return (tree: Root, file: VFile): void => {
    const notes = new Map<string, FootnoteDefinition>();
    visit(tree, 'footnoteDefinition', (note) => {
      const earlier = notes.get(note.identifier);
      const name = `[^${note.label ?? note.identifier}]`;
      if (earlier) {
        const line = earlier.position?.start.line;
        report(file, note.position?.start, `a second note ${name}, after that of line ${line}; give it another name`);
      } else notes.set(note.identifier, note);
    });
    const seen = new Set<string>();
    const next = referred(tree);
    for (let name = next.pop(); name !== undefined; name = next.pop()) {
      const note = notes.get(name);
      if (note && !seen.has(name)) next.push(...referred(note));
      seen.add(name);
    }
    for (const [name, { label, position }] of notes) {
      if (seen.has(name)) continue;
      const shown = `[^${label ?? name}]`;
      report(
        file,
        position?.start,
        `nothing refers to this note; write ${shown} where it belongs, or \\${shown} for the text`,
      );
    }
  };
}
