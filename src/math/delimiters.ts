/**
 * Delimiters of inline formulas. A dollar opens a formula by Pandoc's rule: no space just inside the dollars, no digit
 * after the closing one. Any other dollar (a price, a shell variable) stays text. `\(x\)` and `\[x\]` are formulas too.
 */
import type { Root } from 'mdast';
import type {} from 'micromark-extension-math'; // types of its tokens
import type { Code, Construct, Extension, State, Tokenizer } from 'micromark-util-types';
import type {} from 'remark-parse'; // types of data().micromarkExtensions
import type { Processor } from 'unified';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { bracketDisplay, findBracketDisplays, isLineEnd } from './bracket-display.ts';
import { report } from './report-errors.ts';
import { locationInText } from './source-location.ts';

const dollar = 36;
const backslash = 92;
const isEnd = (code: Code): boolean => code === null;
const isSpace = (code: Code): boolean => code === 32 || code === -1 || code === -2 || isLineEnd(code);
const isDigit = (code: Code): boolean => code !== null && code >= 48 && code <= 57;

/** Lookahead: whether a `$…$` is a formula. */
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

/** A dollar that opens no formula becomes text. `$$` is left to remark-math. */
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

/** Closing brackets that a text lacks; else each opening one would be searched to its end, in quadratic time. */
const missing = new WeakMap<object, Set<Code>>();

/** Tokenizes `\(…\)` and `\[…\]` into the tokens of remark-math. */
const bracketed: Construct = {
  name: 'bracketedMath',
  tokenize: function (effects, ok, nok): State {
    const absent = missing.get(this) ?? new Set();
    missing.set(this, absent);
    let close: Code = null;
    let empty = true;
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
        effects.consume(next);
        effects.exit('mathTextSequence');
        return between;
      };
    };
  } satisfies Tokenizer,
};

/** Tokenizes the closing `\)` or `\]`. */
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

/** Two words, or an amount and a word: the dollars stand around prose, not a formula. */
const prose = /^(?=[\p{L}\d\s.,;:'’%-]+$)(?:\d[\d.,]*\s.*\p{L}{2,}|.*\p{L}{2,}\s+(?:\S+\s+)*\p{L}{2,})/su;
/** Shell variables: `PATH:` between the dollars of `$PATH:$HOME`. */
const shell = /^[A-Z][A-Z0-9_]+[^\w\s]*$/;
/** A dollar that stayed text before something that only formulas contain. */
const unclosedDollar = /(?<!\\)\$[^$\n]*?(?:\\[a-zA-Z]+|[\p{L}\d)][\^_][\p{L}\d({])/u;
/** A formula between dollars that holds an escaped one, which ends it. */
const heldDollar = /(?<!\\)\$(?![\s\d$])(?:[^$\n]*\\\$)+[^$\n]*(?<![\s\\])\$(?!\d)/u;

/**
 * The offset of a formula's opening in a text that ends before it closes, because Markdown reads one of its lines as a
 * block, or because nothing closes a `\[` that stands alone on its line. `last` is the end of the paragraph.
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

/** Remark plugin, to run after remark-math. Reports dollars that may or may not be meant as delimiters. */
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
      displays = findBracketDisplays(document);
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
          report(file, locationInText(written, open - start.offset, start), `${problem}; ${advice}`);
          return;
        }
        const holds = heldDollar.exec(written)?.index;
        if (holds !== undefined)
          return report(
            file,
            locationInText(written, holds, start),
            'this $ opens no formula: \\$ would end it; write \\(…\\) around a formula with a dollar sign',
          );
        const at = unclosedDollar.exec(written)?.index;
        if (at === undefined) return;
        const problem =
          'this $ opens no formula: a formula has no space just inside its dollars, and no digit after them';
        report(file, locationInText(written, at, start), `${problem}; write \\$ for a dollar sign`);
        return;
      }
      const isShell = shell.test(node.value) && /^[A-Z{]/.test(source.slice(end.offset));
      if (!prose.test(node.value) && !isShell) return;
      const isBracket = written.startsWith('\\');
      const problem = `${written.slice(0, isBracket ? 2 : 1)} opens a formula of words, “${node.value}”`;
      const advice = isBracket ? 'a bracket without \\' : '\\$ for a dollar sign';
      report(file, start, `${problem}; write ${advice}, \\text{…} for words in a formula`);
    });
  };
}
