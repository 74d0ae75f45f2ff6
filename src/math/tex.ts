/** Finds the TeX commands that number and cite equations, without parsing the mathematics, and edits TeX source. */

/** `\name{argument}` from `start` (its backslash) to `end` (after its brace, if it has an argument). */
export type Command = { name: string; argument: string | undefined; start: number; end: number };

const token = /%[^\n]*|\\(?:[a-zA-Z]+\*?|[\s\S])/g;
const opening = /\s*\{/y;
const withArgument = new Set(['label', 'ref', 'eqref', 'tag', 'tag*', 'begin', 'end']);

/** Where the argument in braces after `from` begins and ends, with nested braces; undefined if there is none. */
function argumentAt(tex: string, from: number): { start: number; end: number } | undefined {
  opening.lastIndex = from;
  if (!opening.test(tex)) return undefined;
  const start = opening.lastIndex;
  for (let depth = 1, at = start; at < tex.length; at += 1) {
    if (tex[at] === '\\') at += 1;
    else if (tex[at] === '{') depth += 1;
    else if (tex[at] === '}') depth -= 1;
    if (depth === 0) return { start, end: at };
  }
  return undefined;
}

/** Every control sequence of `tex` in order; comments are skipped, and `\\label` is a new line, not a label. */
export function commands(tex: string): Command[] {
  const found: Command[] = [];
  for (const match of tex.matchAll(token)) {
    if (match[0].startsWith('%')) continue;
    const name = match[0].slice(1);
    let end = match.index + match[0].length;
    let value: string | undefined;
    if (withArgument.has(name)) {
      const braces = argumentAt(tex, end);
      if (braces) {
        value = tex.slice(braces.start, braces.end);
        end = braces.end + 1;
      }
    }
    found.push({ name, argument: value, start: match.index, end });
  }
  return found;
}

/** One replacement in a source: what stood from `start` to `end` becomes `text`. */
export type Edit = { start: number; end: number; text: string };

/** Applies edits, which must be in order and must not overlap. */
export function applyEdits(tex: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const edit of edits) {
    result += tex.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + tex.slice(from);
}

/** Maps an offset in the edited text to the offset in the source. */
export function sourceOffset(offset: number, edits: readonly Edit[]): number {
  let shift = 0;
  for (const edit of edits) {
    const start = edit.start + shift;
    if (offset < start) break;
    if (offset < start + edit.text.length) return edit.start;
    shift += edit.text.length - (edit.end - edit.start);
  }
  return offset - shift;
}

/** A formula by the rule of posts (no space just inside the dollars, no digit after them), or code. */
export const formulaOrCode = /(?<!\\)\$(?!\s)((?:\\.|[^$\\])*[^\s$\\]|(?:\\.|[^$\\])*\\\S)\$(?!\d)|`([^`]+)`/gsu;
