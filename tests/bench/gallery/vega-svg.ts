/** Vega's own SVG of a scene that this project has laid out. */
import * as vega from 'vega';
import type { LaidOut } from '../../../src/figure/compile.ts';
import { installTextMetrics } from '../../../src/figure/metrics.ts';

type Renderer = {
  initialize(element: null, width: number, height: number, origin: readonly number[]): Renderer;
  render(scene: unknown): Renderer;
  svg(): string;
};

const { SVGStringRenderer } = vega as unknown as { SVGStringRenderer: new () => Renderer };

/**
 * The scene as Vega writes it, with a margin at either side. The bench has a Vega of its own, which cuts text by a guess
 * of its width unless it measures as the figures do.
 */
export function vegaSvg({ root, width, height, origin: [x, y] }: LaidOut, margin: number): string {
  const { textMetrics } = vega;
  const guess = textMetrics.width;
  installTextMetrics(textMetrics);
  try {
    return new SVGStringRenderer()
      .initialize(null, width + 2 * margin, height, [x + margin, y])
      .render(root)
      .svg();
  } finally {
    textMetrics.width = guess;
  }
}

/** An SVG without opaque shapes that the same shape hides: thousands on one another darken their own edges. */
export const withoutHidden = (svg: string): string =>
  svg.replace(/(?:<(?:path|line|rect|circle)\b[^>]*\/>|<text\b[^>]*>[^<]*<\/text>){2,}/g, (run) => {
    const shapes = run.match(/<text\b[^>]*>[^<]*<\/text>|<[^>]*\/>/g) ?? [];
    const seen = new Set<string>();
    return shapes
      .toReversed()
      .filter((shape) => {
        const isPlain = !/opacity="0?\.|#[0-9a-f]{8}\)/.test(shape) && !/fill="[^"]*".* stroke="/.test(shape);
        return !isPlain || (!seen.has(shape) && seen.add(shape));
      })
      .reverse()
      .join('');
  });
