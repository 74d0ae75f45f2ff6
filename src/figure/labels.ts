/** Direct labels that would touch are moved apart along y, as little as possible, after Vega has laid out the figure. */
import { type FigureItem, type FigureScene, sceneVisit } from 'vega';

/** A mark so named (Vega-Lite: `name: 'labels'` on the layer) is a list of direct labels. */
const isLabels = (scene: FigureScene): boolean =>
  scene.marktype === 'text' && /(^|_)labels(_marks)?$/.test(scene.name ?? '');

/**
 * Heights for boxes of one `height` that want to sit at `wanted`, so that none overlaps and the squared moves are
 * least: overlapping neighbours are merged into blocks, each at its members' mean (pool adjacent violators).
 */
export function spread(wanted: readonly number[], height: number): number[] {
  const order = wanted.map((_, i) => i).sort((i, j) => wanted[i]! - wanted[j]! || i - j);
  const blocks: { members: number[]; top: number }[] = [];
  for (const index of order) {
    let block = { members: [index], top: wanted[index]! };
    for (;;) {
      const above = blocks.at(-1);
      if (above === undefined || above.top + above.members.length * height <= block.top) break;
      blocks.pop();
      const members = [...above.members, ...block.members];
      const mean = members.reduce((sum, member, place) => sum + wanted[member]! - place * height, 0) / members.length;
      block = { members, top: mean };
    }
    blocks.push(block);
  }
  const placed = [...wanted];
  for (const { members, top } of blocks)
    members.forEach((member, place) => {
      placed[member] = top + place * height;
    });
  return placed;
}

/** Moves the direct labels of a scene apart, within each group by itself. Labels at different x do not push each other. */
export function spreadLabels(scene: FigureScene): void {
  sceneVisit(scene, (group: FigureItem) => {
    if (group.items === undefined) return;
    sceneVisit(group, (child: FigureScene) => {
      if (child.marktype === 'group') spreadLabels(child);
      else if (isLabels(child)) spreadItems(child.items);
    });
  });
}

function spreadItems(items: readonly FigureItem[]): void {
  const columns = Map.groupBy(items, (item) => Math.round((item.x ?? 0) / 40));
  for (const column of columns.values()) {
    const height = Number(column[0]?.fontSize ?? 12) + 2;
    const placed = spread(
      column.map((item) => item.y ?? 0),
      height,
    );
    column.forEach((item, i) => {
      item.y = placed[i]!;
    });
  }
}
