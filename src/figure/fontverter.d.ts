/** The part of fontverter that is used here: any format of a font as another. */
declare module 'fontverter' {
  export function convert(font: Uint8Array, to: 'truetype' | 'woff2'): Promise<Uint8Array<ArrayBuffer>>;
}
