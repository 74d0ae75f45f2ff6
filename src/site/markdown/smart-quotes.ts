/** Replaces straight quotation marks by those of the site's language, and tells apostrophes from single quotes. */
import type { Nodes, Root, Text } from 'mdast';
import { visit } from 'unist-util-visit';
import { words } from '../i18n.ts';

/** Options of SmartyPants: `--` is an en dash, `---` an em dash; no quotes, since it knows only English ones. */
export const smartypants = { dashes: 'oldschool' as const, quotes: false, backticks: false };

/** Placeholder in a line for what reads as a word: a formula, code, a value, an image. */
const wordPlaceholder = '\ufffc';
const wordlike = new Set(['inlineMath', 'inlineCode', 'image', 'imageReference', 'mdxTextExpression']);
const blocks = new Set(['paragraph', 'heading', 'tableCell', 'mdxJsxFlowElement']);

/** Characters before an opening mark and after a closing one, besides the ends of a block. */
const beforeOpening = /[\s\p{Ps}\p{Pi}\p{Pd}\p{Sm}¿¡/&…]/u;
const afterClosing = /[\s\p{Pe}\p{Pf}\p{Pd}\p{Sm}.,;:!?/&…]/u;
const inWord = /[\p{L}\p{M}\p{N}\ufffc]/u;
/** East Asian letters, which have no spaces around marks: there marks open and close by turns. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** What follows an apostrophe: surely ('tis, '90s), or unless a closing quote follows ('em). */
const elided = /^(?:(?:tis|twas|twere|twill)\b|\d\ds\b)/i;
const perhapsElided = /^(?:em|til|\d\d)\b/i;
/** Words before `'n'`, as in rock 'n' roll. */
const wordBeforeN = /\b(?:rock|drum|guns|salt|fish|mac|mix|pick|toys|surf|cut|wash) $/i;
const closingQuote = /(?<=\S)'(?![\p{L}\p{N}])/u;

/** Whether the single mark between the texts is the apostrophe of `'tis`, `the '90s`, `rock 'n' roll`. */
function isElision(before: string, after: string): boolean {
  if (elided.test(after) || (perhapsElided.test(after) && !closingQuote.test(after))) return true;
  return (
    (/^n'/.test(after) && wordBeforeN.test(before)) || (before.endsWith("'n") && wordBeforeN.test(before.slice(0, -2)))
  );
}

/** The neighbouring characters at each position, skipping quotation marks; empty at the ends of the line. */
function neighbours(line: string): { before: string; after: string }[] {
  const all = Array.from({ length: line.length }, () => ({ before: '', after: '' }));
  const isMark = (at: number) => line[at] === '"' || line[at] === "'";
  for (let at = 1; at < all.length; at++) all[at]!.before = isMark(at - 1) ? all[at - 1]!.before : line[at - 1]!;
  for (let at = all.length - 2; at >= 0; at--) all[at]!.after = isMark(at + 1) ? all[at + 1]!.after : line[at + 1]!;
  return all;
}

/** Whether a mark between these characters opens or closes a quotation, or may do either. */
function sideOf(before: string, after: string): 'opens' | 'closes' | 'either' {
  const opens = (before === '' || beforeOpening.test(before)) && /\S/.test(after);
  const ends = (after === '' || afterClosing.test(after)) && /\S/.test(before);
  if (opens === ends) return 'either';
  return opens ? 'opens' : 'closes';
}

/** The characters of a line with its quotation marks replaced. */
function replaceQuotes(line: string): string[] {
  const { quotes } = words;
  const adjacent = neighbours(line);
  let open = 0;
  let openInner = 0;
  return line.split('').map((mark, at) => {
    if (mark !== '"' && mark !== "'") return mark;
    const [before = '', after = ''] = [line[at - 1], line[at + 1]];
    const pairs = unspaced.test(before) || unspaced.test(after);
    const side = pairs ? 'either' : sideOf(adjacent[at]!.before, adjacent[at]!.after);
    if (mark === '"') {
      const isOpening = side === 'opens' || (side === 'either' && open === 0);
      // An inch mark, as in 5".
      if (!isOpening && open === 0 && /\d/.test(before)) return mark;
      open = isOpening ? open + 1 : Math.max(0, open - 1);
      return isOpening ? quotes.open : quotes.close;
    }
    if (isElision(line.slice(Math.max(0, at - 12), at), line.slice(at + 1))) return '’';
    if (side === 'opens' || (pairs && openInner === 0)) {
      openInner += 1;
      return quotes.openInner;
    }
    const joins = !pairs && inWord.test(before) && inWord.test(adjacent[at]!.after);
    if (openInner === 0 || joins) return '’';
    openInner -= 1;
    return quotes.closeInner;
  });
}

/** The text of a node within its line; empty if it has none. */
function nodeText(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'break') return ' ';
  const isEmptyTag = node.type === 'mdxJsxTextElement' && node.children.length === 0;
  return wordlike.has(node.type) || isEmptyTag ? wordPlaceholder : '';
}

/** Remark plugin, after SmartyPants: replaces the quotation marks in each block of text. */
export function remarkQuotes() {
  return (tree: Root): void => {
    const lines: Nodes[][] = [[]];
    visit(tree, (node) => {
      if (blocks.has(node.type)) lines.push([]);
      else if (nodeText(node) !== '') lines.at(-1)!.push(node);
    });
    for (const nodes of lines) {
      const line = nodes.map(nodeText).join('');
      if (!/["']/.test(line)) continue;
      const characters = replaceQuotes(line);
      for (const node of nodes) {
        const own = characters.splice(0, nodeText(node).length);
        if (node.type === 'text') (node as Text).value = own.join('');
      }
    }
  };
}
