/** Numerals in prose that a person has read and found to be no measurement: post → phrases. Keep it short. */
export const reviewed: Readonly<Record<string, readonly string[]>> = {};
