/** Straight quotation marks become those of the site's language; apostrophes stay apostrophes in all of them. */
import type { Nodes, Root, Text } from 'mdast';
import { visit } from 'unist-util-visit';
import { words } from './words.ts';

/**
 * What SmartyPants writes for straight marks, characters that no text holds: it takes marks of one character only, and
 * what an author writes as „ or “ is to stay.
 */
const mark = { open: '\ufdd0', close: '\ufdd1', openInner: '\ufdd2', closeInner: '\ufdd3' };

/** SmartyPants' settings: `--` is an en dash, `---` an em dash. */
export const smartypants = {
  dashes: 'oldschool' as const,
  openingQuotes: { double: mark.open, single: mark.openInner },
  closingQuotes: { double: mark.close, single: mark.closeInner },
};

/** Letters and punctuation that words are not set apart from by spaces, so that only pairs tell which mark opens. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** Words that begin with an apostrophe, decades, and such as may also begin what is quoted. */
const elided = /^(?:(?:tis|twas|twere|twill)\b|\d\ds\b)/i;
const perhapsElided = /^(?:em|til|\d\d)\b/i;
/** What `'n'` joins to the next word. */
const joined = /\b(?:rock|drum|guns|salt|fish|mac|mix|pick|toys|surf|cut|wash) $/i;
const closes = /\ufdd3(?!\p{L})/u;

/** Whether the single mark at `at` is the apostrophe of `'tis`, `the '90s`, `rock 'n' roll`. */
function isApostrophe(text: string, at: number): boolean {
  const rest = text.slice(at + 1);
  if (elided.test(rest) || (perhapsElided.test(rest) && !closes.test(rest))) return true;
  return /^n[\ufdd2\ufdd3’]/.test(rest) && joined.test(text.slice(0, at));
}

/** Sets the marks of one block's texts. */
function set(texts: readonly Text[]): void {
  let open = 0;
  let openInner = 0;
  for (const text of texts) {
    text.value = text.value.replace(/[\ufdd0-\ufdd3]/g, (found, at: number) => {
      const [before = '', after = ''] = [text.value[at - 1], text.value[at + 1]];
      const pairs = unspaced.test(before) || unspaced.test(after);
      if (found === mark.open || found === mark.close) {
        const opens = pairs ? open === 0 : found === mark.open;
        open = opens ? open + 1 : Math.max(0, open - 1);
        return opens ? words.quotes.open : words.quotes.close;
      }
      if (found === mark.openInner && isApostrophe(text.value, at)) return '’';
      if (pairs ? openInner === 0 : found === mark.openInner) {
        openInner += 1;
        return words.quotes.openInner;
      }
      if (openInner === 0 || (/\p{L}/u.test(before) && /\p{L}/u.test(after))) return '’';
      openInner -= 1;
      return words.quotes.closeInner;
    });
  }
}

/** What stands in a sentence as a word does, though SmartyPants does not see it. */
const wordlike = new Set(['inlineMath', 'inlineCode', 'mdxJsxTextElement', 'mdxTextExpression']);

/** Marks beside a formula: after it they close, or join what follows as an apostrophe; before it they open. */
function besideWords(text: Text, before: Nodes | undefined, after: Nodes | undefined): void {
  const is = (found: string) => found === '"' || found === mark.open || found === mark.close;
  if (before && wordlike.has(before.type))
    text.value = text.value.replace(/^["'\ufdd0-\ufdd3]+/, (found, at: number) =>
      [...found]
        .map((each) =>
          is(each) ? mark.close : /^\p{L}/u.test(text.value.slice(at + found.length)) ? '’' : mark.closeInner,
        )
        .join(''),
    );
  if (after && wordlike.has(after.type))
    text.value = text.value.replace(
      /(^|[\s([–—-])(["'\ufdd0-\ufdd3]+)$/,
      (_, space: string, found: string) =>
        space + [...found].map((each) => (is(each) ? mark.open : mark.openInner)).join(''),
    );
}

/** Remark plugin, after SmartyPants. */
export function remarkQuotes() {
  return (tree: Root): void => {
    const blocks: Text[][] = [[]];
    visit(tree, (node, index, parent) => {
      if (node.type === 'text') {
        besideWords(node, parent?.children[index! - 1], parent?.children[index! + 1]);
        blocks.at(-1)!.push(node);
      } else if (['paragraph', 'heading', 'tableCell', 'mdxJsxFlowElement'].includes(node.type)) blocks.push([]);
    });
    for (const texts of blocks) set(texts);
  };
}
