/** Finds the marks of a compiled specification, the fields of their channels, and their scenes. */
import { type FigureItem, type FigureScene, sceneVisit } from 'vega';
import { isObject, scalesIn, type VegaNode, type VegaScale } from './vega-spec.ts';

/** Vega's channel → Vega-Lite's channel. */
export const channelNames: Readonly<Record<string, string>> = {
  x: 'x',
  xc: 'x',
  x2: 'x2',
  y: 'y',
  yc: 'y',
  y2: 'y2',
  fill: 'color',
  stroke: 'color',
  shape: 'shape',
  size: 'size',
  opacity: 'opacity',
  fillOpacity: 'opacity',
  strokeOpacity: 'opacity',
  strokeWidth: 'strokeWidth',
  strokeDash: 'strokeDash',
  angle: 'angle',
  startAngle: 'theta2',
  endAngle: 'theta',
  outerRadius: 'radius',
  innerRadius: 'radius2',
};

/** The source of a channel's value: a field or a constant, and its scale. */
export type Source = { readonly scale?: string; readonly field?: string; readonly value?: unknown };

/** The fields and constants that an encoding rule reads, in all of its conditions. */
export function channelSources(rule: unknown): Source[] {
  if (Array.isArray(rule)) return rule.flatMap(channelSources);
  if (!isObject(rule)) return [];
  const scale = typeof rule.scale === 'string' ? rule.scale : undefined;
  if (typeof rule.field === 'string') return [{ ...(scale === undefined ? {} : { scale }), field: rule.field }];
  if (rule.value !== undefined && scale !== undefined && rule.test === undefined) return [{ scale, value: rule.value }];
  if (typeof rule.signal !== 'string') return [];
  // Such as scale("x", 0.5 * datum["a"] + 0.5 * datum["b"]), the middle of a bin.
  const [, of] = /scale\("((?:[^"\\]|\\.)*)",/.exec(rule.signal) ?? [];
  if (of === undefined) return [];
  return [...rule.signal.matchAll(/datum\["((?:[^"\\]|\\.)*)"\]/g)].map(([, name]) => ({
    scale: of,
    field: name!.replace(/([.[\]])/g, '\\$1'),
  }));
}

/** A mark of a compiled specification that is no group, with the scales that it sees and the groups around it. */
export type LeafMark = {
  readonly mark: VegaNode;
  readonly scales: ReadonlyMap<string, VegaScale>;
  readonly groups: readonly VegaNode[];
};

/** All leaf marks at and below a node, in drawing order. */
export function leafMarks(
  node: VegaNode,
  outer: ReadonlyMap<string, VegaScale>,
  groups: readonly VegaNode[],
): LeafMark[] {
  const scales = scalesIn(node, outer);
  return (node.marks ?? []).flatMap((mark) =>
    mark.type === 'group' ? leafMarks(mark, scales, [...groups, mark]) : [{ mark, scales, groups }],
  );
}

/** The scenes of a scene graph by the name of their mark; a mark in several panels has several. */
export function scenesByName(root: FigureScene): Map<string, FigureScene[]> {
  const scenes = new Map<string, FigureScene[]>();
  const visit = (scene: FigureScene): void => {
    if (scene.name !== undefined && scene.name !== '')
      scenes.set(scene.name, [...(scenes.get(scene.name) ?? []), scene]);
    if (scene.marktype === 'group')
      sceneVisit(scene, (group: FigureItem) => sceneVisit(group, (child: FigureScene) => visit(child)));
  };
  visit(root);
  return scenes;
}

const markNames: Readonly<Record<string, string>> = { symbol: 'point', group: 'group', shape: 'geoshape' };

/** The Vega-Lite name of a mark, by its style, since several are one mark in Vega (bars and cells are `rect`). */
export function markName({ type = '', style }: VegaNode): string {
  const [first] = [style ?? []].flat();
  return first !== undefined && first !== 'cell' && !first.includes('-') ? first : (markNames[type] ?? type);
}
