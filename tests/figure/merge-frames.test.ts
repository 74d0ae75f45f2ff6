/** Tests the merging of frames: what a reader sees in a frame is the drawing of that frame. */
import fc from 'fast-check';
import type { ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { expect, test } from 'vitest';
import { type Chart, type Frame, heatmap, type Layout, renderFrames } from '../../src/figure/index.ts';
import { mergeFrames } from '../../src/figure/svg/merge-frames.ts';

const isFrame = (node: ElementContent): boolean =>
  node.type === 'element' && String(node.properties.className) === 'frame';

/** The markup that a browser shows of merged frames in one frame. */
function shownIn(svg: string, frame: number): string {
  const select = (children: readonly ElementContent[]): ElementContent[] =>
    children.flatMap((child): ElementContent[] => {
      if (child.type !== 'element') return [child];
      const own = child.children.length > 0 && child.children.every(isFrame) ? child.children[frame] : undefined;
      if (own?.type === 'element') return select(own.children);
      return [{ ...child, children: select(child.children) }];
    });
  const root = fromHtml(svg, { fragment: true }) as Root & { children: ElementContent[] };
  return toHtml({ type: 'root', children: select(root.children) });
}

const { element } = fc.letrec<{ element: string; list: string }>((tie) => ({
  element: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('<path d="M0,0"/>', '<path d="M1,1"/>', '<text>a</text>', '<text>b</text>'),
    fc.tuple(fc.constantFrom('<g>', '<g fill="red">'), tie('list')).map(([open, list]) => `${open}${list}</g>`),
  ),
  list: fc.array(tie('element'), { minLength: 1, maxLength: 4 }).map((all) => all.join('')),
}));

test('merged drawings, seen in a frame, are the drawing of that frame', () => {
  const drawing = fc.array(element, { maxLength: 4 }).map((all) => `<svg width="9">${all.join('')}</svg>`);
  fc.assert(
    fc.property(fc.array(drawing, { minLength: 1, maxLength: 4 }), (drawings) => {
      const svg = mergeFrames(drawings);
      drawings.forEach((own, frame) => {
        expect(shownIn(svg, frame)).toBe(toHtml(fromHtml(own, { fragment: true })));
      });
    }),
  );
});

test('drawings of different sizes stay apart', () => {
  expect(mergeFrames(['<svg width="1"></svg>', '<svg width="2"></svg>'])).toBe(
    '<div class="frame"><svg width="1"></svg></div><div class="frame"><svg width="2"></svg></div>',
  );
});

test('a shared shape stands once on a page: the narrow drawing refers to the wide one', async () => {
  const chart: Chart = {
    title: 'A map',
    frames: () => [1, 2].map((value) => ({ label: String(value), value })),
    spec: (({ layout, frame }: { layout: Layout; frame: Frame }) =>
      heatmap({
        layout,
        data: Array.from({ length: 36 }, (_, i) => ({ x: i % 6, y: Math.floor(i / 6), z: (i * frame.value) % 7 })),
        x: { field: 'x', title: 'x' },
        y: { field: 'y', title: 'y' },
        value: { field: 'z', title: 'z', edges: [2, 4] },
      })) as Chart['spec'],
  };
  const { wide, narrow } = await renderFrames('x.map', chart, { records: [], measures: {} });
  const references = [...narrow.matchAll(/<use href="#([^"]*)"\/>/g)].map(([, id]) => id!);
  expect(references.length).toBe(2);
  for (const id of references) expect(wide).toContain(` id="${id}"`);
  expect(wide).not.toContain('<use');
});
