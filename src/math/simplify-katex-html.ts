/**
 * Reduces KaTeX's HTML to fewer elements: they are half of all elements of an article, and take most of its layout time
 * on a phone. Every glyph stays where KaTeX puts it; inline tables and spans that only wrap other spans are replaced.
 */
import type { Element, ElementContent } from 'hast';
import { visit } from 'unist-util-visit';

/** The classes of an element. */
export const classesOf = ({ properties: { className } }: Element): string[] =>
  Array.isArray(className) ? className.map(String) : [];
/** Whether an element has a class. */
export const has = (element: Element, name: string): boolean => classesOf(element).includes(name);
const elementsOf = ({ children }: Element): Element[] => children.filter((child) => child.type === 'element');

/** The declarations of a style, `height:1em;vertical-align:-.25em`, as a map. */
export const styleOf = ({ properties: { style } }: Element): Map<string, string> =>
  new Map(
    String(style ?? '')
      .split(';')
      .filter(Boolean)
      .map((declaration) => declaration.split(':').map((part) => part.trim()) as [string, string]),
  );
/** The value of a declaration in em; 0 if it is missing. */
export const em = (style: Map<string, string>, name: string): number => Number.parseFloat(style.get(name) ?? '0');
const length = (value: number): string => `${Number(value.toFixed(5))}em`;

function setStyle(element: Element, style: Map<string, string>): void {
  const declarations = [...style].map(([name, value]) => `${name}:${value}`);
  if (declarations.length === 0) delete element.properties.style;
  else element.properties.style = declarations.join(';');
}

/** Classes of atoms. No CSS rule matches them alone, so a span with no other class can be replaced by its content. */
const atomClasses = new Set(['mord', 'mop', 'mbin', 'mrel', 'mopen', 'mclose', 'mpunct', 'minner', 'mtight']);
const hasOnlyAtomClasses = (element: Element): boolean =>
  element.tagName === 'span' && !element.properties.style && classesOf(element).every((name) => atomClasses.has(name));
/** Elements whose children no CSS rule matches, so that a child span can be replaced by its content. */
const acceptsAnyContent = (element: Element): boolean =>
  has(element, 'base') || has(element, 'sizing') || classesOf(element).some((name) => atomClasses.has(name));

/** Whether `box` contains a drawing of its width: an arrow, a strike, a frame; not a root's or an inner stack's. */
const containsDrawing = (box: Element): boolean =>
  elementsOf(box).some(
    (child) =>
      child.tagName === 'svg' ||
      has(child, 'stretchy') ||
      (!has(child, 'hide-tail') && !has(child, 'vlist-t') && containsDrawing(child)),
  );

/**
 * Replaces a stack of boxes by an inline block. KaTeX uses an inline table: a row above the baseline, perhaps one
 * below, and in the first a cell with the boxes, each moved up from the baseline. In the inline block, which has the
 * height of both rows, the boxes have no height and follow one another at margins. Its baseline is that of the last
 * box, which is the height of the box's `pstrut` below the box's top.
 */
function replaceStack(table: Element): void {
  const [above, below] = elementsOf(table).map((row) => elementsOf(row)[0]);
  const height = em(styleOf(above!), 'height');
  const depth = below ? em(styleOf(below), 'height') : 0;
  const boxes = elementsOf(above!);
  // Drawings are positioned, and painted over what is not: so all boxes of such a stack are positioned.
  const isPositioned = boxes.some(containsDrawing);
  let previous = -height;
  for (const box of boxes) {
    const style = styleOf(box);
    const top = em(style, 'top');
    style.delete('top');
    if (isPositioned) style.set('position', 'relative');
    if (top !== previous) style.set('margin-top', length(top - previous));
    setStyle(box, style);
    previous = top;
  }
  table.properties.className = ['vlist-t', 'stack'];
  const style = styleOf(table).set('height', length(height + depth));
  const baseline = previous + em(styleOf(elementsOf(boxes.at(-1)!)[0]!), 'height');
  if (baseline !== 0) style.set('vertical-align', length(-baseline));
  setStyle(table, style);
  table.children = above!.children;
}

/** Whether the element overlaps others (`\llap`, `\rlap`, `\mathclap`): its position depends on its own line. */
function hasLap(element: Element): boolean {
  return (
    ['llap', 'rlap', 'clap'].some((name) => has(element, name)) || elementsOf(element).some((child) => hasLap(child))
  );
}

