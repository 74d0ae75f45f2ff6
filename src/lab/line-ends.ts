/** A file that lies on Windows with \r\n says the same as elsewhere with \n, so text is read with \n alone. */

/** `text` with \n at the end of each line. */
export const withLineFeeds = (text: string): string => text.replaceAll('\r\n', '\n');

/** The bytes that stand for a data file, in its key and to its reader: CSV and JSON as text, all else as it is. */
export function contentOf(file: string, bytes: Uint8Array): Uint8Array {
  if (!/\.(csv|json)$/.test(file) || !bytes.includes(13)) return bytes;
  // Every encoding that has ASCII's line ends keeps its bytes so.
  return Buffer.from(withLineFeeds(Buffer.from(bytes).toString('latin1')), 'latin1');
}
