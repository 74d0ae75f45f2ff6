/** The sentences of posts whose measured numbers changed, each number as it was and as it is. */
import { join } from 'node:path';
import type { Nodes, Parents, Root } from 'mdast';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { type PluggableList, unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import type { Results } from '../../lab/results/index.ts';
import { isJsxElement } from '../../math/jsx.ts';
import { valueText } from '../components/show-number.ts';
import { markdownSyntax, postText } from '../links/post-anchors.ts';
import { remarkPlainMarkdown } from '../markdown/plain-markdown.ts';
import { texWords } from '../posts/title.ts';

/** A piece of a sentence: text, or a number that changed. */
export type Piece = string | { readonly of: string; readonly was: string; readonly is: string };

/** A sentence with at least one number that changed. */
export type ChangedSentence = {
  /** File and line. */
  readonly at: string;
  readonly pieces: readonly Piece[];
};

const processor = unified()
  .use([remarkParse, remarkMdx, remarkMath, remarkPlainMarkdown])
  .use(markdownSyntax as PluggableList);

/** A character that no text contains, in the place of a value. */
const placeholder = '\ufdd2';

/** The sentences of English are those of other languages too, as far as their marks are these. */
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

type Attributes = Partial<Record<string, string>>;

/** The text of a paragraph, and the attributes of its values, each of which is a placeholder in the text. */
function textOf(paragraph: Parents): { text: string; values: Attributes[] } {
  let text = '';
  const values: Attributes[] = [];
  visit(paragraph as Nodes, (node) => {
    if (isJsxElement(node) && node.name === 'Value') {
      const attributes = node.attributes.flatMap((each) =>
        each.type === 'mdxJsxAttribute' && (typeof each.value === 'string' || each.value === null)
          ? [[each.name, each.value ?? 'true'] as const]
          : [],
      );
      values.push(Object.fromEntries(attributes));
      text += placeholder;
      return SKIP;
    }
    if (node.type === 'footnoteReference' || node.type === 'html') return SKIP;
    if (node.type === 'text' || node.type === 'inlineCode') text += node.value;
    if (node.type === 'inlineMath') {
      try {
        text += texWords(node.value);
      } catch {
        text += node.value;
      }
    }
    return undefined;
  });
  return { text: text.replace(/\s+/g, ' ').trim(), values };
}

/** A value as a page shows it; a dash where there is none. */
function shown(results: Results, attributes: Attributes): string {
  try {
    return valueText(results, attributes);
  } catch {
    return '–';
  }
}

/** The sentences of the post in `file` whose numbers are not in `is` what they are in `was`. */
export function changedSentences(root: string, file: string, was: Results, is: Results): ChangedSentence[] {
  const source = postText(join(root, file));
  let tree: Root;
  try {
    tree = processor.parse(new VFile({ path: file, value: source })) as Root;
  } catch {
    // A build reports it.
    return [];
  }
  const found: ChangedSentence[] = [];
  visit(tree, ['paragraph', 'heading', 'tableCell'], (node) => {
    const { text, values } = textOf(node as Parents);
    const pending = values.map((attributes) => ({
      of: attributes.of ?? '',
      was: shown(was, attributes),
      is: shown(is, attributes),
    }));
    for (const { segment } of sentences.segment(text)) {
      const pieces = segment
        .trim()
        .split(new RegExp(`(${placeholder})`))
        .map((part): Piece => {
          if (part !== placeholder) return part;
          const value = pending.shift()!;
          return value.was === value.is ? value.is : value;
        });
      if (pieces.some((piece) => typeof piece !== 'string'))
        found.push({ at: `${file}:${node.position?.start.line ?? 1}`, pieces });
    }
    return SKIP;
  });
  return found;
}
