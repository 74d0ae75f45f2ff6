/** Gives MDX's parse errors file, line, column and advice, as every other error of a post has them. */
import type { Root } from 'mdast';
import type { Parser, Processor } from 'unified';
import type { Point } from 'unist';
import type { VFile } from 'vfile';
import type { VFileMessage } from 'vfile-message';
import { fail } from '../../math/index.ts';
import { braceAdvice, texProblem } from './expressions.ts';

/** Where parsing failed. For an unclosed tag MDX says so only in words: "… for `<b>` (8:1-8:10)". */
function placeOf({ line, column, reason }: VFileMessage): Point | undefined {
  const [, row, start] = /^Expected a closing tag .*?\((\d+):(\d+)-/.exec(reason) ?? [];
  if (row !== undefined) return { line: Number(row), column: Number(start) };
  return line === undefined || column === undefined ? undefined : { line, column };
}

type Advice = readonly (readonly [written: RegExp, advice: string])[];

/** Tags of templates, with advice. */
export const templateTags: Advice = [
  [/\{\{\s*[<%]/, 'this is a shortcode of Hugo: write a picture as ![what it shows](./x.png), a callout as > [!NOTE]'],
  [/\{%.*%\}/, 'this is a tag of Liquid: write what it would make, a link as [text](./other.mdx)'],
  [/\{\{(?!\s*[<%]).*\}\}/, 'this is a variable of a template: write its value'],
];

/** Syntax of other tools with braces, with advice. */
const otherTools: Advice = [
  ...templateTags,
  [/^\s*:{3,}\s*\{/, 'this is a block of Pandoc: write a callout as > [!NOTE], with each of its lines after >'],
  [
    /\{\s*:?\s*(?:[#.][\w-]+|[\w-]+=[^{}]+)[^{}]*\}/,
    'attributes in braces are of other tools: leave them out; headings and figures have ids of their own, <img src="…" width="…" alt="…" /> has a width',
  ],
];

/** Advice for text that MDX reads as JavaScript. */
function hint(file: VFile, reason: string, { line, column }: Point): string {
  const text = String(file.value).split('\n')[line - 1] ?? '';
  if (/import\/exports/.test(reason))
    return '; a paragraph that begins with the word import or export is read as JavaScript: begin it with another word';
  if (/^Unexpected character .* before name/.test(reason) && !reason.includes('(note:'))
    return '; for the sign itself write \\<';
  if (!/expression/.test(reason)) return '';
  for (const [written, advice] of otherTools) if (written.test(text)) return `; ${advice}`;
  const open = text.lastIndexOf('{', column - 1);
  if (open < 0) return '; for a brace in text write \\{';
  const before = text.slice(0, open);
  const inside = text.slice(open + 1).replace(/\}.*$/, '');
  const [, name] = /\\((?:eq)?ref)$/.exec(before) ?? [];
  if (name) return `; write the reference as a formula, $\\${name}{…}$`;
  return `; ${texProblem(before, inside) ?? braceAdvice(inside)}`;
}

/** Remark plugin: wraps the parser. Throws a PostError with MDX's message, location and hidden cause. */
export function remarkSyntax(this: Processor): void {
  const parse = this.parser as Parser<Root>;
  this.parser = (document, file) => {
    try {
      return parse(document, file);
    } catch (error) {
      if (!(error instanceof Error && 'reason' in error)) throw error;
      const message = error as VFileMessage;
      const cause = message.cause instanceof Error ? `: ${message.cause.message}` : '';
      const place = placeOf(message);
      return fail(file, place, message.reason + cause + (place ? hint(file, message.reason, place) : ''));
    }
  };
}
