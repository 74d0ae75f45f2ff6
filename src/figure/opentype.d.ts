/** The part of opentype.js that is used here: advance widths and outlines. */
declare module 'opentype.js' {
  export interface Glyph {
    readonly name: string | null;
    readonly index: number;
    readonly advanceWidth: number;
  }
  export interface Path {
    toPathData(decimals: number): string;
  }
  export interface Font {
    readonly unitsPerEm: number;
    charToGlyph(character: string): Glyph;
    getPath(text: string, x: number, y: number, size: number): Path;
    getAdvanceWidth(text: string, size: number): number;
  }
  const opentype: { parse(bytes: ArrayBuffer): Font };
  export default opentype;
}
