/** The reference of a module, a component or a settings object, read from its source: names, signatures, comments. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Node, type Program, parse } from '../../lab/bundle/syntax-tree.ts';
import { normalizeLineEndings } from '../../lab/data-files/line-endings.ts';

/** One name with the code that declares it, and the comment above it in plain text with code between backticks. */
export type ReferenceEntry = {
  readonly name: string;
  readonly code: string;
  readonly comment: string;
  /** The language of the code; `ts` if omitted. */
  readonly lang?: string;
  /** Fields of a type that neither a comment of their own nor the type's comment explains. */
  readonly unexplained: readonly string[];
};

type Source = { readonly text: string; readonly program: Program };

function read(file: string): Source {
  const whole = normalizeLineEndings(readFileSync(file, 'utf8'));
  // An Astro component's TypeScript stands between its first two fences.
  const text = file.endsWith('.astro') ? (/^---\n([\s\S]*?)\n---/.exec(whole)?.[1] ?? '') : whole;
  return { text, program: parse(text) };
}

/** The text of the block comment that ends right before `start`; empty if there is none. */
function commentBefore(text: string, start: number): string {
  const [comment] = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(text.slice(0, start)) ?? [''];
  return comment
    .trim()
    .slice(3, -2)
    .replace(/^ *\* ?/gm, '')
    .trim();
}

/** Names of the properties of a type whose meaning is said nowhere. */
function unexplained(text: string, node: Node, comment: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (value !== null && typeof value === 'object') {
      const part = value as Node;
      if (part.type === 'TSPropertySignature' && part.key.type === 'Identifier') {
        const { name } = part.key;
        const isSaid = new RegExp(`\\b${name}\\b`).test(comment) || commentBefore(text, part.start) !== '';
        if (!isSaid) found.push(name);
      }
      for (const [key, each] of Object.entries(part)) if (key !== 'parent') visit(each);
    }
  };
  if (node.type === 'TSTypeAliasDeclaration' || node.type === 'TSInterfaceDeclaration') visit(node);
  return found;
}

/** A declaration without what it does: a function without its body, a constant without a long value. */
function signature(text: string, node: Node): string {
  if (node.type === 'FunctionDeclaration' || node.type === 'TSDeclareFunction')
    return text.slice(node.start, node.body?.start ?? node.end).trim();
  if (node.type === 'ClassDeclaration') return text.slice(node.start, node.body.start).trim();
  if (node.type !== 'VariableDeclaration') return text.slice(node.start, node.end);
  const [{ id, init }] = node.declarations as [(typeof node.declarations)[number]];
  if (init?.type === 'ArrowFunctionExpression')
    return `const ${text
      .slice(id.start, init.body.start)
      .trim()
      .replace(/\s*=>$/, '')}`;
  const all = `const ${text.slice(id.start, node.declarations[0]!.end)}`;
  return all.split('\n').length > 8 ? `const ${text.slice(id.start, id.end)}` : all;
}

/** The names that a declaration brings. */
function declaredNames(node: Node): string[] {
  if (node.type === 'VariableDeclaration')
    return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  return 'id' in node && node.id && 'name' in node.id ? [node.id.name as string] : [];
}

/** The statements that declare and export `name`. */
const exportsOf = (program: Program, name: string) =>
  program.body.filter(
    (each) =>
      each.type === 'ExportNamedDeclaration' && each.declaration && declaredNames(each.declaration).includes(name),
  );

/** The entry of `name`, which `file` declares and exports; overloads share one. */
function declared(file: string, name: string): ReferenceEntry {
  const { text, program } = read(file);
  const statements = exportsOf(program, name);
  if (statements.length === 0) {
    for (const each of program.body) {
      if (each.type !== 'ExportNamedDeclaration' || !each.source) continue;
      const passed = each.specifiers.find(({ exported }) => 'name' in exported && exported.name === name);
      if (passed) return declared(join(dirname(file), each.source.value), (passed.local as { name: string }).name);
    }
    throw new Error(`${file} does not export ${name}`);
  }
  const nodes = statements.map((each) => (each as { declaration: Node }).declaration);
  const overloads = nodes.filter(({ type }) => type === 'TSDeclareFunction');
  const comment = statements.map((each) => commentBefore(text, each.start)).find((each) => each !== '') ?? '';
  return {
    name,
    code: (overloads.length > 0 ? overloads : nodes.slice(0, 1)).map((node) => signature(text, node)).join('\n'),
    comment,
    unexplained: unexplained(text, nodes[0]!, comment),
  };
}

