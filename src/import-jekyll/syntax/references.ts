/** Scanning rules for the elements of distill posts: citations, footnotes, formulas and code. */
import { matchAt, type Rule, scan, takeSegment } from './scan.ts';

/** The keys of a citation, `one, two` or `one two`. */
export const citationKeys = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** The name of the n-th footnote that stands as an element in its sentence. */
export const footnoteName = (index: number): string => `d-${index + 1}`;

/** `<d-cite key="one,two"></d-cite>`. */
const citation: Rule = {
  first: '<',
  take(position, context) {
    const match = matchAt(position, /<d-cite\b([^<>]*?)(?:\/>|>\s*(?:<\/d-cite\s*>)?)/iy);
    const [, , quoted, bare] = /\b(?:bibtex-)?key\s*=\s*(?:(["'])([^"']*)\1|([^\s"'/]+))/i.exec(match?.[1] ?? '') ?? [];
    const keys = quoted ?? bare;
    if (!match || keys === undefined) return undefined;
    return takeSegment(context, position, match[0].length, { kind: 'citation', keys: citationKeys(keys) });
  },
};

/** `<d-footnote>text</d-footnote>`; also the note of distill's first version, `<dt-fn>`. */
const footnote: Rule = {
  first: '<',
  take(position, context) {
    const match = matchAt(position, /<(d-footnote|dt-fn)\b[^<>]*>([\s\S]*?)<\/\1\s*>/iy);
    if (!match) return undefined;
    const rules = position.html ? context.htmlRules : context.rules;
    const options = { firstLine: position.line, html: position.html, fixedLine: true, before: 'x' };
    const { text } = scan(match[2]!.replace(/\s+/g, ' ').trim(), rules, context, options);
    const name = footnoteName(context.footnotes.push(text) - 1);
    return takeSegment(context, position, match[0].length, { kind: 'footnote', name });
  },
};

/** `<d-math block>…</d-math>`. */
const formula: Rule = {
  first: '<',
  take(position, context) {
    const match = matchAt(position, /<d-math\b([^<>]*)>([\s\S]*?)<\/d-math\s*>/iy);
    if (!match) return undefined;
    const display = /\bblock\b/.test(match[1]!);
    return takeSegment(context, position, match[0].length, { kind: 'maths', tex: match[2]!, display });
  },
};

/** `<d-code block language="js">…</d-code>`. */
const code: Rule = {
  first: '<',
  take(position, context) {
    const match = matchAt(position, /<d-code\b([^<>]*)>([\s\S]*?)<\/d-code\s*>/iy);
    if (!match) return undefined;
    const lang = /\blanguage\s*=\s*["']?([\w+#-]+)/.exec(match[1]!)?.[1] ?? null;
    const value = match[2]!.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
    return takeSegment(context, position, match[0].length, { kind: 'code', lang, value });
  },
};

export const referenceRules: readonly Rule[] = [citation, footnote, formula, code];
