/** Tests figures in frames: what both layouts contain, and the limits. */
import { expect, test } from 'vitest';
import { type Chart, type Frame, lines, renderFrames } from '../../src/figure/index.ts';

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
  const { frames, wide, narrow, describedBy, table } = await renderFrames('x.frames', chartOf(3, 10), result);
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
  expect(table.rows.length).toBe(10);
});

test('too many frames, too many bytes, or none are errors that say how many', async () => {
  await expect(renderFrames('x.frames', chartOf(25, 2), result)).rejects.toThrow(
    'figure x.frames: has 25 frames; at most 24',
  );
  await expect(renderFrames('x.frames', chartOf(20, 3000), result)).rejects.toThrow(
    /takes \d+ bytes compressed in 20 frames; the budget is 60000/,
  );
  await expect(renderFrames('x.frames', chartOf(0, 2), result)).rejects.toThrow('has no frames');
});
