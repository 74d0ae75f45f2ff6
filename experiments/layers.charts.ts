/** Chart in frames, one for each layer: histograms of the activations of a tanh network, by initialisation. */
import { colour, defineCharts, type FigureSpec, formatNumber } from 'astro-measured/figure';
import type experiment from './layers.ts';

export default defineCharts<typeof experiment>({
  histograms: {
    title: 'Activations of a tanh network, layer by layer',
    describe: ({ records }) =>
      `How the activations of each hidden layer are distributed, for ${records.length} initialisations. Root mean square of layer 1 and of layer ${records[0]!.rms.length}: ` +
      `${records.map(({ scheme, rms }) => `${scheme} ${formatNumber(rms[0]!)} and ${formatNumber(rms.at(-1)!)}`).join('; ')}.`,
    frames: ({ records }) => records[0]!.shares.map((_, k) => ({ label: `hidden layer ${k + 1}`, value: k })),
    spec: ({ records, layout, frame }) => {
      const columns = layout.name === 'wide' ? 4 : 2;
      const data = records.flatMap((r) =>
        r.shares[frame.value]!.map((share, i) => ({
          low: -1 + i / 20,
          high: -1 + (i + 1) / 20,
          share,
          scheme: r.scheme,
        })),
      );
      return {
        data: { values: data },
        facet: { field: 'scheme', type: 'nominal', sort: records.map((r) => r.scheme), title: null },
        columns,
        spec: {
          width: Math.floor(layout.width / columns),
          height: Math.round(layout.height * 0.45),
          // No tooltips: on fifteen hundred narrow bars they would be a seventh of the article's elements.
          mark: { type: 'rect', color: colour('c1'), tooltip: null },
          encoding: {
            x: {
              field: 'low',
              type: 'quantitative',
              title: 'Activation',
              scale: { domain: [-1, 1] },
              axis: { values: [-1, 0, 1] },
            },
            x2: { field: 'high' },
            y: {
              field: 'share',
              type: 'quantitative',
              title: 'Share of units, cut at 30%',
              // The axis is cut off, so that flat histograms can be read beside peaked ones.
              scale: { domain: [0, 0.3], clamp: true },
              axis: { format: '.1~%', values: [0, 0.1, 0.2, 0.3] },
            },
            y2: { datum: 0 },
          },
        },
      } as FigureSpec;
    },
  },
});
