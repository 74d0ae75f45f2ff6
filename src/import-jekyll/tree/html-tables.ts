/** Tables and lists of raw HTML: those of Markdown where these can hold them, else JSX. */
import type { Element, ElementContent } from 'hast';
import type { AlignType, ListItem, RootContent, TableCell } from 'mdast';
import type { Options } from 'rehype-remark';
import { inline, jsxAround, jsxFlow, textOf } from './jsx.ts';

type Handle = NonNullable<NonNullable<Options['handlers']>[string]>;
type State = Parameters<Handle>[0];

const isElement = (node: ElementContent): node is Element => node.type === 'element';
const named = (names: string): ((node: Element) => boolean) => {
  const set = new Set(names.split(' '));
  return ({ tagName }) => set.has(tagName);
};
const isCell = named('td th');
const isSection = named('thead tbody tfoot');
/** Blocks for which a cell of a table in Markdown has no place. */
const isBlock = named('blockquote details dl figure hr iframe ol pre table ul');

const elementsOf = ({ children }: Element): Element[] => children.filter(isElement);
const rowsOf = (table: Element): Element[] =>
  elementsOf(table)
    .flatMap((each) => (isSection(each) ? elementsOf(each) : [each]))
    .filter(named('tr'));
const isInHead = (table: Element, row: Element): boolean =>
  elementsOf(table).some((each) => each.tagName === 'thead' && each.children.includes(row));
const cellsOf = (row: Element): Element[] => elementsOf(row).filter(isCell);

const holdsBlock = (element: Element): boolean =>
  elementsOf(element).some((child) => isBlock(child) || holdsBlock(child));
const spans = ({ properties: { rowSpan, colSpan } }: Element): boolean =>
  [rowSpan, colSpan].some((span) => Number(span ?? 1) !== 1);

/** The alignment of a cell, or of its row. */
function alignmentOf({ properties }: Element): string | undefined {
  const styled = /(?:^|;)\s*text-align\s*:\s*(left|center|right)/.exec(textOf(properties.style) ?? '')?.[1];
  return styled ?? /^(?:left|center|right)$/i.exec(textOf(properties.align) ?? '')?.[0].toLowerCase();
}

/** A table as JSX, with its sections, its cells over several rows or columns, and the blocks in them. */
function jsxTable(state: State, element: Element): RootContent {
  const { rowSpan, colSpan, scope } = element.properties;
  if (isCell(element)) {
    const align = alignmentOf(element);
    const [rows, columns] = [rowSpan, colSpan].map((span) => (Number(span ?? 1) === 1 ? undefined : textOf(span)));
    const attributes = { rowspan: rows, colspan: columns, scope: textOf(scope), style: align && `text-align:${align}` };
    return jsxAround(element.tagName, attributes, state.toFlow(state.all(element)) as RootContent[]);
  }
  const inner = elementsOf(element).filter(named('thead tbody tfoot tr td th'));
  const children = inner.map((each) => jsxTable(state, each));
  return jsxFlow(element.tagName, {}, state.toFlow(children as never) as RootContent[]);
}

/** A table of Markdown has one row of headings; any other heading is bold. */
function plainTable(state: State, table: Element): ReturnType<Handle> {
  const rows = rowsOf(table);
  const [first] = rows;
  const hasHead = first !== undefined && (isInHead(table, first) || cellsOf(first).every(named('th')));
  const align: AlignType[] = [];
  const written = rows.map((row) => ({
    type: 'tableRow' as const,
    children: cellsOf(row).map((cell, column): TableCell => {
      align[column] ??= (alignmentOf(cell) ?? alignmentOf(row) ?? null) as AlignType;
      const children = inline(state.all(cell) as RootContent[]);
      const isBold = cell.tagName === 'th' && !(hasHead && row === first) && children.length > 0;
      return { type: 'tableCell', children: isBold ? [{ type: 'strong', children }] : children };
    }),
  }));
  const columns = Math.max(1, ...written.map(({ children }) => children.length));
  if (!hasHead) written.unshift({ type: 'tableRow', children: [] });
  for (const { children } of written)
    while (children.length < columns) children.push({ type: 'tableCell', children: [] });
  return { type: 'table', align: Array.from({ length: columns }, (_, i) => align[i] ?? null), children: written };
}

/** A table. */
const table: Handle = (state, element) => {
  const cells = rowsOf(element).flatMap(cellsOf);
  return cells.some((cell) => spans(cell) || holdsBlock(cell)) ? jsxTable(state, element) : plainTable(state, element);
};

/** A list of numbers from the first on. */
function plainList(state: State, element: Element): ReturnType<Handle> {
  const toItem = (): ListItem => ({ type: 'listItem', spread: false, checked: null, children: [] });
  const children = state.toSpecificContent(state.all(element), toItem) as ListItem[];
  const start = Number.parseInt(textOf(element.properties.start) ?? '', 10);
  const spread = children.some((item) => item.spread);
  return { type: 'list', ordered: true, start: Number.isNaN(start) ? 1 : start, spread, children };
}

/** A list: of numbers as letters, of those that run backwards or jump, Markdown knows nothing. */
const list: Handle = (state, element) => {
  const { type, start, reversed } = element.properties;
  const letters = /^[aAiI]$/.exec(textOf(type) ?? '')?.[0];
  const items = elementsOf(element);
  if (!letters && !reversed && !items.some(({ properties }) => properties.value !== undefined))
    return plainList(state, element);
  const attributes = { type: letters, start: textOf(start), reversed: reversed ? null : undefined };
  const children = items.map((item) => {
    const content: Element = item.tagName === 'li' ? item : { ...element, children: [item] };
    const blocks = state.toFlow(state.all(content)) as RootContent[];
    return jsxAround('li', { value: textOf(item.properties.value) }, blocks);
  });
  return jsxFlow('ol', attributes, state.toFlow(children as never) as RootContent[]);
};

/** Handlers of `rehype-remark`. */
export const tableHandlers: NonNullable<Options['handlers']> = { table, ol: list };
