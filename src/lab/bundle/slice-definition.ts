/**
 * Keeps one part of an experiment's definition: `run` for workers, or everything else for pages. The other part is
 * blanked before bundling, so that tree-shaking drops what only they used: a measure's helper is no part of a
 * task's key. Blanks keep every line and column in place.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { positionAt } from '../text-position.ts';
import { type Node, type Program, parse, SyntaxProblem } from './syntax-tree.ts';

/** The properties to keep: `run` alone, or all but `run`. */
export type DefinitionSlice = 'run' | 'description';

const hint = 'write `export default defineExperiment({ … })` with every property spelt out';

const blank = (source: string, start: number, end: number): string =>
  source.slice(0, start) + source.slice(start, end).replace(/[^\n]/g, ' ') + source.slice(end);

/** The identifier `defineExperiment` and the object that it is called with. */
function definition(program: Program) {
  const exported = program.body.find((node) => node.type === 'ExportDefaultDeclaration');
  if (exported === undefined) throw new SyntaxProblem(0, `no default export: ${hint}`);
  const call = exported.declaration;
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'defineExperiment') {
    throw new SyntaxProblem(call.start, `the default export is not a call of defineExperiment: ${hint}`);
  }
  const [object] = call.arguments;
  if (object?.type !== 'ObjectExpression') {
    throw new SyntaxProblem(call.start, `defineExperiment is not given an object: ${hint}`);
  }
  return { callee: call.callee, object };
}

function nameOf(property: Node): string {
  if (property.type !== 'Property') {
    throw new SyntaxProblem(property.start, `a spread hides which properties it brings: ${hint}`);
  }
  if (property.computed || property.key.type !== 'Identifier') {
    throw new SyntaxProblem(property.start, `a property without a plain name: ${hint}`);
  }
  return property.key.name;
}

/** The property `run` of an experiment; undefined if it has none. Throws SyntaxProblem if there is no experiment. */
export function findRunProperty(program: Program): Node | undefined {
  return definition(program).object.properties.find((property) => nameOf(property) === 'run');
}

/** An experiment's source with blanks for the properties that are not in `slice`; its length stays. */
export function sliceDefinition(source: string, program: Program, slice: DefinitionSlice): string {
  const { callee, object } = definition(program);
  let result = blank(source, callee.start, callee.end);
  object.properties.forEach((property, i, all) => {
    if ((nameOf(property) === 'run') === (slice === 'run')) return;
    // Up to the next property or the closing brace, so that the comma goes too.
    result = blank(result, property.start, all[i + 1]?.start ?? object.end - 1);
  });
  return result;
}

/**
 * The location of `run`, for a failure without a stack, such as a time-out: `run (experiments/x.ts:9:3)`. The file
 * alone if it was edited meanwhile and has no `run` now.
 */
export async function runLocation(root: string, file: string): Promise<string> {
  try {
    const source = await readFile(join(root, file), 'utf8');
    const run = findRunProperty(parse(source));
    if (run === undefined) return file;
    const { line, column } = positionAt(source, run.start);
    return `run (${file}:${line}:${column + 1})`;
  } catch (error) {
    if (error instanceof SyntaxProblem || (error as NodeJS.ErrnoException).code === 'ENOENT') return file;
    throw error;
  }
}