/** Replaces the stack of a single superscript or subscript by `vertical-align`. The base gives the height. */
function raiseScript(script: Element): void {
  const [table] = elementsOf(script);
  const [row, ...otherRows] = table ? elementsOf(table) : [];
  const [cell] = row ? elementsOf(row) : [];
  const [box, ...otherBoxes] = cell ? elementsOf(cell) : [];
  const [strut, content] = box ? elementsOf(box) : [];
  if (!box || !strut || !content || otherBoxes.length > 0 || otherRows.length > 1 || hasLap(content)) return;
  const style = styleOf(box);
  const up = -em(style, 'top') - em(styleOf(strut), 'height');
  style.delete('top');
  setStyle(script, style.set('vertical-align', length(up)).set('line-height', '0'));
  script.children = [content];
}

/** Classes whose right margin cannot be changed: their em differs, or KaTeX's style sheet sets that margin. */
const fixedMargins = ['sizing', 'strut', 'mspace', 'cancel-lap', 'angl', 'root'];

/** Adds `space` to the right margin of `element`; returns false if that is not possible. */
function addRightMargin(element: Element, space: number): boolean {
  if (fixedMargins.some((name) => has(element, name))) return false;
  const last = element.children.at(-1);
  if (hasOnlyAtomClasses(element) && last?.type === 'element') return addRightMargin(last, space);
  const style = styleOf(element);
  setStyle(element, style.set('margin-right', length(em(style, 'margin-right') + space)));
  return true;
}

/** Replaces spaces by margins of the elements before them, and spans without effect by their content. */
function removeWrappers(parent: Element): void {
  const kept: ElementContent[] = [];
  for (const child of parent.children) {
    const previous = kept.at(-1);
    const isSpace =
      child.type === 'element' &&
      classesOf(child).join() === 'mspace' &&
      child.children.length === 0 &&
      [...styleOf(child).keys()].join() === 'margin-right';
    if (isSpace && previous?.type === 'element' && addRightMargin(previous, em(styleOf(child), 'margin-right')))
      continue;
    kept.push(child);
  }
  parent.children = kept.flatMap((child) =>
    child.type === 'element' && acceptsAnyContent(parent) && hasOnlyAtomClasses(child) ? child.children : [child],
  );
  const [only, ...others] = parent.children;
  if (has(parent, 'sizing') && others.length === 0 && only?.type === 'element') mergeSizing(parent, only);
}

/** Merges a size change with its only child, unless a CSS rule matches the two, or the child's size. */
function mergeSizing(sizing: Element, only: Element): void {
  const { properties, children } = only;
  if (sizing.properties.style || properties.className === undefined) return;
  if (['sizing', 'vlist-t', 'delimsizing'].some((name) => has(only, name))) return;
  sizing.properties = { ...properties, className: [...new Set([...classesOf(sizing), ...classesOf(only)])] };
  sizing.children = children;
}

/** Whether a strut has no effect: the line, 1.2 em of KaTeX's font, reaches at least as high and as deep without it. */
function isSuperfluous(strut: Element): boolean {
  const style = styleOf(strut);
  const depth = -em(style, 'vertical-align');
  return has(strut, 'strut') && em(style, 'height') - depth <= 0.8 && depth <= 0.2;
}

/** Simplifies an element of class `katex-html` in place. */
export function simplifyKatexHtml(boxes: Element): void {
  const parents: Element[] = [];
  visit(boxes, 'element', (element) => {
    if (has(element, 'msupsub')) raiseScript(element);
    if (has(element, 'vlist-t')) replaceStack(element);
    if (has(element, 'base'))
      element.children = element.children.filter((child) => child.type !== 'element' || !isSuperfluous(child));
    parents.push(element);
  });
  // From the inside out: whether a span can be replaced depends on what is left of its content.
  for (const element of parents.reverse()) removeWrappers(element);
  // A formula that cannot break needs no box, which is an inline block, within its line.
  const [base, ...others] = elementsOf(boxes);
  if (!base || !has(base, 'base') || others.length > 0) return;
  boxes.properties.className = [...classesOf(boxes), 'one-line'];
  boxes.children = base.children;
}
