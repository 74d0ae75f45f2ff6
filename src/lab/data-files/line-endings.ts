/** Replaces \r\n by \n in text files, so that a checkout on Windows gives the same keys and values. */

/** `text` with \n at the end of each line. */
export const normalizeLineEndings = (text: string): string => text.replaceAll('\r\n', '\n');

/** A data file's bytes as they are hashed and parsed: CSV and JSON with \n alone, all else unchanged. */
export function normalizedContent(file: string, bytes: Uint8Array): Uint8Array {
  if (!/\.(csv|json)$/.test(file) || !bytes.includes(13)) return bytes;
  // As latin1 each byte is a character, so the bytes of UTF-8 and of any other superset of ASCII survive.
  return Buffer.from(normalizeLineEndings(Buffer.from(bytes).toString('latin1')), 'latin1');
}
