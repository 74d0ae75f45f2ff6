/** Gives headings ids from their words and TeX, before KaTeX replaces the TeX, and reports what they cannot contain. */
import Slugger, { slug } from 'github-slugger';
import type { Heading, PhrasingContent, Root } from 'mdast';
import type { MdxTextExpression } from 'mdast-util-mdx';
import { toString as plainText } from 'mdast-util-to-string';
import type {} from 'remark-rehype'; // types of data.hProperties and data.hChildren
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { setAttribute } from './jsx.ts';
import { report } from './report-errors.ts';

/** Ids that the page itself uses; a heading with the same words gets the next one, `theme-1`. */
const reservedIds = [
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

const cannotRepeat = 'the contents list and links repeat a heading, and can repeat only words, formulas and <Value>';

/** The text of a literal, `{'…'}`; empty for a comment, undefined for an expression that must be evaluated. */
function literalText({ data }: MdxTextExpression): string | undefined {
  const [statement] = data?.estree?.body ?? [];
  if (!statement) return '';
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'Literal') return undefined;
  return String(statement.expression.value);
}

/** Reports components and expressions that a link cannot repeat; replaces literal expressions by text. */
function checkContent(heading: Heading, file: VFile): void {
  visit(heading, (node, index, parent) => {
    const start = node.position?.start;
    if (node.type === 'mdxJsxTextElement' && /^[A-Z]/.test(node.name ?? '')) {
      if (node.name !== 'Value') report(file, start, `<${node.name}> stands in a heading; ${cannotRepeat}`);
      const computed = node.attributes.find((each) => typeof each.value === 'object' && each.value !== null);
      if (computed)
        report(file, start, `<Value> in a heading: write its attributes as text, without braces; ${cannotRepeat}`);
    }
    if (node.type !== 'mdxTextExpression' || !parent) return;
    const value = literalText(node);
    if (value === undefined) report(file, start, `{${node.value}} stands in a heading; ${cannotRepeat}`);
    parent.children[index!] = { type: 'text', value: value ?? node.value };
  });
}

/**
 * Remark plugin: `## The error term $\delta^{(l)}$` gets the id `the-error-term-deltal`. Measured values are left out,
 * so that an id stays when they change; it begins with a letter, as names in CSS must.
 */
export function remarkHeadingIds() {
  return (tree: Root, file: VFile): void => {
    const slugger = new Slugger();
    for (const name of reservedIds) slugger.slug(name);
    visit(tree, 'heading', (heading) => {
      checkContent(heading, file);
      const words = slug(plainText(heading)).replace(/^-+|-+$/g, '');
      const id = slugger.slug(/^\p{L}/u.test(words) ? words : ['section', words].filter(Boolean).join('-'));
      heading.data = { ...heading.data, hProperties: { ...heading.data?.hProperties, id } };
    });
  };
}

/** A copy of a heading's content for use inside a link: without links, footnotes and ids. */
export function headingContent(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === 'footnoteReference') return [];
    const children = 'children' in node ? headingContent(node.children) : [];
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
