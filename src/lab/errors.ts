/** What the lab tells an author: a message that already says where, what was expected, what was found. */
export class LabError extends Error {
  override name = 'LabError';
}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
