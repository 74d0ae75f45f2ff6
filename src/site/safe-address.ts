/** Addresses that a page may lead to: relative ones, and those of schemes that run nothing. */

const schemes = ['http', 'https', 'mailto', 'tel'];

/** Whether an address is relative, or of http, https, mailto or tel, read as browsers read it. */
export function isSafeAddress(address: string): boolean {
  // Browsers skip control characters and spaces before an address, and tabs and line ends within.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const read = address.replace(/^[\u0000-\u0020]+|[\t\n\r]/g, '');
  const [, scheme] = /^([^/?#:]*):/.exec(read) ?? [];
  return scheme === undefined || schemes.includes(scheme.toLowerCase());
}
