/** The site's icon (a mean with its interval) as SVG, and as PNG of several sizes. */
import { valuesOf } from '../figure/palette.ts';
import { cached } from './output/build-cache.ts';

/** Sides in pixels of the PNG icons; 180 is Apple's. */
export const iconSizes = [180, 192, 512] as const;

const [paper] = valuesOf('paper');

/** The icon on a square of 64 units. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="12" fill="${valuesOf('accent')[0]}"/>
  <path d="M32 12v40M24 12h16M24 52h16" fill="none" stroke="${paper}" stroke-width="5" stroke-linecap="round"/>
  <circle cx="32" cy="32" r="8" fill="${paper}"/>
</svg>
`;

/** The icon as PNG, `size` pixels wide and high. */
export async function iconPng(size: number): Promise<Buffer> {
  const png = await cached('icon', [icon, size], async () => {
    const { rasterise } = await import('../figure/rasterise.ts');
    return Buffer.from(await rasterise(icon, size)).toString('base64');
  });
  return Buffer.from(png, 'base64');
}
