/** Counts the pixels of two SVG drawings that differ by more than rounding and antialiasing. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { resolveColours } from '../../../src/figure/palette.ts';

const require = createRequire(import.meta.url);
const fonts = ['Regular', 'Semibold'].map((weight) =>
  readFileSync(require.resolve(`source-sans/TTF/SourceSans3-${weight}.ttf`)),
);
let rasteriserLoaded: Promise<void> | undefined;

type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

function rasterise(svg: string): Picture {
  const text = resolveColours(svg)
    // Ignore differences of antialiasing.
    .replaceAll(' shape-rendering="crispEdges"', '')
    .replace(/var\(--font-figure, [^)]*\)/g, 'Source Sans 3')
    .replace(/&apos;/g, "'");
  const renderer = new Resvg(text, {
    background: '#fdfcf9',
    font: { fontBuffers: fonts, loadSystemFonts: false, defaultFontFamily: 'Source Sans 3' },
  });
  const { width, height, pixels } = renderer.render();
  const picture = { width, height, pixels: Uint8Array.from(pixels) };
  renderer.free();
  return picture;
}

/** The mean of each pixel and its neighbours, so that edges are nearly the same with and without antialiasing. */
function blurred({ width, height, pixels }: Picture): Float32Array {
  const means = new Float32Array(width * height * 3);
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++)
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let v = -1; v <= 1; v++) for (let u = -1; u <= 1; u++) sum += pixels[4 * ((y + v) * width + x + u) + c]!;
        means[3 * (y * width + x) + c] = sum / 9;
      }
  return means;
}

/** The tolerated difference of a colour channel (0 to 255): shapes drawn many times over have darker edges. */
const tolerance = 72;

/** The number of differing pixels of two blurred drawings; 0 for six or fewer. All of them if the sizes differ. */
export async function countDifferingPixels(one: string, other: string): Promise<number> {
  rasteriserLoaded ??= readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')).then((bytes) => initWasm(bytes));
  await rasteriserLoaded;
  const [a, b] = [rasterise(one), rasterise(other)];
  if (a.width !== b.width || Math.abs(a.height - b.height) > 1) return a.width * a.height;
  const [p, q] = [blurred(a), blurred(b)];
  let count = 0;
  for (let at = 0; at < Math.min(p.length, q.length); at += 3)
    if (
      Math.max(Math.abs(p[at]! - q[at]!), Math.abs(p[at + 1]! - q[at + 1]!), Math.abs(p[at + 2]! - q[at + 2]!)) >
      tolerance
    )
      count++;
  return count > 6 ? count : 0;
}
