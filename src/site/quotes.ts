/** Straight quotation marks become those of the site's language; apostrophes stay apostrophes in all of them. */
import type { Nodes, Root, Text } from 'mdast';
import { visit } from 'unist-util-visit';
import { words } from './words.ts';

/** SmartyPants' settings: `--` is an en dash, `---` an em dash. It knows quotation marks of English, beside words only. */
export const smartypants = { dashes: 'oldschool' as const, quotes: false, backticks: false };

/** Stands in a line for what reads as a word: a formula, code, a value, an image. */
const word = '\ufffc';
const wordlike = new Set(['inlineMath', 'inlineCode', 'image', 'imageReference', 'mdxTextExpression']);
const blocks = new Set(['paragraph', 'heading', 'tableCell', 'mdxJsxFlowElement']);

/** What a mark may follow to open, and stand before to close; spaces and the ends of a block besides. */
const beforeOpening = /[\s\p{Ps}\p{Pi}\p{Pd}\p{Sm}¿¡/&…]/u;
const afterClosing = /[\s\p{Pe}\p{Pf}\p{Pd}\p{Sm}.,;:!?/&…]/u;
const inWord = /[\p{L}\p{M}\p{N}\ufffc]/u;
/** Letters and punctuation that words are not set apart from by spaces, so that only pairs tell which mark opens. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** Words that begin with an apostrophe, decades, and such as may also begin what is quoted. */
const elided = /^(?:(?:tis|twas|twere|twill)\b|\d\ds\b)/i;
const perhapsElided = /^(?:em|til|\d\d)\b/i;
/** What `'n'` joins to the next word. */
const joined = /\b(?:rock|drum|guns|salt|fish|mac|mix|pick|toys|surf|cut|wash) $/i;
const closes = /(?<=\S)'(?![\p{L}\p{N}])/u;

/** Whether the single mark between the texts is the apostrophe of `'tis`, `the '90s`, `rock 'n' roll`. */
function isElision(before: string, after: string): boolean {
  if (elided.test(after) || (perhapsElided.test(after) && !closes.test(after))) return true;
  return (/^n'/.test(after) && joined.test(before)) || (before.endsWith("'n") && joined.test(before.slice(0, -2)));
}

/** The characters beside each mark, other marks left out; none at the ends of the line. */
function besides(line: string): { before: string; after: string }[] {
  const all = Array.from({ length: line.length }, () => ({ before: '', after: '' }));
  const isMark = (at: number) => line[at] === '"' || line[at] === "'";
  for (let at = 1; at < all.length; at++) all[at]!.before = isMark(at - 1) ? all[at - 1]!.before : line[at - 1]!;
  for (let at = all.length - 2; at >= 0; at--) all[at]!.after = isMark(at + 1) ? all[at + 1]!.after : line[at + 1]!;
  return all;
}

/** Which sides of what is quoted a mark may be on, between these characters. */
function sidesOf(before: string, after: string): 'opens' | 'closes' | 'either' {
  const opens = (before === '' || beforeOpening.test(before)) && /\S/.test(after);
  const ends = (after === '' || afterClosing.test(after)) && /\S/.test(before);
  if (opens === ends) return 'either';
  return opens ? 'opens' : 'closes';
}

/** The characters of a line, with its marks as the language has them. */
function set(line: string): string[] {
  const { quotes } = words;
  const sides = besides(line);
  let open = 0;
  let openInner = 0;
  return line.split('').map((mark, at) => {
    if (mark !== '"' && mark !== "'") return mark;
    const [before = '', after = ''] = [line[at - 1], line[at + 1]];
    const pairs = unspaced.test(before) || unspaced.test(after);
    const side = pairs ? 'either' : sidesOf(sides[at]!.before, sides[at]!.after);
    if (mark === '"') {
      const isOpening = side === 'opens' || (side === 'either' && open === 0);
      // Of an inch: it closes nothing.
      if (!isOpening && open === 0 && /\d/.test(before)) return mark;
      open = isOpening ? open + 1 : Math.max(0, open - 1);
      return isOpening ? quotes.open : quotes.close;
    }
    if (isElision(line.slice(Math.max(0, at - 12), at), line.slice(at + 1))) return '’';
    if (side === 'opens' || (pairs && openInner === 0)) {
      openInner += 1;
      return quotes.openInner;
    }
    const joins = !pairs && inWord.test(before) && inWord.test(sides[at]!.after);
    if (openInner === 0 || joins) return '’';
    openInner -= 1;
    return quotes.closeInner;
  });
}

/** What a node is in its line. */
function partOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'break') return ' ';
  const isEmptyTag = node.type === 'mdxJsxTextElement' && node.children.length === 0;
  return wordlike.has(node.type) || isEmptyTag ? word : '';
}

/** Remark plugin, after SmartyPants. */
export function remarkQuotes() {
  return (tree: Root): void => {
    const lines: Nodes[][] = [[]];
    visit(tree, (node) => {
      if (blocks.has(node.type)) lines.push([]);
      else if (partOf(node) !== '') lines.at(-1)!.push(node);
    });
    for (const nodes of lines) {
      const line = nodes.map(partOf).join('');
      if (!/["']/.test(line)) continue;
      const marks = set(line);
      for (const node of nodes) {
        const own = marks.splice(0, partOf(node).length);
        if (node.type === 'text') (node as Text).value = own.join('');
      }
    }
  };
}
