/** What a module exports as its author wrote it: the bundler renames what functions call, and drops types. */
import { withLineFeeds } from '../lab/line-ends.ts';
import { type Node, type Program, parse } from '../lab/syntax.ts';

/** What a name at the top of a module stands for. */
function declared(program: Program, name: string): Node | undefined {
  for (const each of program.body) {
    const statement = each.type === 'ExportNamedDeclaration' ? each.declaration : each;
    if (statement?.type === 'FunctionDeclaration' && statement.id?.name === name) return statement;
    if (statement?.type !== 'VariableDeclaration') continue;
    const found = statement.declarations.find(({ id }) => id.type === 'Identifier' && id.name === name);
    if (found?.init) return found.init;
  }
  return undefined;
}

/** The value of a node: what a name stands for, what a type is asserted of, what a helper such as `derivation(…)` is given. */
function resolved(program: Program, node: Node | null | undefined): Node | undefined {
  switch (node?.type) {
    case 'Identifier': {
      const value = declared(program, node.name);
      return value && value !== node ? resolved(program, value) : undefined;
    }
    case 'TSSatisfiesExpression':
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return resolved(program, node.expression);
    case 'CallExpression':
      return node.arguments.length === 1 ? resolved(program, node.arguments[0]) : undefined;
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
  return each?.method ? each : resolved(program, each?.value);
}

/** The object that a module exports by default, or gives to a helper whose value it exports. */
function exported(program: Program): Node | undefined {
  return resolved(program, program.body.find((each) => each.type === 'ExportDefaultDeclaration')?.declaration);
}

/** `text` without the indentation that its further lines share. */
function dedented(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  const indents = rest.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length);
  const shared = indents.length > 0 ? Math.min(...indents) : 0;
  return [first, ...rest.map((line) => line.slice(shared))].join('\n');
}

/**
 * The text of the function of each line of the derivation `name`, which `module` exports by default;
 * undefined for one that the module computes rather than writes.
 */
export function lineSources(module: string, name: string): (string | undefined)[] {
  const source = withLineFeeds(module);
  const program = parse(source);
  const lines = property(program, property(program, exported(program), name), 'lines');
  if (lines?.type !== 'ArrayExpression') return [];
  return lines.elements.map((line) => {
    const value = property(program, resolved(program, line), 'value');
    const isWritten = value && /Function|^Property$/.test(value.type);
    return isWritten ? dedented(source.slice(value.start, value.end)) : undefined;
  });
}

/** The text of the entry `name` of what `module` exports by default; undefined if it is not written there. */
export function entrySource(module: string, name: string): string | undefined {
  const source = withLineFeeds(module);
  const own = entry(exported(parse(source)), name);
  return own && dedented(source.slice(own.start, own.end));
}
