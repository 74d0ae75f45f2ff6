/** Phrases with numerals that a person has read and found not to be measurements, by post. Keep the list short. */
export const reviewed: Readonly<Record<string, readonly string[]>> = {
  // Versions of the software that made the recorded data.
  'random-initialisation.mdx': ['NumPy 2.4.6 with OpenBLAS 0.3.31'],
  'guide-engine.mdx': ['IEEE 754', '128-bit', '256-bit'],
  'guide-publishing.mdx': ['SHA-256', 'npm 12'],
};
