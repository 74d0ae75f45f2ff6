/** What a change of the experiments does to the blog, as a page that opens anywhere and as Markdown for a pull request. */
import { type BaselineComparison, comparisonMarkdown } from '../../lab/results/compare-baseline.ts';
import { escapeHtml } from '../escape-html.ts';
import type { ChangedFigure, Drawing } from './changed-figures.ts';
import type { ChangedSentence, Piece } from './changed-sentences.ts';

/** All that changed against what is published. */
export type Changes = {
  readonly comparison: BaselineComparison;
  readonly sentences: readonly ChangedSentence[];
  readonly figures: readonly ChangedFigure[];
};

const style = `
body{max-width:64rem;margin:2rem auto;padding:0 1rem;font:16px/1.55 'Source Serif 4',Georgia,serif;color:#1c1d21;background:#fdfcf9}
h1,h2,h3,table,code{font-family:'Source Sans 3',system-ui,sans-serif}
table{border-collapse:collapse}td,th{padding:.2em .9em .2em 0;text-align:start;border-bottom:1px solid #dedad1;vertical-align:top}
.number{text-align:end;font-variant-numeric:tabular-nums}
del{color:#a34100}ins{color:#0e4b23;font-weight:600}.at{color:#595b63;font-size:.85em}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1.5rem}
figure{margin:0}svg{max-width:100%;height:auto}.false{color:#a34100;font-weight:600}.wide{overflow-x:auto}`;

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const cells = (kind: 'td' | 'th', texts: readonly string[], numbers: readonly number[] = []): string =>
  `<tr>${texts.map((text, i) => `<${kind}${numbers.includes(i) ? ' class="number"' : ''}>${text}</${kind}>`).join('')}</tr>`;

const table = (head: readonly string[], rows: readonly (readonly string[])[], numbers?: readonly number[]): string =>
  `<div class="wide"><table>${cells('th', head, numbers)}${rows.map((row) => cells('td', row, numbers)).join('')}</table></div>`;

const numberText = (value: number | undefined): string =>
  value === undefined ? '–' : String(Number(value.toPrecision(6)));

const drawingHtml = (drawing: Drawing): string => {
  if ('problem' in drawing) return `<p>${escapeHtml(drawing.problem)}</p>`;
  if ('svg' in drawing) return drawing.svg.replace(/^<\?xml[^>]*>\s*/, '');
  const [head = [], ...rows] = drawing.rows.map((row) => row.map(escapeHtml));
  return table(head, rows);
};

const pieceHtml = (piece: Piece): string =>
  typeof piece === 'string'
    ? escapeHtml(piece)
    : `<del>${escapeHtml(piece.was)}</del> <ins title="${escapeHtml(piece.of)}">${escapeHtml(piece.is)}</ins>`;

/** The changes as one HTML file. */
export function reportHtml({ comparison: { moves, turns }, sentences, figures }: Changes): string {
  const section = (title: string, none: string, content: readonly string[]): string =>
    `<h2>${title}</h2>\n${content.length === 0 ? `<p>${none}</p>` : content.join('\n')}\n`;
  const claims = turns.map(({ sentence, post, of, change }) => [
    `<span${change === 'now false' ? ' class="false"' : ''}>${change}</span>`,
    escapeHtml(sentence),
    escapeHtml(post),
    `<code>${escapeHtml(of)}</code>`,
  ]);
  const numbers = moves.map(({ path, was, is }) => [
    `<code>${escapeHtml(path)}</code>`,
    numberText(was),
    numberText(is),
  ]);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>What changed against the published results</title>
<style>${style}</style>
</head>
<body>
<h1>What changed against the published results</h1>
${section('Claims', 'No claim changed state.', turns.length === 0 ? [] : [table(['now', 'claim', 'post', 'measure'], claims)])}
${section(
  'Numbers in their sentences',
  'No number that a post shows changed.',
  sentences.map(
    ({ at, pieces }) => `<p>${pieces.map(pieceHtml).join('')} <span class="at">${escapeHtml(at)}</span></p>`,
  ),
)}
${section(
  'Figures',
  'No figure changed.',
  figures.map(
    ({ name, title, was, is }) =>
      `<h3>${escapeHtml(title)} <code>${escapeHtml(name)}</code></h3>\n<div class="pair"><figure><figcaption>before</figcaption>${drawingHtml(was)}</figure><figure><figcaption>after</figcaption>${drawingHtml(is)}</figure></div>`,
  ),
)}
${section('All numbers', 'No measure moved.', moves.length === 0 ? [] : [table(['measure', 'was', 'is'], numbers, [1, 2])])}
</body>
</html>
`;
}

/** Text that Markdown would read as marks. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>|~]/g, '\\$&');

/** The changes as Markdown; figures by name, since a pull request shows no drawing that is not published. */
export function reportMarkdown({ comparison, sentences, figures }: Changes): string {
  const pieces = (all: readonly Piece[]) =>
    all.map((piece) => (typeof piece === 'string' ? plain(piece) : `~~${plain(piece.was)}~~ **${plain(piece.is)}**`));
  const lines = [
    comparisonMarkdown(comparison),
    '## Numbers in their sentences',
    '',
    ...(sentences.length === 0 ? ['No number that a post shows changed.', ''] : []),
    ...sentences.flatMap((sentence) => [`- ${pieces(sentence.pieces).join('')} (${sentence.at})`]),
    ...(sentences.length === 0 ? [] : ['']),
    '## Figures',
    '',
    ...(figures.length === 0 ? ['No figure changed.'] : []),
    ...figures.map(({ name, title, was, is }) => {
      const problem = 'problem' in is ? is.problem : 'problem' in was ? was.problem : '';
      return `- ${plain(title)} (\`${name}\`)${problem ? `: ${plain(problem)}` : ''}`;
    }),
    '',
  ];
  return lines.join('\n');
}
