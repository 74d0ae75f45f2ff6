/**
 * An experiment is one object, of which workers need `run` alone and pages need all but `run`. Blanking the other
 * properties before bundling lets tree-shaking drop what only they used, so that a measure's helper is no part of
 * a task's key. Blanks keep every line and column where it was.
 */
import {
  type ArrayExpression,
  type Expression,
  type Node,
  type ObjectExpression,
  parse,
  type SpreadElement,
} from 'acorn';

/** Which half of the definition to keep. */
export type Half = 'run' | 'description';

/** The file is not written in the one form that can be cut; `line` is 1-based, `column` 0-based. */
export class NotCuttable extends Error {
  readonly line: number;
  readonly column: number;
  constructor(node: Node | undefined, reason: string) {
    super(reason);
    this.name = 'NotCuttable';
    this.line = node?.loc?.start.line ?? 1;
    this.column = node?.loc?.start.column ?? 0;
  }
}

const form = 'write `export default defineExperiment({ … })` with every property spelt out';

const blank = (source: string, start: number, end: number): string =>
  source.slice(0, start) + source.slice(start, end).replace(/[^\n]/g, ' ') + source.slice(end);

function definitionCall(source: string): { callee: Node; object: ObjectExpression } {
  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  const exported = program.body.find((node) => node.type === 'ExportDefaultDeclaration');
  if (exported === undefined) throw new NotCuttable(undefined, `no default export: ${form}`);
  const call = exported.declaration;
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'defineExperiment') {
    throw new NotCuttable(call, `the default export is not a call of defineExperiment: ${form}`);
  }
  const object: Expression | SpreadElement | ArrayExpression | undefined = call.arguments[0];
  if (object?.type !== 'ObjectExpression')
    throw new NotCuttable(call, `defineExperiment is not given an object: ${form}`);
  return { callee: call.callee, object };
}

function nameOf(property: ObjectExpression['properties'][number]): string {
  if (property.type === 'SpreadElement')
    throw new NotCuttable(property, `a spread hides which properties it brings: ${form}`);
  if (property.computed || property.key.type !== 'Identifier') {
    throw new NotCuttable(property, `a property without a plain name: ${form}`);
  }
  return property.key.name;
}

/** Cuts the JavaScript of an experiment's file down to one half of its definition. */
export function cut(source: string, half: Half): string {
  const { callee, object } = definitionCall(source);
  let result = blank(source, callee.start, callee.end);
  for (const property of object.properties) {
    if ((nameOf(property) === 'run') === (half === 'run')) continue;
    const comma = /^[^\S]*,/.exec(source.slice(property.end))?.[0].length ?? 0;
    result = blank(result, property.start, property.end + comma);
  }
  return result;
}
