/** Random posts for fuzz tests, made of pieces of Markdown, MDX, TeX and citations, and the property each must have. */
import fc from 'fast-check';
import { PostError } from '../../src/math/index.ts';
import { html } from './checks/post.ts';

const cwd = new URL('../fixtures/citations', import.meta.url).pathname;

/** Plain words, which can be recognised in the page. */
const word = fc.integer({ min: 100, max: 999 }).map((n) => `wq${n}z`);

/** Tokens of CommonMark, GFM, MDX, maths and citations. */
// biome-ignore format: a table of tokens
const marks = [
  ['\n', '\n\n', ' ', '  ', '    ', '\t', '\r\n', '\\', '\\\n', '  \n', '\u00a0', '\u2028', '\ufeff', '\u200d'],
  ['*', '**', '***', '_', '__', '~', '~~', '`', '``', '```\n', '~~~\n', '```js\n', '```math\n', '```js title="x"\n'],
  ['# ', '## ', '###### ', '\n===\n', '\n---\n', '***\n', '- ', '* ', '1. ', '10) ', '- [ ] ', '- [x] ', '> ', '>> '],
  [
    '> [!NOTE]\n> ', '> [!nope]\n> ', ': ', '\n: ', '| ', '|', '|-|-|\n', '| - | :-: |\n', '\\|',
    '|a|b|\n|-|-|\n|c|d|\n',
  ],
  [
    '[', ']', '(', ')', '![', '](', '](https://a.example)', '](/claims/)', '](./x.svg)', '](#none)', '[a][b]',
    '[b]: /c\n', '[^1]', '\n\n[^1]: ',
  ],
  [
    '<https://a.example>', 'https://a.example/b', 'www.a.example', 'w@a.example', '<b>', '</b>', '<br/>', '<br>',
    '<div>', '</div>', '<p>',
  ],
  [
    '<!-- c -->', '<Value of="x.y" />', '<Chart of="x">', '</Chart>', '<Claim>', '</Claim>', '<Nope />',
    '<a href="x">', '</a>', '<', '>', '<>', '</>',
  ],
  [
    '{', '}', '{1}', '{"s"}', '{/* c */}', '{a, b}', '{ }', '{`t`}', '\\{', '\\}', 'import x from "y"\n',
    'export const q = 1\n',
  ],
  [
    '$', '$$', '\\$', '$x$', '$$\nx\n$$', '$\\frac{1}{2}$', '$|x|$', '$5', '\\(x\\)', '\\[x\\]', '\\begin{align}',
    '\\label{e}', '$\\eqref{e}$', '\\tag{1}', '$\\nope$',
  ],
  [
    '[@alpha2020]', '[@alpha2020; @who2021, p. 3]', '@alpha2020', '[-@noyear]', '[see @', '@octocat', '[@nobody1]',
    ';', '\\[@a]', '[@', '-@',
  ],
  [
    '&amp;', '&lt;', '&#x7b;', '&#0;', '&nosuch;', '&', '\u0000', '\u0007', '\u001b', '\u007f', '\ufdd0', '\ufdd5',
    '\ufdd61\ufdd7', '\ud800', '\ufffe',
  ],
  [
    '"', "'", '“', '--', '---', '...', '..', 'é', 'Привет', '日本', '**重要。**', 'العربية', 'עברית', 'ไทย', '😀', '👩‍👩‍👧',
    'Å', 'a\u0301',
  ],
] as const;

const piece = fc.oneof(
  { weight: 3, arbitrary: word },
  { weight: 8, arbitrary: fc.constantFrom(...marks).chain((kind) => fc.constantFrom(...kind)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
);

/** Whole blocks of each kind in the specifications, with words in every position. */
const line = fc
  .array(
    fc.oneof(word, fc.constantFrom(' ', '*', '**', '`', '~~', '[@alpha2020]', '$x$', '[^1]', '\\', '<b>', '</b>')),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(' '));
const block = fc.oneof(
  line,
  fc.tuple(fc.integer({ min: 1, max: 7 }), line).map(([level, text]) => `${'#'.repeat(level)} ${text}`),
  fc.tuple(line, fc.constantFrom('===', '---')).map((lines) => lines.join('\n')),
  fc.tuple(fc.constantFrom('```', '~~~', '````'), line).map(([fence, text]) => `${fence}js\n${text}\n${fence}`),
  line.map((text) => `    ${text}`),
  fc.array(line, { maxLength: 3 }).map((lines) => lines.map((text) => `> ${text}`).join('\n')),
  fc.array(line, { maxLength: 3 }).map((lines) => lines.map((text, i) => `${i + 1}. ${text}`).join('\n')),
  fc.array(line, { maxLength: 3 }).map((lines) => lines.map((text, i) => `${'  '.repeat(i)}- ${text}`).join('\n')),
  fc.tuple(line, line, line).map(([a, b, c]) => `| ${a} | ${b} |\n|---|---|\n| ${c} | x |`),
  line.map((text) => `[^1]: ${text}`),
  fc.tuple(line, line).map(([a, b]) => `${a}\n: ${b}`),
  line.map((text) => `<div>\n\n${text}\n\n</div>`),
  fc.constantFrom('***', '$$\nx\n$$', '<br />', '[b]: /claims/ "t"', '{/* c */}'),
);

const text = (page: string): string => page.replace(/<[^>]*>/g, '');

/** Syntax that hides words: comments, link labels, languages of code, unused definitions and footnotes. */
const hidesWords = /\[[^\]\n]*\]:|\{|<|\]\(|```|~~~|!\[|\]\[|\[\^/;

/** Random mixtures of tokens. */
export const mixtures = fc.array(piece, { maxLength: 24 }).map((parts) => parts.join(''));

/** Sequences of whole blocks; all their words must appear in the page. */
export const sequences = fc.array(block, { maxLength: 5 }).map((blocks) => blocks.join('\n\n'));

/** Compiles a post. Throws unless it becomes a page, with all its words if `complete`, or errors with line and column. */
export async function checkPost(source: string, complete = !hidesWords.test(source)): Promise<void> {
  let page: string;
  try {
    page = await html(source, cwd);
  } catch (error) {
    // Tests load the development build of the parsers, whose assertions fail where the production build reports an error.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_ASSERTION') return;
    if (!(error instanceof PostError)) throw error;
    for (const message of error.message.split(/\n(?=posts\/)/))
      if (!/^posts\/x\.mdx:\d+:\d+: ./.test(message)) throw new Error(`an error without a place: ${message}`);
    return;
  }
  if (!complete) return;
  const shown = text(page);
  for (const found of source.match(/wq\d{3}z/g) ?? []) if (!shown.includes(found)) throw new Error(`${found} is lost`);
}
