/**
 * Translates a post's MDX to Markdown for a peer: values are filled in, equations numbered, and figures and formulas written
 * as the peer's authors would write them.
 */
import type { Blockquote, Html, PhrasingContent, Root, RootContent } from 'mdast';
import type { MdxJsxAttribute, MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';

/** How a peer's Markdown writes figures and formulas. */
export interface Dialect {
  figure(spec: string, caption: string): string;
  inlineMath(tex: string): string;
  displayMath(tex: string): string;
}

export interface Article {
  readonly markdown: string;
  /** Names of its figures' specifications, in order: `lockstep/spread`. */
  readonly figures: readonly string[];
  readonly formulas: number;
}

type Jsx = MdxJsxFlowElement | MdxJsxTextElement;
type Node = Root | RootContent;
const isJsx = (node: Node): node is Jsx => node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';

const attribute = (element: Jsx, name: string): string => {
  const found = element.attributes.find((a): a is MdxJsxAttribute => a.type === 'mdxJsxAttribute' && a.name === name);
  return typeof found?.value === 'string' ? found.value : '';
};

const textOf = (node: Node): string =>
  'value' in node ? String(node.value) : 'children' in node ? node.children.map((child) => textOf(child)).join('') : '';

/** `\label{x}` → `\tag{n}`, `\eqref{x}` → (n). */
function numbered(mdx: string): string {
  const labels = [...mdx.matchAll(/\\label\{([^}]*)\}/g)].map((hit) => hit[1] ?? '');
  return mdx
    .replaceAll(/\\label\{([^}]*)\}/g, (_, label: string) => `\\tag{${labels.indexOf(label) + 1}}`)
    .replaceAll(/\$?\\(?:eq)?ref\{([^}]*)\}\$?/g, (_, label: string) => `(${labels.indexOf(label) + 1})`);
}

/** Translates a post. `value` gives the text of `<Value of="…">`. */
export function translate(mdx: string, dialect: Dialect, value: (of: string) => string): Article {
  const figures: string[] = [];
  let formulas = 0;
  const html = (text: string): Html => ({ type: 'html', value: text });
  const walk = (node: Node): Node[] => {
    if (node.type === 'yaml' || node.type === 'mdxjsEsm') return [];
    if (node.type === 'inlineMath' || node.type === 'math') {
      formulas++;
      return [html(node.type === 'math' ? dialect.displayMath(node.value) : dialect.inlineMath(node.value))];
    }
    if (isJsx(node)) {
      if (node.name === 'Chart' || node.name === 'Frames') {
        const spec = `${attribute(node, 'of')}/${attribute(node, 'show')}`;
        figures.push(spec);
        return [html(dialect.figure(spec, textOf(node as Node).trim()))];
      }
      if (node.name === 'Value') return [{ type: 'text', value: value(attribute(node, 'of')) }];
      if (node.name === 'Derivation') return [];
    }
    if (!('children' in node)) return [node];
    const children = node.children.flatMap((child) => walk(child)) as PhrasingContent[];
    if (!isJsx(node)) return [{ ...node, children } as unknown as Node];
    return node.type === 'mdxJsxTextElement' ? children : [{ type: 'blockquote', children } as unknown as Blockquote];
  };
  const parser = unified().use(remarkParse).use(remarkMdx).use(remarkFrontmatter).use(remarkGfm).use(remarkMath);
  const [tree] = walk(parser.parse(numbered(mdx)));
  const markdown = unified()
    .use(remarkGfm)
    .use(remarkStringify)
    .stringify(tree as Root);
  return { markdown, figures, formulas };
}

/** The first words of the last paragraph that begins with plain text, which every peer renders the same. */
export function lastWords(markdown: string): string {
  const plain = markdown.split('\n\n').filter((block) => /^[A-Z][a-z ,]{30,}/.test(block));
  return (plain.at(-1) ?? '').match(/^[A-Za-z ,]+/)?.[0]?.slice(0, 30) ?? '';
}
