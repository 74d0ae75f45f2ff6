/** Which addresses a link may have: relative ones, and those of schemes that run no code. */

const schemes = ['http', 'https', 'mailto', 'tel'];

/** Whether an address is relative, or of http, https, mailto or tel, parsed as browsers do. */
export function isSafeUrl(address: string): boolean {
  // Browsers ignore leading control characters and spaces, and tabs and line breaks anywhere.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const read = address.replace(/^[\u0000-\u0020]+|[\t\n\r]/g, '');
  const [, scheme] = /^([^/?#:]*):/.exec(read) ?? [];
  return scheme === undefined || schemes.includes(scheme.toLowerCase());
}

/** Text with its percent-encoding decoded; unchanged if it is not valid percent-encoding. */
export function decodeAddress(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether an address is an absolute one of http or https. */
export const isWebAddress = (address: string): boolean =>
  isSafeUrl(address) && /^https?:$/.test(URL.parse(address)?.protocol ?? '');

/** What is wrong with Astro's setting `site`, which accepts any scheme; undefined if nothing is. */
export const siteProblem = (address: string | undefined): string | undefined =>
  address !== undefined && isWebAddress(address)
    ? undefined
    : `site is ${address === undefined ? 'missing' : `“${address}”`}; write site: 'https://www.example.org', the address where readers will find the blog`;
