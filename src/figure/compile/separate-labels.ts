/** Moves overlapping direct labels apart along y, as little as possible, after Vega's layout. */
import { type FigureItem, type FigureScene, sceneVisit } from 'vega';

/** Whether a mark is direct labels: a text layer with the Vega-Lite name `labels`. */
const isLabels = (scene: FigureScene): boolean =>
  scene.marktype === 'text' && /(^|_)labels(_marks)?$/.test(scene.name ?? '');

/**
 * Positions for boxes of a `height` near the positions `wanted`, without overlap and with the least squared movement:
 * overlapping neighbours are merged into blocks, each at its members' mean (pool adjacent violators).
 */
export function spreadApart(wanted: readonly number[], height: number): number[] {
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

/** Moves the direct labels of a scene apart, in each group separately. Labels at different x do not move each other. */
export function separateLabels(scene: FigureScene): void {
  sceneVisit(scene, (group: FigureItem) => {
    if (group.items === undefined) return;
    sceneVisit(group, (child: FigureScene) => {
      if (child.marktype === 'group') separateLabels(child);
      else if (isLabels(child)) spreadItems(child.items);
    });
  });
}

function spreadItems(items: readonly FigureItem[]): void {
  const columns = Map.groupBy(items, (item) => Math.round((item.x ?? 0) / 40));
  for (const column of columns.values()) {
    const height = Number(column[0]?.fontSize ?? 12) + 2;
    const placed = spreadApart(
      column.map((item) => item.y ?? 0),
      height,
    );
    column.forEach((item, i) => {
      item.y = placed[i]!;
    });
  }
}
