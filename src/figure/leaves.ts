/** The marks of a compiled specification, where their channels get their values from, and the scenes they become. */
import { type FigureItem, type FigureScene, sceneVisit } from 'vega';
import { isObject, scalesIn, type VegaNode, type VegaScale } from './vega-spec.ts';

/** The channels of Vega's marks by the names that Vega-Lite has for them. */
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

/** Where one channel of a mark gets its value from. */
export type Source = { readonly scale?: string; readonly field?: string; readonly value?: unknown };

/** The fields and constants that an encoding rule reads; of conditional rules, all. */
export function sources(rule: unknown): Source[] {
  if (Array.isArray(rule)) return rule.flatMap(sources);
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

/** A leaf mark of a compiled specification, with what surrounds it. */
export type Leaf = {
  readonly mark: VegaNode;
  readonly scales: ReadonlyMap<string, VegaScale>;
  readonly groups: readonly VegaNode[];
};

export function leaves(node: VegaNode, outer: ReadonlyMap<string, VegaScale>, groups: readonly VegaNode[]): Leaf[] {
  const scales = scalesIn(node, outer);
  return (node.marks ?? []).flatMap((mark) =>
    mark.type === 'group' ? leaves(mark, scales, [...groups, mark]) : [{ mark, scales, groups }],
  );
}

/** All scenes of marks by name. */
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

/** A mark by Vega-Lite's name: a bar and a cell are both Vega's `rect`. */
export function markName({ type = '', style }: VegaNode): string {
  const [first] = [style ?? []].flat();
  return first !== undefined && first !== 'cell' && !first.includes('-') ? first : (markNames[type] ?? type);
}
