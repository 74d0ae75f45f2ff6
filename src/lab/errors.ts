/** An error for the author of an experiment: its message says where, what was expected and what was found. */
export class LabError extends Error {
  override name = 'LabError';
}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
