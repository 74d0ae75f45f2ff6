/** Numbers the theorems of a post and its like, and gives them and the proofs their heads: `Theorem 1 (Title).`, `Proof.` */
import type { Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { phrasing } from 'mdast-util-phrasing';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import type {} from 'remark-rehype'; // types of data.hName and data.hProperties
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { words } from '../i18n/index.ts';
import { attribute, isJsxElement, type JsxElement, setAttribute } from './jsx.ts';
import { locationOf, report } from './report-errors.ts';

/** A statement that can be referred to: its name within a sentence, `Theorem 1`, and its location. */
type Statement = { reference: string; place: string };

declare module 'vfile' {
  interface DataMap {
    /** The theorems and their like by id, `thm-mirror`. */
    statements: ReadonlyMap<string, Statement>;
  }
}

const kinds = {
  Theorem: 'theorem',
  Lemma: 'lemma',
  Proposition: 'proposition',
  Corollary: 'corollary',
  Definition: 'definition',
} as const;
const isKind = (name: string): name is keyof typeof kinds => Object.hasOwn(kinds, name);

const idPattern = /^\p{L}[\p{L}\p{M}\p{N}_-]*$/u;
const endsSentence = /[.!?:…。！？：]$/u;

const text = (value: string): PhrasingContent => ({ type: 'text', value });
const bold = (children: PhrasingContent[]): PhrasingContent => ({ type: 'strong', data: { hName: 'b' }, children });
const capitalised = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

const titleParser = unified().use(remarkParse).use(remarkMath);

/** The text attribute `name`; reports one that is empty or computed. */
function textOf(element: JsxElement, name: string, file: VFile): string | undefined {
  const written = element.attributes.find((each) => each.type === 'mdxJsxAttribute' && each.name === name);
  const value = attribute(element, name);
  if (written && !value?.trim())
    report(file, element.position?.start, `<${element.name}>: write ${name} as text, ${name}="…", or leave it out`);
  return value?.trim() || undefined;
}

/** A title as Markdown: words, formulas, emphasis, links, citations. Whatever begins like a block is text. */
function titleOf(element: JsxElement, file: VFile): PhrasingContent[] | undefined {
  const title = textOf(element, 'title', file);
  if (title === undefined) return undefined;
  const [first, ...others] = (titleParser.parse(title) as Root).children;
  const isLine = first?.type === 'paragraph' && others.length === 0;
  const line: Paragraph = { type: 'paragraph', children: isLine ? first.children : [text(title)] };
  // Positions in the title are none of the file; errors of a formula or link are located at the element.
  visit(line, (node) => {
    if (node.type === 'html') Object.assign(node, { type: 'text' });
    if ((node.type === 'inlineMath' || node.type === 'link') && element.position) node.position = element.position;
    else delete node.position;
  });
  return line.children;
}

/** Whether a block is a paragraph with words of its own, not one that becomes a figure or a displayed formula. */
function isText(node: RootContent | undefined): node is Paragraph {
  const isOther = (child: PhrasingContent) => child.type === 'image' || child.type === 'inlineMath';
  return node?.type === 'paragraph' && (node.children.length > 1 || !node.children.every(isOther));
}

/** The blocks of an element. MDX makes no paragraph of a text on the line of its tags. */
function blocksOf({ children }: JsxElement): RootContent[] {
  const isLine = children.length > 0 && children.every((child) => phrasing(child));
  return isLine ? [{ type: 'paragraph', children: children as PhrasingContent[] }] : (children as RootContent[]);
}

/** `blocks` with `head` at the beginning of the first paragraph. */
function headed(head: PhrasingContent[], blocks: RootContent[]): RootContent[] {
  const [first, ...others] = blocks;
  if (!isText(first)) return [{ type: 'paragraph', children: head }, ...blocks];
  return [{ ...first, children: [...head, text(' '), ...first.children] }, ...others];
}

/** `blocks` with the mark of a proof's end, in the last paragraph if they end with one. */
function ended(blocks: RootContent[]): RootContent[] {
  const hProperties = { className: ['end-of-proof'], role: 'img', ariaLabel: words.statement.end };
  const mark: PhrasingContent = { type: 'text', value: '■', data: { hName: 'span', hProperties } };
  const last = blocks.at(-1);
  if (!isText(last)) return [...blocks, { type: 'paragraph', children: [mark] }];
  return [...blocks.slice(0, -1), { ...last, children: [...last.children, text(' '), mark] }];
}

function makeProof(element: JsxElement, file: VFile): RootContent[] {
  const title = titleOf(element, file) ?? [text(words.statement.proof)];
  const blocks = ended(blocksOf(element));
  const folded = element.attributes.find((each) => each.type === 'mdxJsxAttribute' && each.name === 'folded');
  if (folded?.value) report(file, element.position?.start, '<Proof>: folded takes no value; write <Proof folded>');
  setAttribute(element, 'label', words.statement.proof);
  if (folded) return [{ type: 'paragraph', data: { hName: 'summary' }, children: title }, ...blocks];
  const last = title.at(-1);
  const isSentence = last?.type === 'text' && endsSentence.test(last.value);
  return headed([bold(isSentence ? title : [...title, text('.')])], blocks);
}

function makeStatement(element: JsxElement, name: string, file: VFile): RootContent[] {
  const title = titleOf(element, file);
  const { opens, closes } = words.statement;
  setAttribute(element, 'label', name);
  const head = title ? [bold([text(name)]), text(opens), ...title, text(`${closes}.`)] : [bold([text(`${name}.`)])];
  return headed(head, blocksOf(element));
}

/**
 * Remark plugin: `<Theorem id="mirror" title="…">` and its like are numbered together, and get a head and the id
 * `thm-mirror`; a `<Proof>` gets a head and the mark of its end. Reports an id used twice or that is no name, and an
 * element within a line or without a text.
 */
export function remarkStatements() {
  return (tree: Root, file: VFile): void => {
    const statements = new Map<string, Statement>();
    let count = 0;
    const idOf = (element: JsxElement, reference: string): void => {
      const written = textOf(element, 'id', file);
      if (written === undefined) return;
      const start = element.position?.start;
      const id = `thm-${written.replace(/^thm-/, '')}`;
      const earlier = statements.get(id);
      if (!idPattern.test(id.slice(4)))
        report(file, start, `id="${written}" is no name: expected a letter, then letters, digits or - _`);
      if (earlier)
        report(file, start, `a second statement called ${id}, after ${earlier.place}; give one of them another id`);
      else statements.set(id, { reference, place: locationOf(file, start) });
      setAttribute(element, 'id', id);
    };
    visit(tree, (node, _, parent) => {
      if (!isJsxElement(node)) return;
      const name = node.name ?? '';
      if (name !== 'Proof' && !isKind(name)) return;
      const start = node.position?.start;
      if (node.type === 'mdxJsxTextElement' && !(parent?.type === 'paragraph' && parent.children.length === 1))
        report(file, start, `<${name}> stands within a line; write its tags on lines of their own`);
      if (node.attributes.some((each) => each.type === 'mdxJsxAttribute' && each.name === 'label'))
        report(file, start, `<${name}>: no attribute label; did you mean id? [](#thm-x) refers to id="x"`);
      if (node.children.length === 0)
        report(file, start, `<${name}> has no text; write it between <${name}> and </${name}>`);
      let blocks: RootContent[];
      if (isKind(name)) {
        const reference = words.statement[kinds[name]](++count);
        idOf(node, reference);
        blocks = makeStatement(node, capitalised(reference), file);
      } else blocks = makeProof(node, file);
      node.children = blocks as typeof node.children;
    });
    file.data.statements = statements;
  };
}
