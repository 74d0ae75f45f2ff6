/** Numbers the figures of a post in order, and gives each an id for references. */
import type { Image, Paragraph, PhrasingContent, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { words } from '../i18n/index.ts';
import { attribute, isJsxElement, type JsxElement, setAttribute } from './jsx.ts';
import { locationOf, report } from './report-errors.ts';
import { formulaOrCode } from './tex.ts';

/** A figure of the post: its number and its location. */
type Figure = { number: number; place: string };

declare module 'vfile' {
  interface DataMap {
    /** The number of each figure by its id, `fig-spread` → 3. */
    figures: ReadonlyMap<string, Figure>;
  }
}

const numbered = new Set(['Chart', 'Frames', 'Figure']);

/** The image of a paragraph that consists of an image with a title. The title becomes its caption. */
function captioned(paragraph: Paragraph): Image | undefined {
  const [only, ...others] = paragraph.children;
  return only?.type === 'image' && only.title && others.length === 0 ? only : undefined;
}

/** A name for an id: `./my%20plot.png` → `my-plot`. */
function nameOfFile(url: string): string {
  const name = url.replace(/^.*\/|\.\w+$/g, '').replace(/%[\da-f]{2}/gi, ' ');
  return name.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '');
}

function nameOf(element: JsxElement): string {
  return (
    attribute(element, 'id') ?? attribute(element, 'show') ?? attribute(element, 'of') ?? element.name!.toLowerCase()
  );
}

/** A caption between quotation marks: text with formulas and code, as in a title. */
function captionOf({ title, position }: Image): PhrasingContent[] {
  const caption = ` ${title}`;
  const parts: PhrasingContent[] = [];
  const addText = (text: string) => parts.push({ type: 'text', value: text.replaceAll('\\$', '$') });
  let from = 0;
  for (const { 0: all, 1: value, 2: code, index } of caption.matchAll(formulaOrCode)) {
    addText(caption.slice(from, index));
    from = index + all.length;
    if (value === undefined) parts.push({ type: 'inlineCode', value: code! });
    else {
      const hProperties = { className: ['language-math', 'math-inline'] };
      const data = { hName: 'code', hProperties, hChildren: [{ type: 'text' as const, value }] };
      parts.push({ type: 'inlineMath', value, data, ...(position && { position }) });
    }
  }
  addText(caption.slice(from));
  return parts.filter((part) => part.type !== 'text' || part.value !== '');
}

/** `![alt](x.png "Caption")` → a figure with the caption `Figure 2. Caption`. */
function makeFigure(paragraph: Paragraph, image: Image, id: string, number: number): void {
  const caption = [
    { type: 'text' as const, value: words.figure.numbered(number), data: { hName: 'b' } },
    ...captionOf(image),
  ];
  image.title = null;
  paragraph.data = { hName: 'figure', hProperties: { id } };
  paragraph.children.push({ type: 'emphasis', data: { hName: 'figcaption' }, children: caption });
}

/**
 * Remark plugin: `<Chart>`, `<Frames>` and `<Figure>` get `number` and `id` (`fig-` and their `id`, `show` or `of`); an
 * image with a title, alone in its paragraph, becomes a figure named after its file. Reports an id used twice.
 */
export function remarkFigures() {
  return (tree: Root, file: VFile): void => {
    const figures = new Map<string, Figure>();
    const add = (name: string, node: JsxElement | Image): { id: string; number: number } => {
      const id = `fig-${name}`;
      const start = node.position?.start;
      const earlier = figures.get(id);
      if (earlier)
        report(file, start, `a second figure called ${id}, after ${earlier.place}; give one of them another id`);
      figures.set(id, { number: figures.size + 1, place: locationOf(file, start) });
      return { id, number: figures.size };
    };
    visit(tree, (node) => {
      if (isJsxElement(node) && numbered.has(node.name ?? '')) {
        const { id, number } = add(nameOf(node), node);
        setAttribute(node, 'id', id);
        setAttribute(node, 'number', String(number));
      } else if (node.type === 'paragraph') {
        const image = captioned(node);
        if (!image) return;
        const { id, number } = add(nameOfFile(image.url), image);
        makeFigure(node, image, id, number);
      }
    });
    file.data.figures = figures;
  };
}
