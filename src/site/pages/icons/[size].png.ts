/** The icon for home screens. */
import type { APIContext } from 'astro';
import { iconPng, iconSizes } from '../../icon.ts';

export function getStaticPaths() {
  return iconSizes.map((size) => ({ params: { size: String(size) } }));
}

export async function GET({ params }: APIContext): Promise<Response> {
  return new Response(new Uint8Array(await iconPng(Number(params.size))));
}
