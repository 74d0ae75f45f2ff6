/** Equation labels: the site numbers what MathJax numbered, but holds labels and references to stricter rules. */
import { equationId } from '../../math/index.ts';
import type { Notes } from './notes.ts';
import type { Piece, Pieces } from './pieces.ts';

const label = /\\label\s*\{([^{}]*)\}/g;
const reference = /\\(eq)?ref\s*\{([^{}]*)\}/g;

/** A letter, then letters, digits, `-` and `_`: what the site takes for a label, and HTML for an id. */
const asName = (text: string): string =>
  text
    .trim()
    .replace(/[^\w-]+/g, '-')
    .replace(/^(?![A-Za-z])/, 'eq');

/** Renames labels to names that the site takes, and drops those that are doubled or misplaced and references to none. */
export function settleLabels(pieces: Pieces, note: Notes): void {
  const names = new Set<string>();
  const ids = new Set<string>();
  const isMaths = (piece: Piece): piece is Piece & { kind: 'maths' } => piece.kind === 'maths';
  const rewrite = (change: (piece: Piece & { kind: 'maths' }) => string) =>
    pieces.forEach((piece, i) => {
      if (isMaths(piece)) pieces[i] = { ...piece, tex: change(piece) };
    });
  rewrite(({ tex, display, line }) =>
    tex.replace(label, (whole, written: string) => {
      const name = asName(written);
      if (display && !ids.has(equationId(name))) {
        ids.add(equationId(name));
        names.add(name);
        return `\\label{${name}}`;
      }
      note(line, `${whole} ${display ? 'is taken twice' : 'stands in a line of text'} and is left out`);
      return '';
    }),
  );
  rewrite(({ tex, line }) =>
    tex.replace(reference, (whole, equation: string | undefined, written: string) => {
      const name = asName(written);
      if (names.has(name)) return `\\${equation ?? ''}ref{${name}}`;
      note(line, `${whole} leads to no equation of this post; it reads (?)`);
      return '\\text{(?)}';
    }),
  );
}
