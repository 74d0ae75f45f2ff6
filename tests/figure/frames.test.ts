/** Tests figures in frames: what both layouts contain, and the limits. */
import { expect, test } from 'vitest';
import {
  type Chart,
  type DrawnFrame,
  type Frame,
  layouts,
  lines,
  renderFigure,
  renderFrames,
} from '../../src/figure/index.ts';

const result = { records: [], measures: {} };

/** A chart of `count` frames, each with `points` points that no other frame has. */
const chartOf = (count: number, points: number): Chart => ({
  title: 'A run',
  frames: () => Array.from({ length: count }, (_, i) => ({ label: `step ${i}`, value: i })),
  spec: (({ layout, frame }: { layout: never; frame: Frame }) =>
    lines({
      layout,
      data: Array.from({ length: points }, (_, x) => ({ x, y: Math.sin((x + 1) * (frame.value + 1) * 12.9898) })),
      x: { field: 'x', title: 'x' },
      y: { field: 'y', title: 'y', domain: [-1, 1] },
    })) as Chart['spec'],
});

test('each frame is drawn in both layouts; what frames share stands once', async () => {
  const { frames, wide, narrow, describedBy, tables } = await renderFrames('x.frames', chartOf(3, 10), result);
  expect(frames.map(({ label }) => label)).toEqual(['step 0', 'step 1', 'step 2']);
  const ids = [...(wide + narrow).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const svg of [wide, narrow]) {
    expect(svg).toContain(`aria-describedby="${describedBy}"`);
    expect(svg.match(/<svg/g)?.length).toBe(1);
    expect(svg.match(/>x<\/text>/g)?.length).toBe(1);
    expect(svg.match(/<g class="frame">/g)?.length).toBe(3);
  }
  expect(frames[1]!.description).toContain('y against x');
  expect(tables[0]!.rows.length).toBe(10);
});

test('too many frames, too many bytes, or none are errors that say how many', async () => {
  await expect(renderFrames('x.frames', chartOf(25, 2), result)).rejects.toThrow(
    'figure x.frames: has 25 frames; at most 24 can be scrubbed',
  );
  await expect(renderFrames('x.frames', chartOf(20, 3000), result)).rejects.toThrow(
    /takes about \d+ bytes compressed in 20 frames; the budget is 60000/,
  );
  await expect(renderFrames('x.frames', chartOf(0, 2), result)).rejects.toThrow('has no frames');
});

/** A chart over a grid of two parameters. `drawn` counts how often a frame is drawn. */
const gridOf = (rows: number, columns: number, points: number, drawn = { count: 0 }): Chart => ({
  title: 'A map',
  grid: () => [
    { title: 'Scale', choices: Array.from({ length: rows }, (_, i) => ({ label: `scale ${i}`, value: i })) },
    { title: 'Rate', choices: Array.from({ length: columns }, (_, i) => ({ label: `rate ${i}`, value: 10 * i })) },
  ],
  start: 'scale 1, rate 2',
  describe: (({ frame }: { frame: DrawnFrame }) => `At ${frame.value} and ${frame.second}.`) as NonNullable<
    Chart['describe']
  >,
  spec: (({ layout, frame }: { layout: never; frame: DrawnFrame }) => {
    drawn.count += 1;
    return lines({
      layout,
      data: Array.from({ length: points }, (_, x) => ({
        x,
        y: Math.sin((x + 1) * (frame.value * 7 + frame.second + 1) * 12.9898),
      })),
      x: { field: 'x', title: 'x' },
      y: { field: 'y', title: 'y', domain: [-1, 1] },
    });
  }) as Chart['spec'],
});

test('a grid has a frame for each pair of choices, row by row, and starts at the telling one', async () => {
  const drawn = await renderFrames('x.grid', gridOf(2, 3, 5), result);
  expect(drawn.frames.map(({ label }) => label)).toEqual(
    [0, 1].flatMap((scale) => [0, 1, 2].map((rate) => `scale ${scale}, rate ${rate}`)),
  );
  expect(drawn.frames.at(-1)!.description).toBe('At 1 and 20.');
  expect(drawn.telling).toBe(5);
  for (const svg of [drawn.wide, drawn.narrow]) {
    expect(svg.match(/<g class="frame-row">/g)).toHaveLength(2);
    expect(svg.match(/<g class="frame">/g)).toHaveLength(6);
  }
});

test('a figure by itself is the telling frame, in files and feeds', async () => {
  const chart = { ...gridOf(3, 3, 2), start: 'scale 2, rate 0' };
  expect((await renderFigure({ name: 'x.grid', chart, result, layout: layouts.wide })).description).toBe('At 2 and 0.');
});

test('far too many bytes are found by a sample, before all frames are drawn', async () => {
  const drawn = { count: 0 };
  await expect(renderFrames('x.grid', gridOf(12, 12, 400, drawn), result)).rejects.toThrow(
    /takes about \d+000 bytes compressed in 144 frames; the budget is 60000/,
  );
  expect(drawn.count).toBeLessThan(40);
});

test.each([
  [
    { start: 'scale 1, rte 2' },
    'no frame is called “scale 1, rte 2”; write one of scale 0, scale 1, a comma, and one of rate 0, rate 1, rate 2; did you mean “scale 1, rate 2”?',
  ],
  [
    {
      grid: () =>
        [
          { title: 'Scale', choices: [] },
          { title: 'Rate', choices: [{ label: 'a', value: 1 }] },
        ] as const,
    },
    'the parameter “Scale” has no frames',
  ],
  [{ frames: () => [{ label: 'a', value: 1 }] }, 'has both frames and a grid; keep one of them'],
])('a wrong grid is an error that says how to write it: %o', async (wrong, message) => {
  await expect(renderFrames('x.grid', { ...gridOf(2, 3, 5), ...wrong } as Chart, result)).rejects.toThrow(message);
});
