/**
 * Checks the prose of posts: a numeral in a sentence must come from a measurement.
 *
 * `checkProse` walks a post's MDX and lists each numeral that neither `<Value>` nor `<Claim>` accounts for. Exempt are
 * maths, code, headings, front matter, dates, citations, cross-references and the sentences on a reviewed list.
 */
import type { Heading, Parent, Root, RootContent, Text } from 'mdast';
import type { MdxJsxAttribute, MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** A numeral in prose that does not come from a measurement. */
export interface LooseNumeral {
  readonly line: number;
  readonly numeral: string;
  /** The words around it, for the message. */
  readonly context: string;
}

type Node = Root | RootContent;
type Jsx = MdxJsxFlowElement | MdxJsxTextElement;

const parser = unified().use(remarkParse).use(remarkMdx).use(remarkFrontmatter).use(remarkGfm).use(remarkMath);

/** Digits with their sign, decimals, thousands and exponent: `0`, `−3.5`, `22 063`, `1e-12`, `92.8`. */
const NUMERAL = /(?<![\p{L}\d_])[−-]?\d[\d.,\u2009\u202f]*(?:[eE][−-]?\d+)?/gu;

const MONTH = 'January|February|March|April|May|June|July|August|September|October|November|December';
const DATE = new RegExp(
  `\\b(?:\\d{1,2} )?(?:${MONTH})(?: \\d{1,2},)? (?:1[89]|20)\\d\\d\\b|\\b(?:1[89]|20)\\d\\d(?:-\\d\\d-\\d\\d)?\\b`,
  'gu',
);

/** Citations and references, `[@glorot2010, p. 251]` and `\eqref{chain}`, whose numbers are not claims. */
const REFERENCE = /\[[^\]]*@[^\]]*\]|\\(?:eq)?ref\{[^}]*\}/gu;

const blank = (text: string, pattern: RegExp): string => text.replace(pattern, (hit) => ' '.repeat(hit.length));

const isJsx = (node: Node): node is Jsx => node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';

/** The numbers that a `<Claim>` asserts: every numeral in its attributes except `of` and `format`. */
function boundNumerals(element: Jsx): Set<number> {
  const source = element.attributes
    .filter((a): a is MdxJsxAttribute => a.type === 'mdxJsxAttribute' && !['of', 'format'].includes(a.name))
    .map((a) => (typeof a.value === 'string' ? a.value : (a.value?.value ?? '')))
    .join(' ');
  return new Set((source.match(NUMERAL) ?? []).map(numeric));
}

const numeric = (numeral: string): number =>
  Number(
    numeral
      .replace(/[.,]$/u, '')
      .replaceAll('−', '-')
      .replaceAll(/[,\u2009\u202f]/gu, ''),
  );

function looseIn(text: Text, bound: ReadonlySet<number>, reviewed: readonly string[]): LooseNumeral[] {
  let value = blank(blank(text.value, REFERENCE), DATE);
  for (const phrase of reviewed) value = value.replaceAll(phrase, ' '.repeat(phrase.length));
  const start = text.position?.start.line ?? 0;
  return [...value.matchAll(NUMERAL)]
    .filter((hit) => !bound.has(numeric(hit[0])))
    .map((hit) => ({
      line: start + value.slice(0, hit.index).split('\n').length - 1,
      numeral: hit[0],
      context: text.value
        .slice(Math.max(0, hit.index - 40), hit.index + 40)
        .replaceAll('\n', ' ')
        .trim(),
    }));
}

/**
 * Every numeral of an MDX post's prose that no `<Value>` or `<Claim>` accounts for.
 *
 * A numeral inside `<Claim>` is accounted for if the claim's bound contains the same number, since the build then checks it.
 * `reviewed` lists phrases that a person has read and found not to be measurements.
 */
export function checkProse(mdx: string, reviewed: readonly string[] = []): LooseNumeral[] {
  const found: LooseNumeral[] = [];
  const walk = (node: Node, bound: ReadonlySet<number>): void => {
    if (node.type === 'text') found.push(...looseIn(node, bound, reviewed));
    if ((node as Heading).type === 'heading' || !('children' in node)) return;
    const inside = isJsx(node) && node.name === 'Claim' ? boundNumerals(node) : bound;
    for (const child of (node as Parent).children) walk(child, inside);
  };
  walk(parser.parse(mdx), new Set());
  return found;
}
