/** SVG as PNG. */
import { readFile } from 'node:fs/promises';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { packageFile } from './text/font.ts';

let loaded: Promise<void> | undefined;

/** Loads the rasteriser (WebAssembly), once for each process. */
async function load(): Promise<void> {
  loaded ??= readFile(packageFile('@resvg/resvg-wasm/index_bg.wasm')).then((bytes) => initWasm(bytes));
  return loaded;
}

/** A picture whose text is outlined, as PNG, `width` pixels wide; omitted: as wide as the SVG says. */
export async function rasterise(svg: string, width?: number): Promise<Uint8Array> {
  await load();
  const fitTo = width === undefined ? {} : { fitTo: { mode: 'width' as const, value: width } };
  const renderer = new Resvg(svg, { font: { loadSystemFonts: false }, ...fitTo });
  const rendered = renderer.render();
  const png = Uint8Array.from(rendered.asPng());
  rendered.free();
  renderer.free();
  return png;
}
