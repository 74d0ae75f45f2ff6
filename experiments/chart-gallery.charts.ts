/** Charts: each helper once, in the order of the post that shows their code. */
import {
  area,
  bars,
  box,
  contours,
  defineCharts,
  dots,
  flow,
  heatmap,
  histograms,
  lines,
  network,
  rule,
  scatter,
  strip,
  table,
} from 'astro-measured/figure';
import { meanInterval, median, quantile } from 'astro-measured/lab';
import type experiment from './chart-gallery.ts';

export default defineCharts<typeof experiment>({
  lines: {
    title: 'Loss by step',
    spec: ({ records, layout }) =>
      lines({
        layout,
        data: [...Map.groupBy(records, (r) => r.optimizer)].flatMap(([optimizer, runs]) =>
          runs[0]!.J.map(({ step }, i) => {
            const J = runs.map((run) => run.J[i]!.J);
            return { optimizer, step, J: median(J), low: quantile(J, 0.25), high: quantile(J, 0.75) };
          }),
        ),
        x: { field: 'step', title: 'Step' },
        y: { field: 'J', title: 'J', zero: true },
        series: 'optimizer',
        band: ['low', 'high'],
      }),
  },
  area: {
    title: 'How far the runs of gradient descent are',
    spec: ({ records, layout }) => {
      const runs = records.filter((r) => r.optimizer === 'gradient descent');
      const parts = {
        'J above 0.4': [0.4, Infinity],
        'between 0.3 and 0.4': [0.3, 0.4],
        'below 0.3': [0, 0.3],
      } as const;
      return area({
        layout,
        data: runs[0]!.J.flatMap(({ step }, i) =>
          Object.entries(parts).map(([part, [from, to]]) => ({
            step,
            part,
            runs: runs.filter((run) => run.J[i]!.J >= from && run.J[i]!.J < to).length,
          })),
        ),
        x: { field: 'step', title: 'Step' },
        y: { field: 'runs', title: 'Runs' },
        series: 'part',
      });
    },
  },
  bars: {
    title: 'Median loss at three steps',
    spec: ({ records, layout }) =>
      bars({
        layout,
        data: [...Map.groupBy(records, (r) => r.optimizer)].flatMap(([optimizer, runs]) =>
          [5, 10, 15].map((i) => ({
            optimizer,
            step: `${runs[0]!.J[i]!.step} steps`,
            J: median(runs.map((run) => run.J[i]!.J)),
          })),
        ),
        category: { field: 'optimizer', title: '' },
        value: { field: 'J', title: 'Median J' },
        series: 'step',
      }),
  },
  table: {
    title: 'Loss after training, in numbers',
    spec: ({ records, layout }) =>
      table({
        layout,
        data: [...Map.groupBy(records, (r) => r.optimizer)].map(([optimizer, runs]) => {
          const last = runs.map((run) => run.J.at(-1)!.J);
          return { optimizer, runs: runs.length, J: median(last), low: Math.min(...last), high: Math.max(...last) };
        }),
        columns: [
          { field: 'optimizer', title: 'Optimiser' },
          { field: 'runs', title: 'Runs' },
          { field: 'J', title: 'Median J', decimals: 3 },
          { field: 'low', title: 'Lowest J', decimals: 3 },
          { field: 'high', title: 'Highest J', decimals: 3 },
        ],
      }),
  },
  scatter: {
    title: 'Loss before and after',
    spec: ({ records, layout }) =>
      scatter({
        layout,
        data: records.map(({ optimizer, J }) => ({ optimizer, before: J[0]!.J, after: J.at(-1)!.J })),
        x: { field: 'before', title: 'J before training' },
        y: { field: 'after', title: 'J after 60 steps', zero: true },
        series: 'optimizer',
      }),
  },
  dots: {
    title: 'Mean loss after 60 steps',
    spec: ({ records, layout }) =>
      dots({
        layout,
        data: [...Map.groupBy(records, (r) => r.optimizer)].map(([optimizer, runs]) => ({
          optimizer,
          ...meanInterval(runs.map(({ J }) => J.at(-1)!.J)),
        })),
        category: { field: 'optimizer', title: '' },
        value: { field: 'value', title: 'Mean J', zero: true },
        interval: ['low', 'high'],
      }),
  },
  strip: {
    title: 'Loss of each run',
    spec: ({ records, layout }) =>
      strip({
        layout,
        data: records.map(({ optimizer, J }) => ({ optimizer, J: J.at(-1)!.J })),
        category: { field: 'optimizer', title: '' },
        value: { field: 'J', title: 'J after 60 steps', zero: true },
      }),
  },
  box: {
    title: 'Loss of twelve runs',
    spec: ({ records, layout }) =>
      box({
        layout,
        data: records.map(({ optimizer, J }) => ({ optimizer, J: J.at(-1)!.J })),
        category: { field: 'optimizer', title: '' },
        value: { field: 'J', title: 'J after 60 steps', zero: true },
      }),
  },
  heatmap: {
    title: 'Median loss by optimiser and step',
    spec: ({ records, layout }) =>
      heatmap({
        layout,
        data: [...Map.groupBy(records, (r) => r.optimizer)].flatMap(([optimizer, runs]) =>
          runs[0]!.J.flatMap(({ step }, i) =>
            step % 12 === 0 ? [{ optimizer, step, J: median(runs.map((run) => run.J[i]!.J)) }] : [],
          ),
        ),
        x: { field: 'step', title: 'Step' },
        y: { field: 'optimizer', title: '' },
        value: { field: 'J', title: 'Median J', edges: [0.2, 0.25, 0.3, 0.4, 0.6] },
      }),
  },
  histograms: {
    title: 'Activations of the hidden units',
    spec: ({ records, layout }) =>
      histograms({
        layout,
        groups: [...Map.groupBy(records, (r) => r.optimizer)].map(([name, runs]) => ({
          name,
          values: runs.flatMap(({ hidden }) => hidden),
        })),
        title: 'Activation',
        domain: [-1, 1],
      }),
  },
  contours: {
    title: 'What one network has learnt',
    spec: ({ records, layout }) =>
      contours({
        layout,
        values: records.find((r) => r.optimizer === 'Adam' && r.seed === 0)!.probability,
        x: { title: 'x₁', domain: [-2.4, 2.4] },
        y: { title: 'x₂', domain: [-2.4, 2.4] },
        level: 0.5,
        value: { title: 'Probability', edges: [0.1, 0.3, 0.5, 0.7, 0.9], ramp: 'diverging' },
      }),
  },
  network: {
    title: 'The weights of this network',
    spec: ({ records, layout }) => {
      const { weights } = records.find((r) => r.optimizer === 'Adam' && r.seed === 0)!;
      return network({
        layout,
        weights,
        title: 'Weight',
        labels: ['inputs', 'hidden', 'output'],
        extent: Math.max(...weights.flat(2).map(Math.abs)),
      });
    },
    describe: () => 'A network of two inputs, six hidden units and one output; lines are its weights.',
  },
  flow: {
    title: 'What it computes, forwards and backwards',
    spec: ({ layout }) =>
      flow({
        layout,
        layers: ['x', 'a⁽²⁾', 'a⁽³⁾'],
        forward: ['Θ⁽¹⁾', 'Θ⁽²⁾'],
        errors: ['', 'δ⁽²⁾', 'δ⁽³⁾'],
        backward: ['', 'Θ⁽²⁾ᵀ'],
      }),
    describe: () => 'Two steps forwards from the inputs to the output, and one backwards from its error.',
  },
  rule: {
    title: 'Loss beside chance',
    spec: ({ records, layout }) =>
      lines({
        layout,
        data: records.filter((r) => r.seed === 0).flatMap(({ optimizer, J }) => J.map((at) => ({ optimizer, ...at }))),
        x: { field: 'step', title: 'Step' },
        y: { field: 'J', title: 'J', zero: true },
        series: 'optimizer',
        layers: rule({ y: Math.LN2, label: 'chance' }),
      }),
  },
});
