/** Writes a laid-out scene with Vega's own SVG renderer. */
import * as vega from 'vega';
import type { FigureLayout } from '../../../src/figure/compile/compile.ts';
import { installTextMetrics } from '../../../src/figure/text/metrics.ts';

type Renderer = {
  initialize(element: null, width: number, height: number, origin: readonly number[]): Renderer;
  render(scene: unknown): Renderer;
  svg(): string;
};

const { SVGStringRenderer } = vega as unknown as { SVGStringRenderer: new () => Renderer };

/**
 * The scene as Vega writes it, with a margin at either side. The bench has its own copy of Vega, which needs the figures'
 * text metrics to truncate text at the same place.
 */
export function vegaSvg({ root, width, height, origin: [x, y] }: FigureLayout, margin: number): string {
  const { textMetrics } = vega;
  const estimate = textMetrics.width;
  installTextMetrics(textMetrics);
  try {
    return new SVGStringRenderer()
      .initialize(null, width + 2 * margin, height, [x + margin, y])
      .render(root)
      .svg();
  } finally {
    textMetrics.width = estimate;
  }
}

/** An SVG without opaque shapes that an identical one hides, since thousands of them darken their antialiased edges. */
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
