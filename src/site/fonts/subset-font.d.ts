/** Types for the part of the package subset-font that the site calls. */
declare module 'subset-font' {
  type Options = {
    targetFormat: 'woff2';
    noLayoutClosure?: boolean;
    noHinting?: boolean;
    variationAxes?: Record<string, number | { min: number; max: number }>;
  };
  export default function subsetFont(font: Buffer, text: string, options: Options): Promise<Buffer>;
}
