/**
 * An experiment is one object, of which workers need `run` alone and pages need all but `run`. Blanking the other
 * properties before bundling lets tree-shaking drop what only they used, so that a measure's helper is no part of
 * a task's key. Blanks keep every line and column where it was.
 */
import { type Node, type Program, SyntaxProblem } from './syntax.ts';

/** Which half of the definition to keep. */
export type Half = 'run' | 'description';

const form = 'write `export default defineExperiment({ … })` with every property spelt out';

const blank = (source: string, start: number, end: number): string =>
  source.slice(0, start) + source.slice(start, end).replace(/[^\n]/g, ' ') + source.slice(end);

/** `defineExperiment` and the object that it is given. */
function definition(program: Program) {
  const exported = program.body.find((node) => node.type === 'ExportDefaultDeclaration');
  if (exported === undefined) throw new SyntaxProblem(0, `no default export: ${form}`);
  const call = exported.declaration;
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'defineExperiment') {
    throw new SyntaxProblem(call.start, `the default export is not a call of defineExperiment: ${form}`);
  }
  const [object] = call.arguments;
  if (object?.type !== 'ObjectExpression') {
    throw new SyntaxProblem(call.start, `defineExperiment is not given an object: ${form}`);
  }
  return { callee: call.callee, object };
}

function nameOf(property: Node): string {
  if (property.type !== 'Property') {
    throw new SyntaxProblem(property.start, `a spread hides which properties it brings: ${form}`);
  }
  if (property.computed || property.key.type !== 'Identifier') {
    throw new SyntaxProblem(property.start, `a property without a plain name: ${form}`);
  }
  return property.key.name;
}

/** The property `run` of an experiment; undefined if it has none. Throws SyntaxProblem where there is no experiment. */
export function runOf(program: Program): Node | undefined {
  return definition(program).object.properties.find((property) => nameOf(property) === 'run');
}

/** Cuts an experiment's source down to one half of its definition; as long as it was, with blanks for what went. */
export function cut(source: string, program: Program, half: Half): string {
  const { callee, object } = definition(program);
  let result = blank(source, callee.start, callee.end);
  object.properties.forEach((property, i, all) => {
    if ((nameOf(property) === 'run') === (half === 'run')) return;
    // Up to the next property or the closing brace, so that the comma goes too.
    result = blank(result, property.start, all[i + 1]?.start ?? object.end - 1);
  });
  return result;
}
