/**
 * Markdown syntax for a display formula `\[ … \]` over several lines, from the start of a line to the end of one. It is
 * a block, as `$$` is, so that no line inside it is read as a list, a heading or a quotation.
 */
import type {} from 'micromark-extension-math'; // types of its tokens
import type { Code, Construct, State, Tokenizer } from 'micromark-util-types';

export const isLineEnd = (code: Code): boolean => code !== null && code < -2;

/** The offset of the `\]` that closes a formula of several lines, searched from `from`; undefined if there is none. */
function closeOf(source: string, from: number): number | undefined {
  const alone = /^[ \t]*\n/.test(source.slice(from, source.indexOf('\n', from) + 1));
  const sign = /\\[\s\S]|\n[ \t>]*(?=\n)/g;
  sign.lastIndex = from;
  for (let match = sign.exec(source); match !== null; match = sign.exec(source)) {
    if (match[0] === '\\[' || (match[0].startsWith('\n') && !alone)) return undefined;
    if (match[0] !== '\\]') continue;
    const line = source.slice(sign.lastIndex).split('\n', 1)[0]!;
    return line.trim() === '' && source.slice(from, match.index).includes('\n') ? match.index : undefined;
  }
  return undefined;
}

/** Finds such formulas: the offset of each `\[` with that of its `\]`. */
export function findBracketDisplays(source: string): Map<number, number> {
  const found = new Map<number, number>();
  for (const { index, 0: before } of source.matchAll(/^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?=\\\[)/gm)) {
    const open = index + before.length;
    const close = closeOf(source, open + 2);
    if (close !== undefined) found.set(open, close);
  }
  return found;
}

/** The end of a line, if the next one belongs to the same list or quotation. */
const nextLine: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    return (code) => {
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return (next) => (this.parser.lazy[this.now().line] ? nok(next) : ok(next));
    };
  },
};

/** Tokenizes the block into the tokens of remark-math; `displays` returns `findBracketDisplays` of the text being parsed. */
export const bracketDisplay = (displays: () => ReadonlyMap<number, number>): Construct => ({
  name: 'bracketDisplay',
  concrete: true,
  tokenize: function (effects, ok, nok): State {
    const close = displays().get(this.now().offset);
    const bracket = (then: State): State => {
      return (code) => {
        effects.enter('mathFlowFence');
        effects.enter('mathFlowFenceSequence');
        effects.consume(code);
        return (next) => {
          effects.consume(next);
          effects.exit('mathFlowFenceSequence');
          effects.exit('mathFlowFence');
          return then;
        };
      };
    };
    const done: State = (code) => {
      effects.exit('mathFlow');
      return ok(code);
    };
    const after: State = (code) => {
      if (code === null || isLineEnd(code)) return done(code);
      effects.enter('whitespace');
      return space(code);
    };
    const space: State = (code) => {
      if (code !== null && !isLineEnd(code)) {
        effects.consume(code);
        return space;
      }
      effects.exit('whitespace');
      return done(code);
    };
    const line: State = (code) => {
      if (this.now().offset === close) return bracket(after)(code);
      if (code === null) return done(code);
      if (isLineEnd(code)) return effects.attempt(nextLine, line, done)(code);
      effects.enter('mathFlowValue');
      return value(code);
    };
    const value: State = (code) => {
      if (code !== null && !isLineEnd(code) && this.now().offset !== close) {
        effects.consume(code);
        return value;
      }
      effects.exit('mathFlowValue');
      return line(code);
    };
    return (code) => {
      if (close === undefined) return nok(code);
      effects.enter('mathFlow');
      return bracket(this.interrupt ? done : line)(code);
    };
  } satisfies Tokenizer,
});
