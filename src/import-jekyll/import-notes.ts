/** Messages of the import: notes on lines of an old post, by kind, and the error for a post that cannot be imported. */

/** A kind of notes: its heading in the report, and the minutes that one of them takes an author; 0 where nothing is lost. */
type Kind = { readonly title: string; readonly minutes: number };

/** The kinds of notes in the order of the report: those on content first, then those on appearance alone. */
export const noteKinds = {
  part: { title: 'Parts that the checks of the build refuse, kept as code', minutes: 4 },
  formula: { title: 'Formulas that cannot be set, kept as code', minutes: 3 },
  text: { title: 'Text that may be read otherwise than it was meant', minutes: 2 },
  liquid: { title: 'Liquid that only the old blog can fill in', minutes: 4 },
  html: { title: 'HTML that has no place in a post', minutes: 3 },
  image: { title: 'Images', minutes: 2 },
  link: { title: 'Links that lead nowhere in the new blog', minutes: 1 },
  citation: { title: 'Citations', minutes: 2 },
  field: { title: 'Front matter', minutes: 1 },
  macro: { title: 'Macros', minutes: 0 },
  look: { title: 'Appearance only: what belonged to the old theme', minutes: 0 },
} as const satisfies Readonly<Record<string, Kind>>;

/** The name of a kind of notes. */
export type NoteKind = keyof typeof noteKinds;

/** Whether notes of a kind say that content is missing or changed. */
export const isOnContent = (kind: NoteKind): boolean => noteKinds[kind].minutes > 0;

/** A note on one line of the old post; `line` counts from 1. */
export type Note = { readonly line: number; readonly kind: NoteKind; readonly message: string };

/** Adds a note. */
export type AddNote = (line: number, kind: NoteKind, message: string) => void;

/** The error for a post that cannot be imported, with the line at fault. */
export class ImportError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.name = 'ImportError';
    this.line = line;
  }
}
