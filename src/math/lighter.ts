/**
 * KaTeX's boxes with fewer elements: they are half of an article's, and laying them out most of what a phone does with
 * it. Every glyph stays where KaTeX puts it; what goes are inline tables and spans that only hold other spans.
 */
import type { Element, ElementContent } from 'hast';
import { visit } from 'unist-util-visit';

const classesOf = ({ properties: { className } }: Element): string[] =>
  Array.isArray(className) ? className.map(String) : [];
const has = (element: Element, name: string): boolean => classesOf(element).includes(name);
const elementsOf = ({ children }: Element): Element[] => children.filter((child) => child.type === 'element');

/** `height:1em;vertical-align:-.25em` as a map. */
const styleOf = ({ properties: { style } }: Element): Map<string, string> =>
  new Map(
    String(style ?? '')
      .split(';')
      .filter(Boolean)
      .map((declaration) => declaration.split(':').map((part) => part.trim()) as [string, string]),
  );
/** The value in em of one declaration, 0 if it is not there. */
const em = (style: Map<string, string>, name: string): number => Number.parseFloat(style.get(name) ?? '0');
const length = (value: number): string => `${Number(value.toFixed(5))}em`;

function setStyle(element: Element, style: Map<string, string>): void {
  const declarations = [...style].map(([name, value]) => `${name}:${value}`);
  if (declarations.length === 0) delete element.properties.style;
  else element.properties.style = declarations.join(';');
}

/** Kinds of atoms. No rule is about them alone, so that a span with nothing else is its content. */
const atoms = new Set(['mord', 'mop', 'mbin', 'mrel', 'mopen', 'mclose', 'mpunct', 'minner', 'mtight']);
const isBare = (element: Element): boolean =>
  element.tagName === 'span' && !element.properties.style && classesOf(element).every((name) => atoms.has(name));
/** Elements whose content may be spans or text alike: no rule is about their children. */
const isOpen = (element: Element): boolean =>
  has(element, 'base') || has(element, 'sizing') || classesOf(element).some((name) => atoms.has(name));

/** Whether `box` holds what is drawn to its width: an arrow, a strike, a frame. A root's has a box of its own, a stack its boxes. */
const isDrawn = (box: Element): boolean =>
  elementsOf(box).some(
    (child) =>
      child.tagName === 'svg' ||
      has(child, 'stretchy') ||
      (!has(child, 'hide-tail') && !has(child, 'vlist-t') && isDrawn(child)),
  );

/**
 * KaTeX stacks boxes in an inline table of one row above the baseline and perhaps one below, whose cell holds the boxes,
 * each moved up from the baseline. An inline block of both heights does as well, whose boxes without height follow one
 * another at margins; what stands on the line is the baseline of its last box, below that box's top by its `pstrut`.
 */
function stack(table: Element): void {
  const [above, below] = elementsOf(table).map((row) => elementsOf(row)[0]);
  const height = em(styleOf(above!), 'height');
  const depth = below ? em(styleOf(below), 'height') : 0;
  const boxes = elementsOf(above!);
  // A drawing is placed within its box, and what is placed hides what is not: its stack is placed as a whole.
  const isPlaced = boxes.some(isDrawn);
  let previous = -height;
  for (const box of boxes) {
    const style = styleOf(box);
    const top = em(style, 'top');
    style.delete('top');
    if (isPlaced) style.set('position', 'relative');
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

/** What hangs over its neighbours is placed by the line that it stands on. */
function hasLap(element: Element): boolean {
  return (
    ['llap', 'rlap', 'clap'].some((name) => has(element, name)) || elementsOf(element).some((child) => hasLap(child))
  );
}

/** A superscript or a subscript alone is text above or below the line; its height is its base's. */
function raise(script: Element): void {
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

/** Classes with another size of em, or to which KaTeX's style sheet gives a margin on the right. */
const unwidened = ['sizing', 'strut', 'mspace', 'cancel-lap', 'angl', 'root'];

/** The space after `element` as its margin; false if it cannot be. */
function widen(element: Element, space: number): boolean {
  if (unwidened.some((name) => has(element, name))) return false;
  const last = element.children.at(-1);
  if (isBare(element) && last?.type === 'element') return widen(last, space);
  const style = styleOf(element);
  setStyle(element, style.set('margin-right', length(em(style, 'margin-right') + space)));
  return true;
}

/** Spaces become margins of what they follow, and spans that say nothing become their content. */
function tidy(parent: Element): void {
  const kept: ElementContent[] = [];
  for (const child of parent.children) {
    const previous = kept.at(-1);
    const isSpace =
      child.type === 'element' &&
      classesOf(child).join() === 'mspace' &&
      child.children.length === 0 &&
      [...styleOf(child).keys()].join() === 'margin-right';
    if (isSpace && previous?.type === 'element' && widen(previous, em(styleOf(child), 'margin-right'))) continue;
    kept.push(child);
  }
  parent.children = kept.flatMap((child) =>
    child.type === 'element' && isOpen(parent) && isBare(child) ? child.children : [child],
  );
  const [only, ...others] = parent.children;
  if (has(parent, 'sizing') && others.length === 0 && only?.type === 'element') merge(parent, only);
}

/** A change of size and the one thing that it is for, unless a rule is about the two as parent and child, or about its size. */
function merge(sizing: Element, only: Element): void {
  const { properties, children } = only;
  if (sizing.properties.style || properties.className === undefined) return;
  if (['sizing', 'vlist-t', 'delimsizing'].some((name) => has(only, name))) return;
  sizing.properties = { ...properties, className: [...new Set([...classesOf(sizing), ...classesOf(only)])] };
  sizing.children = children;
}

/** A strut that is no higher or deeper than the line is without it: at 1.2 em, a line of KaTeX's font reaches further. */
function isIdle(strut: Element): boolean {
  const style = styleOf(strut);
  const depth = -em(style, 'vertical-align');
  return has(strut, 'strut') && em(style, 'height') - depth <= 0.8 && depth <= 0.2;
}

/** Makes the boxes in an element of class `katex-html` lighter, in place. */
export function lighter(boxes: Element): void {
  const parents: Element[] = [];
  visit(boxes, 'element', (element) => {
    if (has(element, 'msupsub')) raise(element);
    if (has(element, 'vlist-t')) stack(element);
    if (has(element, 'base'))
      element.children = element.children.filter((child) => child.type !== 'element' || !isIdle(child));
    parents.push(element);
  });
  // From the inside out: what is left of a span depends on what is left of its content.
  for (const element of parents.reverse()) tidy(element);
}
