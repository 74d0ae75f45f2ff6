/**
 * Checks JavaScript expressions in posts. MDX evaluates braces: `{0, 1}` would show "1", and `{}` nothing. Expressions
 * that hardly any author means are errors; all others get their location added to what they throw.
 */
import type { Node as EstreeNode, Expression, Pattern, Program, Statement } from 'estree-jsx';
import { visit as visitEstree } from 'estree-util-visit';
import type { Nodes, Root } from 'mdast';
import type { MdxjsEsm } from 'mdast-util-mdx';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { parse } from '../../lab/bundle/syntax-tree.ts';
import { locationOf, report } from '../../math/index.ts';
import { isJsxElement } from '../../math/jsx.ts';

/** Names that a post may use without declaring them: those of MDX and Astro, and JavaScript's globals. */
const predefined = new Set([
  ...['props', 'frontmatter', 'getHeadings', 'file', 'url', 'arguments'],
  ...Object.getOwnPropertyNames(globalThis),
]);

/** The names that a pattern binds: `{ a, b: [c] }` binds a and c. */
function boundNames(pattern: Pattern | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) => boundNames(each.type === 'Property' ? each.value : each.argument));
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    default:
      return [];
  }
}

/** The names that a piece of JavaScript declares anywhere in it. */
function declaredNames(tree: EstreeNode): string[] {
  const names: string[] = [];
  visitEstree(tree, (node) => {
    if (node.type === 'VariableDeclarator') names.push(...boundNames(node.id));
    if (/^Import(Default|Namespace)?Specifier$/.test(node.type))
      names.push((node as { local: { name: string } }).local.name);
    if (
      node.type === 'FunctionDeclaration' ||
      node.type === 'FunctionExpression' ||
      node.type === 'ArrowFunctionExpression'
    )
      names.push(...node.params.flatMap(boundNames));
    if ('id' in node && node.id?.type === 'Identifier') names.push(node.id.name);
    if (node.type === 'CatchClause') names.push(...boundNames(node.param));
  });
  return names;
}

/** The free variables of an expression: names that it uses and does not declare. */
function freeVariables(tree: EstreeNode): string[] {
  const own = new Set(declaredNames(tree));
  const names: string[] = [];
  visitEstree(tree, (node, key, _, ancestors) => {
    const parent = ancestors.at(-1);
    if (node.type !== 'Identifier' || own.has(node.name)) return;
    const isName = parent?.type === 'MemberExpression' && key === 'property' && !parent.computed;
    const isKey = parent?.type === 'Property' && key === 'key' && !parent.computed && !parent.shorthand;
    if (!isName && !isKey) names.push(node.name);
  });
  return names;
}

const hasSpecialCharacters = (text: string): boolean =>
  !/^[\p{L}\p{N}\p{M} .,;:!?'’-]*$/u.test(text) || text.trim() === '';

/** Why an expression can hardly be meant as JavaScript; undefined if it can. */
function reasonAgainst(expression: Expression): string | undefined {
  switch (expression.type) {
    case 'SequenceExpression':
      return 'a list in JavaScript, which shows only its last member';
    case 'ObjectExpression':
      return 'an object in JavaScript, which cannot be shown';
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'ClassExpression':
      return 'a function in JavaScript, which cannot be shown';
    case 'AssignmentExpression':
    case 'UpdateExpression':
      return 'an assignment in JavaScript';
    case 'UnaryExpression':
      return expression.argument.type === 'Literal' ? 'a value in JavaScript, which loses its braces' : undefined;
    case 'ArrayExpression': {
      const shows = expression.elements.some((element) => element?.type.startsWith('JSX'));
      return shows ? undefined : 'an array in JavaScript, which is shown without commas';
    }
    case 'Literal':
      if (typeof expression.value === 'string' && hasSpecialCharacters(expression.value)) return undefined;
      return 'a value in JavaScript, which loses its braces';
    case 'TemplateLiteral': {
      const [text] = expression.quasis;
      if (expression.expressions.length > 0 || hasSpecialCharacters(text?.value.cooked ?? '')) return undefined;
      return 'a value in JavaScript, which loses its braces';
    }
    default:
      return undefined;
  }
}

const shorten = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
};

/** Advice: how to write braces with this content in text and in a formula. */
export const braceAdvice = (inside: string): string =>
  `in text write \\{${shorten(inside)}\\}, in a formula $\\{${shorten(inside)}\\}$`;

/** The error if the braces belong to TeX outside of a formula, `\frac{a}`; `before` is the line up to them. */
export function texProblem(before: string, inside: string): string | undefined {
  const [, environment] = /\\(begin|end)\s*$/.exec(before) ?? [];
  if (environment)
    return `\\${environment}{${inside}} stands outside of a formula; put the environment between lines of $$`;
  const [command] = /\\[a-zA-Z]+\s*$|[\p{L}\p{N})][_^]$/u.exec(before) ?? [];
  if (command)
    return `${command}{${shorten(inside)}} is TeX outside of a formula; put the formula in dollars, $${command}{${shorten(inside)}}$, or write \\{ and \\} for braces in text`;
  return undefined;
}

