/** Tests the merging of frames: what a reader sees in a frame is the drawing of that frame. */
import fc from 'fast-check';
import type { ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { expect, test } from 'vitest';
import { type Chart, type Frame, heatmap, type Layout, renderFrames } from '../../src/figure/index.ts';
import { mergeFrames } from '../../src/figure/svg/merge-frames.ts';

const isClass = (name: string) => (node: ElementContent) =>
  node.type === 'element' && String(node.properties.className) === name;

/** The markup that a browser shows of merged frames in one frame, of a grid in a row and a column. */
function shownIn(svg: string, frame: number, row = 0): string {
  const select = (children: readonly ElementContent[]): ElementContent[] =>
    children.flatMap((child): ElementContent[] => {
      if (child.type !== 'element') return [child];
      const { children: inner } = child;
      const isGroup = (name: string) => inner.length > 0 && inner.every(isClass(name));
      const own = isGroup('frame') ? inner[frame] : isGroup('frame-row') ? inner[row] : undefined;
      // A row may hold one frame for each column.
      if (own?.type === 'element')
        return select(own.children.length > 0 && own.children.every(isClass('frame')) ? [own] : own.children).flatMap(
          (node) => (node === own ? own.children : [node]),
        );
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

test('the drawings of a grid, seen in a row and a column, are the drawing of that frame', () => {
  const drawing = fc.array(element, { maxLength: 3 }).map((all) => `<svg width="9">${all.join('')}</svg>`);
  const grids = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
    .chain(([rows, columns]) =>
      fc.tuple(fc.constant(columns), fc.array(drawing, { minLength: rows * columns, maxLength: rows * columns })),
    );
  fc.assert(
    fc.property(grids, ([columns, drawings]) => {
      const svg = mergeFrames(drawings, columns);
      drawings.forEach((own, i) => {
        expect(shownIn(svg, i % columns, Math.floor(i / columns))).toBe(toHtml(fromHtml(own, { fragment: true })));
      });
    }),
  );
});

test('in a grid, what a row or a column decides alone stands once for it', () => {
  const [rows, columns] = [3, 4];
  const drawings = Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return `<svg><g><path d="all"/></g><g><path d="row ${row}"/></g><g><path d="column ${column}"/></g><g><path d="cell ${i}"/></g></svg>`;
  });
  const svg = mergeFrames(drawings, columns);
  const count = (text: string) => svg.split(text).length - 1;
  expect([count('all'), count('row '), count('column '), count('cell ')]).toEqual([1, rows, columns, rows * columns]);
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
