/** Reports syntax of other Markdown tools (Pandoc, MkDocs, Obsidian, …), which would be shown as plain text. */
import type { Blockquote, ListItem, Paragraph, Root, Text } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestName } from '../../lab/did-you-mean.ts';
import { locationInText, report } from '../../math/index.ts';
import { isPlain } from '../markdown/plain-markdown.ts';
import { templateTags } from './syntax.ts';

const calloutKinds = ['note', 'tip', 'important', 'warning', 'caution'];
const calloutAdvice = 'write > [!NOTE], and each line of the callout after >';

const tableAdvice = 'write a table as | a | b |, then |---|---|, then its rows';

/** The beginnings of paragraphs in the syntax of other tools, with advice. */
const paragraphPatterns: readonly (readonly [begins: RegExp, advice: string])[] = [
  [/^:{3,}\s*(?:\{|[a-z]|$)/i, calloutAdvice],
  [/^::[a-z][\w-]*[[{]/i, calloutAdvice],
  [/^#{7,}(?:\s|$)/, 'a heading has at most six signs #'],
  [/^#{2,6}[^\s#]/, 'a heading has a space after its signs #; for the signs themselves \\#'],
  [/^(?:!!!|\?\?\?\+?)\s+[a-z]/i, calloutAdvice],
  [/^\.\. [a-z-]+::/i, calloutAdvice],
  [/^\[{1,2}_?toc_?\]{1,2}$/i, 'remove it: each post has its list of contents'],
  [/^\([\w:-]+\)=$/, 'remove it: a heading, a figure, a labelled formula has an id of its own'],
  [/^\*\[[^\]]+\]:\s/, 'write <abbr title="what it stands for">'],
  [/^\+[-=]{3,}[-+=]*\+$/, tableAdvice],
  [/^\\(?:newpage|pagebreak|clearpage|tableofcontents|maketitle)\b/, 'remove it: a page is no sheet of paper'],
];

/** Stars that begin and end nothing: punctuation between them and a letter, or a space before the last. */
const closesNothing = /(?<![\w*\\])\*\*(?=[^\s*])[^*\n]*[^\s\w*([{,]\*\*(?=[\p{L}\p{N}])/gu;
const opensNothing = /(?<=\p{L})\*\*(?=["'“‘([`$])[^*\n]*[^\s*([{]\*\*(?![\w*])/gu;
const spaceBeforeStars = /(?<![\w*\\])\*\*(?=\p{L})[^*\n]*\s\*\*(?=[\s.,;:!?)]|$)/gu;
const starsAdvice =
  'the stars stand right at the words that they embrace, with a space or punctuation outside; for the signs themselves \\*\\*';

/** Inline syntax of other tools, with advice. */
const inlinePatterns: readonly (readonly [written: RegExp, advice: string])[] = [
  [
    /!?\[[^[\]\n]*\]\((?=[^()\n]*(?:\/|\.\w{2,5}\b))[^()\s][^()\n]*\s[^()\n]*\)/g,
    'an address with spaces stands between < and >, and a title between quotation marks',
  ],
  [/!\[\[[^\]\n]+\]\]/g, 'write ![what it shows](./a-picture.png)'],
  [/(?<!!)\[\[(?=[^[\]\n]*\p{L})[^[\]\n]+\]\]/gu, 'write [text](./other.mdx); for the brackets themselves \\[\\['],
  [/^\|-+\+[-+]*\|$/gm, tableAdvice],
  [/(?<![=\w])==(?=[^\s=])[^=\n]*[^\s=]==(?![=\w])/g, 'write <mark>text</mark>; for the signs themselves \\=='],
  [/%%(?=\S)[^%\n]*%%/g, 'write a comment as {/* text */} in .mdx, as <!-- text --> in .md'],
  [/(?<=\s)\^[a-z][\w-]{2,}$/g, 'write <a id="name"></a> for a place that links lead to'],
  [/(?<![\w@[])@(?:fig|eq|sec|tbl|lst)-[\w-]*\w/g, 'write [](#id), with the id of the figure, formula or heading'],
  [/(?<=\w)\^[\w+−-]{1,8}\^/g, 'write <sup>2</sup>; for the mark itself \\^'],
  [/(?<=[A-Za-z])~[\w+−-]{1,8}~(?!~)/g, 'write <sub>2</sub>; for the mark itself \\~'],
  [/(?<![\w~\\/.])~(?=[^\s~\d/])[^~\n]*[^\s~/]~(?![\w~/])/g, 'write ~~text~~; for the signs themselves \\~'],
  [closesNothing, starsAdvice],
  [opensNothing, starsAdvice],
  [spaceBeforeStars, starsAdvice],
  [/(?<![\w:]):[a-z][a-z_+-]*[a-z\d]:(?![\w:])/g, 'write the emoji itself; for the colons \\:'],
];

/** A sign that each inline pattern has. */
const signs = /[[|=%^@~:{*\\]/;

/** Reports inline syntax of other tools in a text. */
function reportText(node: Text, file: VFile, source: string): void {
  if (node.position?.start.offset === undefined) return;
  const written = source.slice(node.position.start.offset, node.position.end.offset);
  if (!signs.test(written)) return;
  const patterns = isPlain(file) ? [...inlinePatterns, ...plainPatterns] : inlinePatterns;
  for (const [pattern, advice] of patterns)
    for (const { 0: found, index } of written.matchAll(pattern))
      if (written[index - 1] !== '\\')
        report(
          file,
          locationInText(written, index, node.position.start),
          `${found}: this would be shown as it stands; ${advice}`,
        );
}

/** What MDX reports as JavaScript is text in plain Markdown: tags of other tools, and TeX outside of a formula. */
const plainPatterns: readonly (readonly [written: RegExp, advice: string])[] = [
  ...templateTags.map(([written, advice]) => [new RegExp(written, 'g'), advice] as const),
  [/\{:\s*[^{}]*\}|\{\s*[#.][\w-]+[^{}]*\}/g, 'attributes in braces are of other tools: leave them out'],
  [/\\(?:begin|end)\s*\{[^{}]*\}/g, 'put the environment between lines of $$'],
];

/** An indented line: a code block in CommonMark, text in MDX. */
const indentation = /^(?: {4}| {0,3}\t)/;
const indentedAdvice = 'an indented block is text, not code; put code between lines of ```, and text at the margin';

/** The paragraphs of a list item or a quotation that are indented by four columns or more. */
function indentedIn(parent: ListItem | Blockquote): Paragraph[] {
  const { start } = (parent.type === 'listItem' ? parent.children[0] : parent)?.position ?? {};
  const margin = (start?.column ?? 1) + (parent.type === 'listItem' ? 0 : 2);
  return parent.children.filter(
    (child): child is Paragraph => child.type === 'paragraph' && (child.position?.start.column ?? 1) >= margin + 4,
  );
}

/** The first line of a paragraph as written, with its escapes. */
const firstLineOf = ({ position }: Paragraph, source: string): string =>
  source
    .slice(position?.start.offset ?? 0, position?.end.offset ?? 0)
    .split('\n', 1)[0]!
    .trimEnd();

/** The error in the first line of a callout; undefined if there is none, or if the line begins no callout. */
function calloutProblem(line: string): string | undefined {
  const [, kind, title, rest] = /^\[!([a-z-]+)(\/[^\]]*)?\](.*)$/i.exec(line) ?? [];
  if (kind === undefined) return undefined;
  const known = calloutKinds.includes(kind.toLowerCase()) ? kind.toLowerCase() : nearestName(kind, calloutKinds);
  const name = (known ?? 'note').toUpperCase();
  if (known !== kind.toLowerCase())
    return `[!${kind}]: no such callout; ${known ? `did you mean [!${name}]?` : `write [!${name}]`} There are ${calloutKinds.join(', ')}`;
  if (rest?.trim() && title === undefined)
    return `[!${kind}] stands alone on its line; write [!${name}/${rest.replace(/^[+-]?\s+/, '')}] for a title`;
  return undefined;
}

/** Remark plugin. */
export function remarkDialects() {
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    const rows = source.split('\n');
    for (const { type, position } of tree.children)
      if (
        /^(?:paragraph|heading|list|blockquote)$/.test(type) &&
        position &&
        indentation.test(rows[position.start.line - 1]!)
      )
        report(file, position.start, indentedAdvice);
    visit(tree, (node) => {
      const reportNode = (problem: string) => report(file, node.position?.start, problem);
      if (node.type === 'listItem' || node.type === 'blockquote')
        for (const { position } of indentedIn(node)) report(file, position?.start, indentedAdvice);
      if (node.type === 'blockquote') {
        const [first] = node.children;
        const problem = first?.type === 'paragraph' && calloutProblem(firstLineOf(first, source));
        if (problem) report(file, first.position?.start, problem);
      }
      if (node.type === 'text') reportText(node, file, source);
      if (node.type === 'image' && /\|\s*\d+(?:x\d+)?$/.test(node.alt ?? ''))
        reportNode(`![${node.alt}]: a width is no part of the words; write <img src="…" width="100" alt="…" />`);
      if (node.type === 'inlineCode' && /^\{[a-z]+\}\s/i.test(node.value))
        reportNode(`\`${node.value}\`: code in text is shown, not run; write <Value of="experiment.measure" />`);
      if (
        node.type === 'thematicBreak' &&
        /^-{2,}(?: +-{2,})+$/.test(source.slice(node.position?.start.offset, node.position?.end.offset).trim())
      )
        reportNode(`this line is shown as a rule; ${tableAdvice}`);
      if (node.type !== 'paragraph') return;
      const line = firstLineOf(node, source);
      const found = paragraphPatterns.find(([begins]) => begins.test(line));
      if (found) reportNode(`${line}: this would be shown as it stands; ${found[1]}`);
    });
  };
}
