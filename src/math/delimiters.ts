/**
 * Where a formula begins and ends in a line. A dollar opens one by Pandoc's rule: no space just inside the dollars, no
 * digit after the closing one; else it is money or shell, and stays text. `\(x\)` and `\[x\]` are formulas too.
 */
import type { Root } from 'mdast';
import type {} from 'micromark-extension-math'; // types of its tokens
import type { Code, Construct, Extension, State, Tokenizer } from 'micromark-util-types';
import type {} from 'remark-parse'; // types of data().micromarkExtensions
import type { Processor } from 'unified';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { bracketDisplay, displaysIn } from './bracket-display.ts';
import { placeInText } from './place.ts';
import { report } from './report.ts';

const dollar = 36;
const backslash = 92;
const isEnd = (code: Code): boolean => code === null;
const isLineEnd = (code: Code): boolean => code !== null && code < -2;
const isSpace = (code: Code): boolean => code === 32 || code === -1 || code === -2 || isLineEnd(code);
const isDigit = (code: Code): boolean => code !== null && code >= 48 && code <= 57;

/** `$…$` that is a formula, looked ahead at. */
const formula: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    let before: Code = dollar;
    const inside: State = (code) => {
      if (isEnd(code)) return nok(code);
      if (code === dollar) {
        if (isSpace(before)) return nok(code);
        effects.consume(code);
        return closed;
      }
      if (before === dollar && isSpace(code)) return nok(code);
      before = code;
      if (isLineEnd(code)) {
        effects.exit('data');
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        effects.enter('data');
      } else effects.consume(code);
      return inside;
    };
    const closed: State = (code) => {
      effects.exit('data');
      return isDigit(code) ? nok(code) : ok(code);
    };
    return (code) => {
      effects.enter('data');
      effects.consume(code);
      return inside;
    };
  },
};

/** A dollar that opens no formula, as text. Two dollars are left to remark-math. */
const textDollar: Construct = {
  name: 'textDollar',
  previous: (code) => code !== dollar,
  tokenize(effects, ok, nok) {
    const text: State = (code) => {
      effects.enter('data');
      effects.consume(code);
      return (next) => {
        effects.exit('data');
        return next === dollar ? nok(next) : ok(next);
      };
    };
    return (code) => effects.check(formula, nok, text)(code);
  },
};

/** The closing marks that a text is known not to hold: else each opening one would look for its own up to the end. */
const missing = new WeakMap<object, Set<Code>>();

/** `\(…\)` and `\[…\]`, with the tokens of remark-math. */
const bracketed: Construct = {
  name: 'bracketedMath',
  tokenize: function (effects, ok, nok): State {
    const absent = missing.get(this) ?? new Set();
    missing.set(this, absent);
    let close: Code = null;
    let empty = true;
    const sequence = (then: State): State => {
      const second: State = (code) => {
        effects.consume(code);
        effects.exit('mathTextSequence');
        return then;
      };
      return second;
    };
    const between: State = (code) => {
      if (isEnd(code)) {
        absent.add(close);
        return nok(code);
      }
      if (isLineEnd(code)) {
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return between;
      }
      if (code === backslash) return effects.attempt(closing(close), done, opened)(code);
      return opened(code);
    };
    const opened: State = (code) => {
      empty = false;
      effects.enter('mathTextData');
      return data(code, true);
    };
    const data = (code: Code, first = false): State | undefined => {
      if (isEnd(code) || isLineEnd(code) || (code === backslash && !first)) {
        effects.exit('mathTextData');
        return between(code);
      }
      effects.consume(code);
      // The character after a backslash belongs to it: `\\)` does not close.
      return code === backslash ? escaped : (next) => data(next);
    };
    const escaped: State = (code) => {
      if (isEnd(code) || isLineEnd(code)) return data(code);
      effects.consume(code);
      return (next) => data(next);
    };
    const done: State = (code) => {
      if (empty) return nok(code);
      effects.exit('mathText');
      return ok(code);
    };
    return (code) => {
      effects.enter('mathText');
      effects.enter('mathTextSequence');
      effects.consume(code);
      return (next) => {
        if (next !== 40 && next !== 91) return nok(next);
        close = next === 40 ? 41 : 93;
        if (absent.has(close)) return nok(next);
        return sequence(between)(next);
      };
    };
  } satisfies Tokenizer,
};

