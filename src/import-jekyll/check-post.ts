/** Checks a converted post with the checks of the build, and writes what these refuse as code, so that it always builds. */
import type { Nodes, Root, RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { problemsOfText, type SetFormula, type TextProblem } from '../site/checks/check-text.ts';
import { writeBody } from './post-body.ts';

/** A part of a post: nodes that are written together, and the line of the old post where they begin. */
export type Part = { text: string; readonly line: number };

/** Adds a note for a part that became code. */
type Report = (line: number, problem: string) => void;

/** What the checks need to know of a post besides its text. */
export type CheckedPost = {
  readonly path: string;
  readonly cwd: string;
  readonly title: string;
  readonly citable: boolean;
};

const parser = unified()
  .use(remarkParse)
  .use(remarkMdx)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkMath)
  .freeze();

/** The parts of a tree. Lists that follow each other stay together, since they are written with different marks. */
export function partsOf({ children }: Root, lineOf: (node: Nodes) => number): Part[] {
  const groups: RootContent[][] = [];
  for (const node of children) {
    const last = groups.at(-1);
    if (last && last.at(-1)!.type === 'list' && node.type === 'list') last.push(node);
    else groups.push([node]);
  }
  return groups
    .map((group) => ({ text: writeBody(group).replace(/\uFFFD|(?<!\n)\n+$/g, ''), line: lineOf(group[0]!) }))
    .filter(({ text }) => text !== '');
}

/** The text of parts. */
export const textOf = (parts: readonly Part[]): string => `${parts.map(({ text }) => text).join('\n\n')}\n`;

/** Characters that code cannot have: marks of direction, and what stands for none. */
const forbidden = /[\u202a-\u202e\u2066-\u2069\uFFFD]/gu;

/** A block of code around a text. */
function fenced(written: string, indent = ''): string {
  const text = written.replace(forbidden, '');
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  return [`${marks}text`, ...text.split('\n'), marks].map((line, i) => (i === 0 ? line : indent + line)).join('\n');
}

/** Code in a line around a text. */
function spanned(text: string): string {
  const flat = text.replace(forbidden, '').replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  return /^`|`$/.test(flat) ? `${marks} ${flat} ${marks}` : marks + flat + marks;
}

const isInner = (node: Nodes): boolean => ['inlineMath', 'math', 'image', 'link'].includes(node.type);
const isBlock = (node: Nodes): boolean =>
  ['paragraph', 'heading', 'code', 'tableCell', 'mdxJsxFlowElement', 'mdxFlowExpression'].includes(node.type);

/** A part in which what stands at the problem is code: the formula, link or image there, else the paragraph; undefined if nothing smaller than the part is there. */
function withCodeAt(text: string, { line, column }: TextProblem): string | undefined {
  let tree: Root;
  try {
    tree = parser.parse(text);
  } catch {
    return undefined;
  }
  let found: Nodes | undefined;
  visit(tree, (node: Nodes) => {
    const { start, end } = node.position ?? {};
    if (!start || !end || node.type === 'root') return;
    const begins = start.line < line || (start.line === line && start.column <= column);
    const ends = end.line > line || (end.line === line && end.column > column);
    if (begins && ends && (isInner(node) || (isBlock(node) && !(found && isInner(found))))) found = node;
  });
  const [from, to] = [found?.position?.start.offset, found?.position?.end.offset];
  if (!found || from === undefined || to === undefined) return undefined;
  const written = text.slice(from, to);
  const value = 'value' in found ? found.value : written;
  const indent = ' '.repeat((found.position?.start.column ?? 1) - 1);
  const put =
    found.type === 'math' ? fenced(value, indent) : found.type === 'code' ? fenced(value, indent) : spanned(value);
  // A heading is one, code or not.
  const marks = found.type === 'heading' ? (/^#+ /.exec(written)?.[0] ?? '## ') : '';
  const code = found.type === 'heading' ? marks + spanned(written.replace(/^#+ |\n(?:=+|-+)$/g, '')) : put;
  return text.slice(0, from) + code + text.slice(to);
}

/** The parts, and the lines of the whole text from the first of each to the empty one behind it. */
function linesOf(parts: readonly Part[]): { part: Part; first: number; end: number }[] {
  let end = 0;
  return parts.map((part) => {
    const first = end + 1;
    end = first + part.text.split('\n').length;
    return { part, first, end };
  });
}

/** The text of parts that passes all checks of the build; these become code where they do not. */
export async function checkedText(
  parts: readonly Part[],
  post: CheckedPost,
  set: SetFormula,
  report: Report,
): Promise<string> {
  if (parts.length === 0) return '\n';
  for (let round = 0; round < 12; round++) {
    const problems = await problemsOfText(textOf(parts), post, set);
    if (problems.length === 0) return textOf(parts);
    const byPart = new Map<Part, TextProblem[]>();
    const places = linesOf(parts);
    for (const problem of problems) {
      const { part, first } = places.find(({ end }) => problem.line < end) ?? {
        ...places.at(-1)!,
        first: problem.line,
      };
      const found = { ...problem, line: Math.max(1, problem.line - first + 1) };
      byPart.set(part, [...(byPart.get(part) ?? []), found]);
    }
    for (const [part, found] of byPart) {
      // From the end, so that the places before stay.
      const ordered = found.toSorted((a, b) => b.line - a.line || b.column - a.column);
      const shown =
        part.text.length > 80 ? `${part.text.slice(0, 80).replace(/\s+/g, ' ')}…` : part.text.replace(/\s+/g, ' ');
      const [problem] = found;
      report(part.line, `${shown}: ${problem!.problem}`);
      for (const each of ordered) {
        const put = round < 6 ? withCodeAt(part.text, each) : undefined;
        if (put === undefined) {
          part.text = fenced(part.text);
          break;
        }
        part.text = put;
        // One error may lie in what has just become code.
        if (ordered.length > 1) break;
      }
    }
  }
  report(1, 'the whole text');
  return `${fenced(textOf(parts).trimEnd())}\n`;
}