/** The statement of an expression node; undefined if it is empty or a comment. */
function expressionOf(program: Program | null | undefined): (Statement & { type: 'ExpressionStatement' }) | undefined {
  const statement = program?.body[0];
  return statement?.type === 'ExpressionStatement' ? statement : undefined;
}

/**
 * What a post runs on the value of an expression: it stops at one that shows nothing, or the type of an object. It has no
 * brackets around expressions, which would be nodes that are none in JavaScript.
 */
const checkValue = `const check = (value, written) => {
  if (value === undefined) throw written + ' is undefined, and would vanish; write what has a value, or null for nothing';
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (isPlain && value['astro:jsx'] === undefined)
    throw written + ' is an object, which cannot be shown; write one of its members, ' + Object.keys(value).join(', ');
  return value;
};`;

/** The call of `checkValue` on an expression, whose author may have meant to show nothing where it decides. */
function withCheck(expression: Expression, written: string): Expression {
  if (expression.type === 'ConditionalExpression' || expression.type === 'LogicalExpression') return expression;
  const [declaration] = parse(checkValue).body;
  const callee = (declaration?.type === 'VariableDeclaration' && declaration.declarations[0]?.init) as Expression;
  const shown = { type: 'Literal', value: `{${shorten(written)}}` } as const;
  return { type: 'CallExpression', callee, arguments: [expression, shown], optional: false };
}

/** `expression`, written so, wrapped in a function that adds `place` to the message of an error. */
function withLocation(expression: Expression, written: string, place: string): Expression {
  const literal = (value: string) => ({ type: 'Literal', value }) as const;
  const error = { type: 'Identifier', name: 'error' } as const;
  const message = {
    type: 'BinaryExpression',
    operator: '+',
    left: literal(`${place}: `),
    right: error,
  } as const;
  const thrown: Expression = {
    type: 'NewExpression',
    callee: { type: 'Identifier', name: 'Error' },
    arguments: [message],
  };
  const attempt: Statement = {
    type: 'TryStatement',
    block: { type: 'BlockStatement', body: [{ type: 'ReturnStatement', argument: withCheck(expression, written) }] },
    handler: {
      type: 'CatchClause',
      param: error,
      body: { type: 'BlockStatement', body: [{ type: 'ThrowStatement', argument: thrown }] },
    },
  };
  const body: Expression = {
    type: 'ArrowFunctionExpression',
    params: [],
    expression: false,
    body: { type: 'BlockStatement', body: [attempt] },
  };
  return { type: 'CallExpression', callee: body, arguments: [], optional: false };
}

/** The names that the post's import and export statements declare. */
export function declaredBy(tree: Root): Set<string> {
  const esm = tree.children.filter((node): node is MdxjsEsm => node.type === 'mdxjsEsm');
  return new Set(esm.flatMap(({ data }) => (data?.estree ? declaredNames(data.estree) : [])));
}

/** Remark plugin, to run after mathematics. Reports braces not meant as JavaScript, and names that nothing declares. */
export function remarkExpressions() {
  return (tree: Root, file: VFile): void => {
    const own = declaredBy(tree);
    const source = String(file.value);
    const unknown = (expression: EstreeNode) =>
      freeVariables(expression).find((name) => !own.has(name) && !predefined.has(name));
    let environmentReported = false;

    const check = (node: Nodes & { type: 'mdxTextExpression' | 'mdxFlowExpression' }) => {
      const start = node.position?.start;
      const tex = start && texProblem(source.slice(0, start.offset).split('\n').at(-1)!, node.value);
      if (tex) {
        // One error for each environment, at its `\begin`.
        if (!(environmentReported && tex.startsWith('\\end'))) report(file, start, tex);
        environmentReported ||= tex.startsWith('\\begin');
        return;
      }
      const statement = expressionOf(node.data?.estree);
      const found = (problem: string) =>
        report(file, start, `{${shorten(node.value)}} is ${problem}; ${braceAdvice(node.value)}`);
      if (!statement) {
        if (node.value.trim() === '') found('nothing in JavaScript, and would vanish');
        return;
      }
      const { expression } = statement;
      const problem = reasonAgainst(expression);
      const name = unknown(expression);
      const bare = expression.type === 'Identifier' && !own.has(expression.name) && expression.name !== 'props';
      if (problem) found(problem);
      else if (name !== undefined) found(`JavaScript in MDX, and this post neither imports nor exports ${name}`);
      else if (bare) found(`JavaScript in MDX, and this post neither imports nor exports ${expression.name}`);
      else if (start && !/\bawait\b/.test(node.value))
        statement.expression = withLocation(expression, node.value, locationOf(file, start));
    };

    visit(tree, (node) => {
      if (node.type === 'mdxTextExpression' || node.type === 'mdxFlowExpression') check(node);
      if (!isJsxElement(node)) return;
      for (const each of node.attributes) {
        if (each.type !== 'mdxJsxAttribute' || typeof each.value !== 'object' || !each.value) continue;
        const statement = expressionOf(each.value.data?.estree);
        const name = statement && unknown(statement.expression);
        if (name !== undefined)
          report(
            file,
            node.position?.start,
            `${each.name}={${shorten(each.value.value)}} of <${node.name}>: this post neither imports nor exports ${name}`,
          );
      }
    });
  };
}
