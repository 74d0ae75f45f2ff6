/** Headings: ids from their words and their TeX, taken before KaTeX sets each formula twice over, and what they may hold. */
import Slugger, { slug } from 'github-slugger';
import type { Heading, PhrasingContent, Root } from 'mdast';
import type { MdxTextExpression } from 'mdast-util-mdx';
import { toString as plainText } from 'mdast-util-to-string';
import type {} from 'remark-rehype'; // types of data.hProperties and data.hChildren
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { setAttribute } from './jsx.ts';
import { report } from './report.ts';

/** What the page itself calls by these names; a heading of the same words gets the next, `theme-1`. */
const taken = [
  'main',
  'theme',
  'theme-auto',
  'theme-light',
  'theme-dark',
  'cite',
  'references',
  'refs',
  'footnote-label',
];

const repeats = 'the contents list and links repeat a heading, and can repeat only words, formulas and <Value>';

/** The text that `{'…'}` stands for, nothing for a comment. Undefined for what only runs when the page is made. */
function constant({ data }: MdxTextExpression): string | undefined {
  const [statement] = data?.estree?.body ?? [];
  if (!statement) return '';
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'Literal') return undefined;
  return String(statement.expression.value);
}

/** Reports a component or an expression in the heading that can't be shown a second time. */
function settle(heading: Heading, file: VFile): void {
  visit(heading, (node, index, parent) => {
    const start = node.position?.start;
    if (node.type === 'mdxJsxTextElement' && /^[A-Z]/.test(node.name ?? '')) {
      if (node.name !== 'Value') report(file, start, `<${node.name}> stands in a heading; ${repeats}`);
      const computed = node.attributes.find((each) => typeof each.value === 'object' && each.value !== null);
      if (computed)
        report(file, start, `<Value> in a heading: write its attributes as text, without braces; ${repeats}`);
    }
    if (node.type !== 'mdxTextExpression' || !parent) return;
    const value = constant(node);
    if (value === undefined) report(file, start, `{${node.value}} stands in a heading; ${repeats}`);
    parent.children[index!] = { type: 'text', value: value ?? node.value };
  });
}

/**
 * Remark plugin: `## The error term $\delta^{(l)}$` gets the id `the-error-term-deltal`. The id leaves out measured
 * values, so that it stays when they change, and begins with a letter, as names in HTML and CSS do.
 */
export function remarkHeadingIds() {
  return (tree: Root, file: VFile): void => {
    const slugger = new Slugger();
    for (const name of taken) slugger.slug(name);
    visit(tree, 'heading', (heading) => {
      settle(heading, file);
      const words = slug(plainText(heading)).replace(/^-+|-+$/g, '');
      const id = slugger.slug(/^\p{L}/u.test(words) ? words : ['section', words].filter(Boolean).join('-'));
      heading.data = { ...heading.data, hProperties: { ...heading.data?.hProperties, id } };
    });
  };
}

/** What a heading says, fit to stand in a link: without links, notes and ids of its own. */
export function repeated(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === 'footnoteReference') return [];
    const children = 'children' in node ? repeated(node.children) : [];
    if (node.type === 'link' || node.type === 'linkReference') return children;
    if (node.type === 'mdxJsxTextElement' && node.name === 'a') return children;
    const copy = structuredClone(node);
    if ('children' in copy) copy.children = children as typeof copy.children;
    if (copy.type === 'mdxJsxTextElement') {
      copy.attributes = copy.attributes.filter((each) => each.type !== 'mdxJsxAttribute' || each.name !== 'id');
      if (copy.name === 'Value') setAttribute(copy, 'bare', 'true');
    }
    return [copy];
  });
}
