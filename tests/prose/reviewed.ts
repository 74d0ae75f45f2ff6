/** Numerals in prose that a person has read and found to be no measurement: post → phrases. Keep it short. */
export const reviewed: Readonly<Record<string, readonly string[]>> = {
  // The versions that recorded data were made with.
  'random-initialisation.mdx': ['NumPy 2.4.6 with OpenBLAS 0.3.31'],
};
