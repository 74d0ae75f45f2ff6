/** Escapes text for HTML. */

/** Plain text with the characters that are special in HTML escaped, for content and for attributes in double quotes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
