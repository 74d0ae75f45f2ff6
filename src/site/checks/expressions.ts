/**
 * Braces in prose are JavaScript in MDX: `{0, 1}` would read "1" and `{}` nothing. What an author hardly ever means as
 * JavaScript is an error; what may be meant says its place if it throws.
 */
import type { Node as EstreeNode, Expression, Pattern, Program, Statement } from 'estree-jsx';
import { visit as visitEstree } from 'estree-util-visit';
import type { Nodes, Root } from 'mdast';
import type { MdxjsEsm } from 'mdast-util-mdx';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report, where } from '../../math/index.ts';

/** What a post may name without declaring it: what MDX and Astro give its module, and JavaScript every module. */
const given = new Set([
  ...['props', 'frontmatter', 'getHeadings', 'file', 'url', 'arguments'],
  ...Object.getOwnPropertyNames(globalThis),
]);

/** The names that a pattern binds: `{ a, b: [c] }` binds a and c. */
function bound(pattern: Pattern | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) => bound(each.type === 'Property' ? each.value : each.argument));
    case 'ArrayPattern':
      return pattern.elements.flatMap(bound);
    case 'AssignmentPattern':
      return bound(pattern.left);
    case 'RestElement':
      return bound(pattern.argument);
    default:
      return [];
  }
}

/** The names that a piece of JavaScript declares anywhere in it. */
function declared(tree: EstreeNode): string[] {
  const names: string[] = [];
  visitEstree(tree, (node) => {
    if (node.type === 'VariableDeclarator') names.push(...bound(node.id));
    if (/^Import(Default|Namespace)?Specifier$/.test(node.type))
      names.push((node as { local: { name: string } }).local.name);
    if (
      node.type === 'FunctionDeclaration' ||
      node.type === 'FunctionExpression' ||
      node.type === 'ArrowFunctionExpression'
    )
      names.push(...node.params.flatMap(bound));
    if ('id' in node && node.id?.type === 'Identifier') names.push(node.id.name);
    if (node.type === 'CatchClause') names.push(...bound(node.param));
  });
  return names;
}

/** The names that an expression takes from outside of it. */
function free(tree: EstreeNode): string[] {
  const own = new Set(declared(tree));
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

const holdsSpecial = (text: string): boolean => !/^[\p{L}\p{N}\p{M} .,;:!?'’-]*$/u.test(text) || text.trim() === '';

/** Whether the expression shows something that an author may mean: undefined if so, else what is wrong with it. */
function unmeant(expression: Expression): string | undefined {
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
      if (typeof expression.value === 'string' && holdsSpecial(expression.value)) return undefined;
      return 'a value in JavaScript, which loses its braces';
    case 'TemplateLiteral': {
      const [text] = expression.quasis;
      if (expression.expressions.length > 0 || holdsSpecial(text?.value.cooked ?? '')) return undefined;
      return 'a value in JavaScript, which loses its braces';
    }
    default:
      return undefined;
  }
}

const shortened = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
};

/** How to write what stands in braces, in text and in a formula. */
export const instead = (inside: string): string =>
  `in text write \\{${shortened(inside)}\\}, in a formula $\\{${shortened(inside)}\\}$`;

/** What a command of TeX before the braces tells of them, in the source as written. */
export function texBefore(before: string, inside: string): string | undefined {
  const [, environment] = /\\(begin|end)\s*$/.exec(before) ?? [];
  if (environment)
    return `\\${environment}{${inside}} stands outside of a formula; put the environment between lines of $$`;
  const [command] = /\\[a-zA-Z]+\s*$|[\p{L}\p{N})][_^]$/u.exec(before) ?? [];
  if (command)
    return `${command}{${shortened(inside)}} is TeX outside of a formula; put the formula in dollars, $${command}{${shortened(inside)}}$, or write \\{ and \\} for braces in text`;
  return undefined;
}

/** The statement that the expression of a node is; undefined for a comment or nothing. */
function expressionOf(program: Program | null | undefined): (Statement & { type: 'ExpressionStatement' }) | undefined {
  const statement = program?.body[0];
  return statement?.type === 'ExpressionStatement' ? statement : undefined;
}

/** `expression`, which throws with its place before the message. */
function placed(expression: Expression, place: string): Expression {
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
    block: { type: 'BlockStatement', body: [{ type: 'ReturnStatement', argument: expression }] },
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

/** The names that the post's own import and export lines declare. */
function declaredBy(tree: Root): Set<string> {
  const esm = tree.children.filter((node): node is MdxjsEsm => node.type === 'mdxjsEsm');
  return new Set(esm.flatMap(({ data }) => (data?.estree ? declared(data.estree) : [])));
}

/**
 * Remark plugin, after those of mathematics: reports braces that are no JavaScript or hardly meant so, and names that
 * the post neither imports nor exports.
 */
export function remarkExpressions() {
  return (tree: Root, file: VFile): void => {
    const own = declaredBy(tree);
    const source = String(file.value);
    const unknown = (expression: EstreeNode) => free(expression).find((name) => !own.has(name) && !given.has(name));
    let begun = false;

    const check = (node: Nodes & { type: 'mdxTextExpression' | 'mdxFlowExpression' }) => {
      const start = node.position?.start;
      const tex = start && texBefore(source.slice(0, start.offset).split('\n').at(-1)!, node.value);
      if (tex) {
        // One error for an environment, where it begins.
        if (!(begun && tex.startsWith('\\end'))) report(file, start, tex);
        begun ||= tex.startsWith('\\begin');
        return;
      }
      const statement = expressionOf(node.data?.estree);
      const found = (problem: string) =>
        report(file, start, `{${shortened(node.value)}} is ${problem}; ${instead(node.value)}`);
      if (!statement) {
        if (node.value.trim() === '') found('nothing in JavaScript, and would vanish');
        return;
      }
      const { expression } = statement;
      const problem = unmeant(expression);
      const name = unknown(expression);
      const bare = expression.type === 'Identifier' && !own.has(expression.name) && expression.name !== 'props';
      if (problem) found(problem);
      else if (name !== undefined) found(`JavaScript in MDX, and this post neither imports nor exports ${name}`);
      else if (bare) found(`JavaScript in MDX, and this post neither imports nor exports ${expression.name}`);
      else if (start && !/\bawait\b/.test(node.value)) statement.expression = placed(expression, where(file, start));
    };

    visit(tree, (node) => {
      if (node.type === 'mdxTextExpression' || node.type === 'mdxFlowExpression') check(node);
      if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return;
      for (const each of node.attributes) {
        if (each.type !== 'mdxJsxAttribute' || typeof each.value !== 'object' || !each.value) continue;
        const statement = expressionOf(each.value.data?.estree);
        const name = statement && unknown(statement.expression);
        if (name !== undefined)
          report(
            file,
            node.position?.start,
            `${each.name}={${shortened(each.value.value)}} of <${node.name}>: this post neither imports nor exports ${name}`,
          );
      }
    });
  };
}