/** What `file` exports, also from other files, in its order. */
export function moduleReference(file: string): ReferenceEntry[] {
  return read(file).program.body.flatMap((each) => {
    if (each.type !== 'ExportNamedDeclaration') return [];
    if (each.declaration) return declaredNames(each.declaration).map((name) => declared(file, name));
    const from = each.source ? join(dirname(file), each.source.value) : file;
    return each.specifiers.map(({ local }) => declared(from, (local as { name: string }).name));
  });
}

/** The members of a type: written here, imported by name, or several of these together. `open` types have any further member. */
function membersOf(file: string, source: Source, type: Node): { entries: ReferenceEntry[]; open: boolean } {
  if (type.type === 'TSIntersectionType') {
    const parts = type.types.map((part) => membersOf(file, source, part));
    return { entries: parts.flatMap(({ entries }) => entries), open: parts.some(({ open }) => open) };
  }
  if (type.type === 'TSTypeReference' && type.typeName.type === 'Identifier') {
    const { name } = type.typeName;
    const from = importOf(source.program, name);
    const declared = from === undefined ? typeNamed(source.program, name) : undefined;
    if (declared) return membersOf(file, source, declared);
    if (!from?.startsWith('.')) return { entries: [], open: true };
    // Compiled code has no types; its declarations do.
    const there = join(dirname(file), from.replace(/\.js$/, '.d.ts'));
    const named = typeNamed(read(there).program, name);
    return named ? membersOf(there, read(there), named) : { entries: [], open: true };
  }
  const members =
    type.type === 'TSTypeLiteral' ? type.members : type.type === 'TSInterfaceBody' ? type.body : undefined;
  if (!members?.every(({ type }) => type === 'TSPropertySignature')) return { entries: [], open: true };
  const entries = members.flatMap((member) => {
    if (member.type !== 'TSPropertySignature') return [];
    const name = member.key.type === 'Identifier' ? member.key.name : (member.key as { value?: unknown }).value;
    if (typeof name !== 'string') return [];
    const comment = commentBefore(source.text, member.start);
    const code = source.text.slice(member.start, member.end).replace(/^readonly |;$/g, '');
    return [{ name, code, comment, unexplained: [] }];
  });
  return { entries, open: false };
}

/** The module that `program` imports `name` from. */
function importOf(program: Program, name: string): string | undefined {
  for (const each of program.body)
    if (each.type === 'ImportDeclaration' && each.specifiers.some(({ local }) => local.name === name))
      return each.source.value;
  return undefined;
}

/** The type that a module declares as `name`; undefined if there is none, or an interface that extends others. */
function typeNamed(program: Program, name: string): Node | undefined {
  for (const each of program.body) {
    const statement = each.type === 'ExportNamedDeclaration' ? each.declaration : each;
    if (statement?.type === 'TSTypeAliasDeclaration' && statement.id.name === name) return statement.typeAnnotation;
    const isInterface = statement?.type === 'TSInterfaceDeclaration' && statement.id.name === name;
    if (isInterface && statement.extends.length === 0) return statement.body;
  }
  return undefined;
}

/** The comment of an attribute that the build adds to what an author writes. */
const added = /^Added by the build/;

/**
 * The attributes of an Astro component, which are the members of its type `Props`: those that an author may write, those
 * that the build adds, and whether it takes any others, as one without `Props` does.
 */
export function componentReference(file: string): { entries: ReferenceEntry[]; added: string[]; open: boolean } {
  const source = read(file);
  const props = typeNamed(source.program, 'Props');
  if (!props) return { entries: [], added: [], open: true };
  const { entries, open } = membersOf(file, source, props);
  return {
    entries: entries.filter(({ comment }) => !added.test(comment)),
    added: entries.filter(({ comment }) => added.test(comment)).map(({ name }) => name),
    open,
  };
}

/** The properties of the first object in `file` that is declared as `name`, at any depth of calls, and their comments. */
export function objectReference(file: string, name: string): ReferenceEntry[] {
  const { text, program } = read(file);
  const find = (value: unknown): Node | undefined => {
    if (value === null || typeof value !== 'object') return undefined;
    const node = value as Node;
    if (node.type === 'ObjectExpression') return node;
    for (const [key, each] of Object.entries(node)) {
      const found =
        key === 'parent' || key === 'params'
          ? undefined
          : Array.isArray(each)
            ? each.map(find).find(Boolean)
            : find(each);
      if (found) return found;
    }
    return undefined;
  };
  const object = find(exportsOf(program, name)[0]);
  if (object?.type !== 'ObjectExpression') throw new Error(`${file} has no object ${name}`);
  return object.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') return [];
    const comment = commentBefore(text, property.start);
    return [{ name: property.key.name, code: text.slice(property.start, property.end), comment, unexplained: [] }];
  });
}
