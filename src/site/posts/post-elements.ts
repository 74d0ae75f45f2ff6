/** Lists the components that posts use, by parsing the posts' MDX instead of rendering their pages. */

import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Expression, Program } from 'estree-jsx';
import type { Nodes } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import remarkFrontmatter from 'remark-frontmatter';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { type PluggableList, unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { normalizeLineEndings } from '../../lab/data-files/line-endings.ts';
import { remarkMathematics } from '../../math/index.ts';
import { isJsxElement } from '../../math/jsx.ts';
import { markdownSyntax } from '../links/post-anchors.ts';
import { publishedPosts } from './posts.ts';

/** A component in a post. `at` is its location as in error messages, `posts/x.mdx:12:3`. */
export type PostElement = {
  /** The post's id. */
  readonly post: string;
  readonly at: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly children: readonly Nodes[];
};

// The plugins of mathematics give references within a claim their numbers: `$\eqref{x}$` becomes (3).
const parser = unified()
  .use(remarkParse)
  .use(remarkFrontmatter)
  .use(remarkMdx)
  .use(markdownSyntax as PluggableList)
  .use(remarkMathematics);

type Jsx = MdxJsxFlowElement | MdxJsxTextElement;

/** The value of a constant expression: literals, lists, objects, arithmetic. Throws an Error for anything else. */
function evaluateConstant(node: Expression): unknown {
  switch (node.type) {
    case 'Literal':
      return node.value;
    case 'ArrayExpression':
      return node.elements.map((element) => evaluateConstant(element as Expression));
    case 'ObjectExpression':
      return Object.fromEntries(
        node.properties.map((property) => {
          if (property.type !== 'Property' || property.computed) throw new Error('is not a constant');
          const { key } = property;
          return [
            key.type === 'Identifier' ? key.name : String((key as { value?: unknown }).value),
            evaluateConstant(property.value as Expression),
          ];
        }),
      );
    case 'UnaryExpression': {
      const value = Number(evaluateConstant(node.argument));
      if (node.operator === '-') return -value;
      break;
    }
    case 'BinaryExpression': {
      const [a, b] = [Number(evaluateConstant(node.left as Expression)), Number(evaluateConstant(node.right))];
      if (node.operator === '+') return a + b;
      if (node.operator === '-') return a - b;
      if (node.operator === '*') return a * b;
      if (node.operator === '/') return a / b;
      if (node.operator === '**') return a ** b;
    }
  }
  throw new Error(`is not a constant (${node.type})`);
}

function attributesOf(element: Jsx, at: string): Record<string, unknown> {
  return Object.fromEntries(
    element.attributes.map((attribute) => {
      if (attribute.type !== 'mdxJsxAttribute')
        throw new Error(`${at}: <${element.name}> spreads its attributes; write them out`);
      const { name, value } = attribute;
      if (value === null || value === undefined) return [name, true];
      if (typeof value === 'string') return [name, value];
      const statement = (value.data?.estree as Program | null | undefined)?.body[0];
      try {
        if (statement?.type !== 'ExpressionStatement') throw new Error('is empty');
        return [name, evaluateConstant(statement.expression)];
      } catch (error) {
        throw new Error(`${at}: attribute ${name} of <${element.name}> ${(error as Error).message}: ${value.value}`);
      }
    }),
  );
}

/** The components called `names` in an MDX text, in order. `path` is the file's name in locations. */
function elementsIn(text: string, path: string, post: string, names: ReadonlySet<string>): PostElement[] {
  const found: { element: Jsx; at: string; attributes: Record<string, unknown> }[] = [];
  const file = new VFile({ path, value: text });
  const tree = parser.parse(file);
  visit(tree, (node) => {
    if (!isJsxElement(node) || !names.has(node.name ?? '')) return;
    const start = node.position!.start;
    const at = `${path}:${start.line}:${start.column}`;
    found.push({ element: node, at, attributes: attributesOf(node, at) });
  });
  // What the plugins report is reported when the post is compiled.
  parser.runSync(tree, file);
  return found.map(({ element, at, attributes }) => ({
    post,
    at,
    name: element.name!,
    attributes,
    children: element.children,
  }));
}

/** The components called `names` in every published post, in the order of the posts' ids. */
export async function postElements(names: readonly string[]): Promise<PostElement[]> {
  const wanted = new Set(names);
  const all = await publishedPosts();
  // Plain Markdown has no components.
  const posts = all.filter(({ filePath }) => !filePath!.endsWith('.md')).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const found = await Promise.all(
    posts.map(async (post) =>
      elementsIn(
        normalizeLineEndings(await readFile(post.filePath!, 'utf8')),
        relative('.', post.filePath!),
        post.id,
        wanted,
      ),
    ),
  );
  return found.flat();
}