/** The closing `\)` or `\]`. */
function closing(close: Code): Construct {
  return {
    partial: true,
    tokenize: (effects, ok, nok) => (code) => {
      effects.enter('mathTextSequence');
      effects.consume(code);
      return (next) => {
        if (next !== close) return nok(next);
        effects.consume(next);
        effects.exit('mathTextSequence');
        return ok;
      };
    },
  };
}

/** Two words, or an amount and a word: prose between dollars, not a formula. */
const prose = /^(?=[\p{L}\d\s.,;:'’%-]+$)(?:\d[\d.,]*\s.*\p{L}{2,}|.*\p{L}{2,}\s+(?:\S+\s+)*\p{L}{2,})/su;
/** `PATH:` between the dollars of `$PATH:$HOME`. */
const shell = /^[A-Z][A-Z0-9_]+[^\w\s]*$/;
/** A dollar left as text before what only a formula holds. */
const lone = /(?<!\\)\$[^$\n]*?(?:\\[a-zA-Z]+|[\p{L}\d)][\^_][\p{L}\d({])/u;

/**
 * Where a formula opens in a text that ends before it closes: Markdown reads a line of it as a block, or nothing closes a
 * `\\[` that stands alone on its line. `last` is where the paragraph ends.
 */
function cutOff(source: string, start: number, end: number, last: number): number | undefined {
  const text = source.slice(start, end);
  const [open] = [...text.matchAll(/(?<![\\$])(?:\\[[(]|\$\$)(?!\$)/g)].slice(-1);
  if (open === undefined) return undefined;
  const at = start + open.index;
  if (/(?:^|\n)[ \t>]*$/.test(source.slice(0, at)) && /^\\\[[ \t]*(?:\n|$)/.test(source.slice(at, end + 1))) return at;
  const block = source.slice(at + 2).split(/\n[ \t>]*\n/, 1)[0]!;
  const close = block.indexOf({ '\\[': '\\]', '\\(': '\\)' }[open[0]] ?? '$$');
  return close >= 0 && at + 2 + close >= last ? at : undefined;
}

/** Remark plugin, after remark-math. Reports dollars of which it is unclear whether they stand around a formula. */
export function remarkDelimiters(this: Processor) {
  let displays: ReadonlyMap<number, number> = new Map();
  const delimiters: Extension = {
    flow: { [backslash]: bracketDisplay(() => displays) },
    text: { [dollar]: textDollar, [backslash]: bracketed },
  };
  const data = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), delimiters];
  const { parser } = this;
  if (parser !== undefined)
    this.parser = (document, file) => {
      displays = displaysIn(document);
      return parser(document, file);
    };
  return (tree: Root, file: VFile): void => {
    const source = String(file.value);
    visit(tree, (node, _, parent) => {
      if (node.type !== 'inlineMath' && node.type !== 'text') return;
      const { start, end } = node.position ?? {};
      if (start?.offset === undefined || end?.offset === undefined) return;
      const written = source.slice(start.offset, end.offset);
      if (node.type === 'text') {
        const open = cutOff(source, start.offset, end.offset, parent?.position?.end.offset ?? end.offset);
        if (open !== undefined) {
          const mark = source.slice(open, open + 2);
          const problem = `this ${mark} is closed in no line of its paragraph`;
          const advice =
            'begin no line of a formula as a list, heading or quotation begins, or use $$ on lines of its own';
          report(file, placeInText(written, open - start.offset, start), `${problem}; ${advice}`);
          return;
        }
        const at = lone.exec(written)?.index;
        if (at === undefined) return;
        const problem =
          'this $ opens no formula: a formula has no space just inside its dollars, and no digit after them';
        report(file, placeInText(written, at, start), `${problem}; write \\$ for a dollar sign`);
        return;
      }
      const isShell = shell.test(node.value) && /^[A-Z{]/.test(source.slice(end.offset));
      if (!prose.test(node.value) && !isShell) return;
      const [open, close] = [
        written.slice(0, written.startsWith('\\') ? 2 : 1),
        written.startsWith('\\') ? 'a bracket without \\' : '\\$ for a dollar sign',
      ];
      report(
        file,
        start,
        `${open} opens a formula of words, “${node.value}”; write ${close}, \\text{…} for words in a formula`,
      );
    });
  };
}
