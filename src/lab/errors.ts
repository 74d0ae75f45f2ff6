/** An error for the author of an experiment: its message says where, what was expected and what was found. */
export class LabError extends Error {
  override name = 'LabError';
}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a command prints of anything thrown: the stack of an error that has one and is no LabError, else the message. */
export const printedError = (error: unknown): string =>
  (error instanceof Error && !(error instanceof LabError) && error.stack) || messageOf(error);
