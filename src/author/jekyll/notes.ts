/** What an import tells its author: a line of the old file and a sentence about it. */

/** A remark on one line of one file; `line` counts from 1 in the old post. */
export type Note = { readonly line: number; readonly message: string };

/** Collects notes in any order. */
export type Notes = (line: number, message: string) => void;

/** A post that cannot be imported: where, what was expected and what was found. */
export class ImportError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.name = 'ImportError';
    this.line = line;
  }
}
