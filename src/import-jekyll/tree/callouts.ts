/** Callouts: a paragraph or a quotation that a theme marks by a class becomes a quotation that begins with `[!NOTE]`. */
import type { Blockquote, Paragraph, PhrasingContent, PhrasingContentMap, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { trimInline } from './inline.ts';

type Written = PhrasingContentMap['written'];

/** The mark of a callout, wherever in its paragraph it stands. */
export const calloutMark = (name: string): Written => ({ type: 'written', value: `[!${name}]` });

const isMark = (node: PhrasingContent): node is Written => node.type === 'written' && node.value.startsWith('[!');

/** The paragraph with the mark on a line of its own in front. */
const withMark = ({ children, ...paragraph }: Paragraph, mark: Written): Paragraph => ({
  ...paragraph,
  children: [mark, { type: 'text', value: '\n' }, ...children],
});

/** A heading of a theme that says no more than the mark: `##### TIP`. */
const isLabel = (block: RootContent | undefined): boolean =>
  block?.type === 'heading' &&
  /^(?:note|info|tip|important|warning|danger|caution)[:!]?$/i.test(plainText(block).trim());

/** Blocks as a callout, in the place of `block`. */
function callout(mark: Written, found: Blockquote['children'], { position }: RootContent): Blockquote {
  const blocks = isLabel(found[0]) ? found.slice(1) : found;
  const [first, ...others] = blocks;
  const children: Blockquote['children'] =
    first?.type === 'paragraph'
      ? [withMark(first, mark), ...others]
      : [{ type: 'paragraph', children: [mark] }, ...blocks];
  return { type: 'blockquote', children, ...(position && { position }) };
}

/** The blocks of a paragraph; as a callout if one holds a mark. */
export function asCallout(blocks: readonly RootContent[]): readonly RootContent[] {
  const marked = blocks.find((block) => block.type === 'paragraph' && block.children.some(isMark));
  if (marked?.type !== 'paragraph') return blocks;
  const mark = marked.children.find(isMark)!;
  marked.children = trimInline(marked.children.filter((child) => child !== mark));
  const words = blocks.filter((block) => block !== marked || marked.children.length > 0);
  return [callout(mark, words as Blockquote['children'], marked)];
}

/** The mark of a callout that has nothing but its mark. */
function loneMark(node: RootContent | undefined): Written | undefined {
  const [first, ...others] = node?.type === 'blockquote' ? node.children : [];
  if (first?.type !== 'paragraph' || first.children.length !== 1 || others.length > 0) return undefined;
  return first.children.find(isMark);
}

/** A quotation that ends with a mark, which stood below it, is the callout. */
export function joinCallout(quotation: Blockquote): Blockquote {
  const mark = loneMark(quotation.children.at(-1));
  return mark ? callout(mark, quotation.children.slice(0, -1), quotation) : quotation;
}

/** Adds a block to others; below a mark that stands alone it is the callout. */
export function addBlock(blocks: RootContent[], block: RootContent): void {
  const mark = loneMark(blocks.at(-1));
  if (!mark || block.type === 'heading') {
    blocks.push(block);
    return;
  }
  const content = block.type === 'blockquote' ? block.children : [block as Blockquote['children'][number]];
  blocks.splice(-1, 1, callout(mark, content, block));
}
