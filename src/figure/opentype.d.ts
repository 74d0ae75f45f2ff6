/** The part of opentype.js that is used here: advance widths and outlines. */
declare module 'opentype.js' {
  export interface Glyph {
    readonly name: string | null;
    readonly index: number;
    readonly advanceWidth: number;
  }
  /** One command of an outline: `M`, `L`, `Q` with one control point, `C` with two, `Z`. */
  export interface PathCommand {
    readonly type: 'M' | 'L' | 'Q' | 'C' | 'Z';
    readonly x1?: number;
    readonly y1?: number;
    readonly x2?: number;
    readonly y2?: number;
    readonly x?: number;
    readonly y?: number;
  }
  export interface Path {
    readonly commands: readonly PathCommand[];
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
