/** Extracts the source text of functions and charts from a module: the bundled code has other names and no types. */

import { type Node, type Program, parse } from '../../lab/bundle/syntax-tree.ts';
import { normalizeLineEndings } from '../../lab/data-files/line-endings.ts';
import { positionAt } from '../../lab/text-position.ts';

/** The function or the initial value that a top-level name is declared with. */
function declarationOf(program: Program, name: string): Node | undefined {
  for (const each of program.body) {
    const statement = each.type === 'ExportNamedDeclaration' ? each.declaration : each;
    if (statement?.type === 'FunctionDeclaration' && statement.id?.name === name) return statement;
    if (statement?.type !== 'VariableDeclaration') continue;
    const found = statement.declarations.find(({ id }) => id.type === 'Identifier' && id.name === name);
    if (found?.init) return found.init;
  }
  return undefined;
}

/** The expression behind a node: a name's value, a type assertion's operand, the argument of a helper's call. */
function resolve(program: Program, node: Node | null | undefined): Node | undefined {
  switch (node?.type) {
    case 'Identifier': {
      const value = declarationOf(program, node.name);
      return value && value !== node ? resolve(program, value) : undefined;
    }
    case 'TSSatisfiesExpression':
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return resolve(program, node.expression);
    case 'CallExpression':
      return node.arguments.length === 1 ? resolve(program, node.arguments[0]) : undefined;
    default:
      return node ?? undefined;
  }
}

function entry(object: Node | undefined, name: string) {
  if (object?.type !== 'ObjectExpression') return undefined;
  for (const each of object.properties) {
    if (each.type !== 'Property') continue;
    const key = each.key.type === 'Literal' ? each.key.value : each.key.type === 'Identifier' ? each.key.name : '';
    if (key === name) return each;
  }
  return undefined;
}

function property(program: Program, object: Node | undefined, name: string): Node | undefined {
  const each = entry(object, name);
  return each?.method ? each : resolve(program, each?.value);
}

/** The object that a module exports by default, taken out of a helper's call if it stands in one. */
function defaultExport(program: Program): Node | undefined {
  return resolve(program, program.body.find((each) => each.type === 'ExportDefaultDeclaration')?.declaration);
}

/** `text` without the indentation that all lines after the first share. */
function dedent(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  const indents = rest.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length);
  const shared = indents.length > 0 ? Math.min(...indents) : 0;
  return [first, ...rest.map((line) => line.slice(shared))].join('\n');
}

/** The source text of the function of each line of the derivation `name`; undefined where it is not written out. */
export function lineSources(module: string, name: string): (string | undefined)[] {
  const source = normalizeLineEndings(module);
  const program = parse(source);
  const lines = property(program, property(program, defaultExport(program), name), 'lines');
  if (lines?.type !== 'ArrayExpression') return [];
  return lines.elements.map((line) => {
    const value = property(program, resolve(program, line), 'value');
    const isWritten = value && /Function|^Property$/.test(value.type);
    return isWritten ? dedent(source.slice(value.start, value.end)) : undefined;
  });
}

/** The place of the entry `name` in the default export of `module`, `5:3`; undefined if it is not written there. */
export function entryPlace(module: string, name: string): string | undefined {
  const own = entry(defaultExport(parse(module)), name);
  if (own === undefined) return undefined;
  const { line, column } = positionAt(module, own.start);
  return `${line}:${column + 1}`;
}

/** The source text of the entry `name` in the default export of `module`; undefined if it is not written there. */
export function entrySource(module: string, name: string): string | undefined {
  const source = normalizeLineEndings(module);
  const own = entry(defaultExport(parse(source)), name);
  return own && dedent(source.slice(own.start, own.end));
}
