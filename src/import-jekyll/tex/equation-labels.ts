/** Equation labels and references of an imported post, changed to fit the site's rules, which are stricter than MathJax's. */
import { equationId } from '../../math/index.ts';
import type { AddNote } from '../import-notes.ts';
import type { Segment, Segments } from '../syntax/text-segments.ts';

const label = /\\label\s*\{([^{}]*)\}/g;
const reference = /\\(eq)?ref\s*\{([^{}]*)\}/g;

/** A label as the site and HTML ids allow it: a letter, then letters, digits, `-` and `_`. */
const asName = (text: string): string =>
  text
    .trim()
    .replace(/[^\w-]+/g, '-')
    .replace(/^(?![A-Za-z])/, 'eq');

/** Renames labels to valid names; removes duplicate labels, labels in inline formulas, and references to missing labels. */
export function resolveLabels(segments: Segments, note: AddNote): void {
  const names = new Set<string>();
  const ids = new Set<string>();
  const isMaths = (segment: Segment): segment is Segment & { kind: 'maths' } => segment.kind === 'maths';
  const rewrite = (change: (segment: Segment & { kind: 'maths' }) => string) =>
    segments.forEach((segment, i) => {
      if (isMaths(segment)) segments[i] = { ...segment, tex: change(segment) };
    });
  rewrite(({ tex, display, line }) =>
    tex.replace(label, (whole, written: string) => {
      const name = asName(written);
      if (display && !ids.has(equationId(name))) {
        ids.add(equationId(name));
        names.add(name);
        return `\\label{${name}}`;
      }
      note(line, 'text', `${whole} ${display ? 'is taken twice' : 'stands in a line of text'} and is left out`);
      return '';
    }),
  );
  rewrite(({ tex, line }) =>
    tex.replace(reference, (whole, equation: string | undefined, written: string) => {
      const name = asName(written.trim());
      if (names.has(name)) return `\\${equation ?? ''}ref{${name}}`;
      note(line, 'text', `${whole} leads to no equation of this post; it reads (?)`);
      return '\\text{(?)}';
    }),
  );
}
