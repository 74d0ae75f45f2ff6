/** Decides for each formula of a post whether KaTeX sets it, before labels and references are resolved. */
import type { AddNote } from '../import-notes.ts';
import type { Segment, Segments } from '../syntax/text-segments.ts';
import { expandDefaults, type Macros } from './macros.ts';
import { displayTex, inlineTex, tryTex } from './tex.ts';

/** Replaces each formula by one that KaTeX sets, in the form of its mode, or by code with a note. */
export function settleFormulas(
  segments: Segments,
  macros: Macros,
  strings: Readonly<Record<string, string>>,
  note: AddNote,
): void {
  segments.forEach((segment, i) => {
    if (segment.kind === 'maths') segments[i] = settled(segment, macros, strings, note);
  });
}

/** KaTeX's time grows with the square of a formula's length: more than a formula of this length is data. */
const LONGEST_FORMULA = 20_000;

/** Two words, or an amount and a word, and nothing of TeX. */
const words = /^(?=[\p{L}\d\s.,;:'’%-]+$)(?:\d[\d.,]*\s.*\p{L}{2,}|.*\p{L}{2,}\s+(?:\S+\s+)*\p{L}{2,})/su;

function settled(
  segment: Segment & { kind: 'maths' },
  macros: Macros,
  strings: Readonly<Record<string, string>>,
  note: AddNote,
): Segment {
  const written = expandDefaults(segment.tex, macros);
  const { display, line, source } = segment;
  const plain = display ? displayTex(written) : inlineTex(written);
  // Words in a row: MathJax sets them in italics, and the site would ask what they are.
  const tex = !display && words.test(plain) ? `\\textit{${plain}}` : plain;
  if (tex === '') return { ...segment, tex };
  const tried =
    tex.length > LONGEST_FORMULA
      ? { problem: `it has more than ${LONGEST_FORMULA} characters` }
      : tryTex(tex, display, strings);
  if ('problem' in tried) {
    const shown = inlineTex(segment.tex);
    const short = shown.length > 200 ? `${shown.slice(0, 200)}…` : shown;
    note(line, 'formula', `KaTeX cannot set ${short}: ${tried.problem}; it stands as code`);
    return { kind: 'unset', tex: segment.tex, display, line, source };
  }
  for (const change of tried.changes) note(line, 'text', change);
  return { ...segment, tex: tried.tex };
}
