/** Messages of the import: notes on lines of an old post, and the error for a post that cannot be imported. */

/** A note on one line of the old post; `line` counts from 1. */
export type Note = { readonly line: number; readonly message: string };

/** Adds a note. */
export type AddNote = (line: number, message: string) => void;

/** The error for a post that cannot be imported, with the line at fault. */
export class ImportError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.name = 'ImportError';
    this.line = line;
  }
}
