/** Rewrites TeX written for MathJax so that KaTeX sets it, and checks the result as the build does. */
import { formulaProblem } from '../../math/index.ts';

const token = /%[^\n]*|\\(?:begin|end)\{[^}]*\}|\\(?:left|right)(?![a-zA-Z])|\\[a-zA-Z]+|\\[\s\S]|[{}&]|[^\\{}&%]+/g;

/** Splits a formula at each `\\` outside groups and environments; `aligned` if an `&` stands there too. */
function splitRows(tex: string): { rows: string[]; aligned: boolean } {
  const found: string[][] = [[]];
  let depth = 0;
  let aligned = false;
  for (const [part] of tex.matchAll(token)) {
    if (part === '\\\\' && depth === 0) {
      found.push([]);
      continue;
    }
    if (part === '{' || part.startsWith('\\begin') || part === '\\left') depth += 1;
    if (part === '}' || part.startsWith('\\end{') || part === '\\right') depth -= 1;
    if (part === '&' && depth === 0) aligned = true;
    found.at(-1)!.push(part);
  }
  return { rows: found.map((row) => row.join('').trim()), aligned };
}

const marks = /\\(?:label|tag\*?)\{[^{}]*\}/g;

/** Environments of LaTeX that KaTeX lacks, as those that it has. */
function knownEnvironments(tex: string): string {
  return tex
    .replace(/\\begin\{eqnarray(\*?)\}([\s\S]*?)\\end\{eqnarray\*?\}/g, (_, star: string, inner: string) => {
      const lines = inner.replace(/&\s*([^&\\]*?|\\[A-Za-z]+\s*)\s*&\s*/g, '&$1 ');
      return `\\begin{align${star}}${lines}\\end{align${star}}`;
    })
    .replace(/\\(begin|end)\{(?:multline|flalign)(\*?)\}/g, '\\$1{gather$2}')
    .replace(/\\(begin|end)\{displaymath\}/g, '')
    .replace(/\\(begin|end)\{(?:split|math)\}/g, (_, which: string) => `\\${which}{aligned}`);
}

/** Commands of MathJax that KaTeX lacks, and what says the same. */
const commands: readonly (readonly [RegExp, string])[] = [
  [/\\require\s*\{[^{}]*\}/g, ''],
  [/\\mathds(?![A-Za-z])/g, '\\mathbb'],
  [/\\mbox(?![A-Za-z])/g, '\\text'],
  [/\\shove(?:left|right)(?![A-Za-z])/g, ''],
  [/(?<!\\)\\\*/g, '*'],
  [/\\mathbbm(?![A-Za-z])/g, '\\mathbb'],
  [/\\textsc(?![A-Za-z])/g, '\\text'],
  [/\\(?:bbox|class|cssId|style)\s*(?:\[[^\]]*\]|\{[^{}]*\})/g, ''],
  [/\\(?:nonumber|notag)(?![A-Za-z])/g, ''],
  [/\\mathop\s*\{\\rm\s+([A-Za-z]+)\s*\}/g, '\\operatorname*{$1}'],
  [/\\(?:mmlToken|unicode)\s*\{x([\da-fA-F]{2,5})\}/g, '\\char"$1 '],
  [/\\part(?![A-Za-z])(?=\s)/g, '\\partial'],
  [/\\bold(?=[\s{])/g, '\\mathbf'],
  [/\\(?:hfill|hfil|newline|noindent|displaylines|phantomsection|allowbreak)(?![A-Za-z])/g, ' '],
  [/\\(?:vspace|hspace)\*?\s*\{\s*\}/g, ''],
  [/\\newcommand\s*$/g, ''],
];

/** Signs that MathJax takes as they are in text. */
const textSigns = (tex: string): string =>
  tex.replace(
    /(\\(?:text(?!color)\w*|mbox)\s*)\{([^{}$]*)\}/g,
    (_, command: string, text: string) => `${command}{${text.replace(/(?<!\\)[_&#%]/g, '\\$&')}}`,
  );

const known = (tex: string): string =>
  textSigns(commands.reduce((text, [pattern, by]) => text.replace(pattern, by), knownEnvironments(tex)));

/**
 * TeX of a display formula. Rows outside of an environment are put into one `aligned` or `gathered`, which KaTeX numbers as
 * one equation; labels and tags move behind it.
 */
export function displayTex(written: string): string {
  const tex = known(written);
  const { rows: all, aligned } = splitRows(tex);
  const filled = all.filter((row) => row !== '');
  if (filled.length < 2 && !aligned) return filled.join('');
  // An environment that numbers its lines stands for itself.
  const rest = filled.filter((row) => !/^\\begin\{(?:align|gather|equation|alignat)\*?\}/.test(row));
  if (rest.length === 0) return filled.join('\n');
  const outside = filled.flatMap((row) => row.match(marks) ?? []);
  const inside = filled.map((row) => withinLine(row.replace(marks, '')).trim());
  const environment = aligned ? 'aligned' : 'gathered';
  return `\\begin{${environment}}\n${inside.join(' \\\\\n')}\n\\end{${environment}}${outside.join('')}`;
}

/** Environments of a display as those that may stand in a line, or in another. */
const withinLine = (tex: string): string =>
  tex
    .replace(/\\(begin|end)\{(?:align|flalign)\*?\}/g, '\\$1{aligned}')
    .replace(/\\begin\{alignat\*?\}\s*\{\d+\}/g, '\\begin{aligned}')
    .replace(/\\end\{alignat\*?\}/g, '\\end{aligned}')
    .replace(/\\(begin|end)\{(?:gather|multline)\*?\}/g, '\\$1{gathered}')
    .replace(/\\(?:begin|end)\{equation\*?\}/g, '');

/** TeX of an inline formula, on one line and without comments, which would hide the rest of the line. */
export const inlineTex = (tex: string): string =>
  withinLine(known(tex))
    .replace(/(?<!\\)%[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** TeX of a display as the only one: an environment of lines in braces or in another is one that may stand there. */
const oneEnvironment = (tex: string): string =>
  /^\\begin\{(align|gather|equation|alignat)\*?\}[\s\S]*\\end\{\1\*?\}\s*(?:\\(?:label|tag)\{[^{}]*\})?$/.test(
    tex.trim(),
  )
    ? tex
    : withinLine(tex);

/** Problems of formulas by macros, mode and TeX: one formula stands in many posts. */
const problems = new Map<string, string | undefined>();

const ids = new WeakMap<object, number>();
let lastId = 0;

/** A number for a set of macros. */
function idOf(macros: Readonly<Record<string, string>>): number {
  const id = ids.get(macros) ?? ++lastId;
  ids.set(macros, id);
  return id;
}

/** The error of the build for a formula. Labels and references are removed first: the site resolves them itself. */
function texProblem(tex: string, display: boolean, macros: Readonly<Record<string, string>>): string | undefined {
  const plain = tex.replace(/\\label\s*\{[^{}]*\}/g, '').replace(/\\(?:eq)?ref\s*\{[^{}]*\}/g, '\\text{(1)}');
  return setProblem(plain, display, macros);
}

/** The error of the build for a formula as KaTeX gets it; each is set once. */
export function setProblem(
  tex: string,
  display: boolean,
  macros: Readonly<Record<string, string>>,
): string | undefined {
  const usesMacros = (tex.match(/\\(?:[A-Za-z]+|[^A-Za-z])/g) ?? []).some((name) => Object.hasOwn(macros, name));
  const key = `${display}\0${usesMacros ? idOf(macros) : ''}\0${tex}`;
  if (!problems.has(key)) problems.set(key, formulaProblem(tex, display, { macros }));
  return problems.get(key);
}

/** `\betax` → `\beta x`: splits an unknown command into a known one and its last one or two letters. */
function separateCommand(command: string, macros: Readonly<Record<string, string>>): string | undefined {
  for (const left of [1, 2]) {
    const name = command.slice(0, -left);
    if (name.length >= 3 && texProblem(name, false, macros) === undefined) return `${name} ${command.slice(-left)}`;
  }
  return undefined;
}

/** A formula that KaTeX sets, with the changes made to it; or KaTeX's error. */
export type TexResult = { readonly tex: string; readonly changes: readonly string[] } | { readonly problem: string };

/** Puts letters that are no symbols of mathematics, such as é or 日, into `\text`. */
const wordsAsText = (tex: string): string =>
  tex.replace(
    /\\(?:text\w*|mbox)\s*\{[^{}]*\}|[^\p{ASCII}\p{Script=Greek}\p{Sm}\p{So}]+(?:[ \t]+[^\p{ASCII}\p{Script=Greek}\p{Sm}\p{So}]+)*/gu,
    (found) => (found.startsWith('\\') || !/\p{L}/u.test(found) ? found : `\\text{${found}}`),
  );

/** A formula in which a sign without a font is one of mathematics, in words too, or its plain form. */
function withoutSign(tex: string, sign: string): string {
  const inWords = tex.replace(
    /(\\(?:text(?!color)\w*|mbox)\s*)\{([^{}$]*)\}/g,
    (_, command: string, text: string) => `${command}{${text.replaceAll(sign, `$${sign}$`)}}`,
  );
  return inWords === tex ? tex.replaceAll(sign, sign.normalize('NFKC')) : inWords;
}

/** The next thing to try with a formula that has this problem; undefined if there is none. */
function mended(
  tex: string,
  problem: string,
  macros: Readonly<Record<string, string>>,
): { tex: string; change?: string } | undefined {
  const command = /^Undefined control sequence: (\\[A-Za-z]+)/.exec(problem)?.[1];
  if (command) {
    const split = separateCommand(command, macros);
    if (!split) return undefined;
    const put = tex.replace(new RegExp(`\\${command}(?![A-Za-z])`, 'g'), () => split);
    return { tex: put, change: `TeX knows no ${command}; read as ${split}` };
  }
  const named = /Got function '\\([A-Za-z]+)' with no arguments as (?:sub|super)script/.exec(problem)?.[1];
  if (named) {
    const own = new RegExp(
      `([_^])\\s*(\\\\${named})(?![A-Za-z])\\s*((?:\\{(?:[^{}]|\\{[^{}]*\\})*\\}\\s*)+|\\\\[A-Za-z]+|[^\\s\\\\{}])`,
      'g',
    );
    // A macro that begins with the function takes its arguments in braces.
    const other = /([_^])\s*(\\[A-Za-z]+)\s*((?:\{(?:[^{}]|\{[^{}]*\})*\}\s*)+)/g;
    return { tex: tex.replace(own.test(tex) ? own : other, '$1{$2 $3}') };
  }
  const missing = /no font of KaTeX has “(.)”/u.exec(problem)?.[1];
  if (missing) return { tex: withoutSign(tex, missing) };
  if (/is no symbol of mathematics/.test(problem)) return { tex: wordsAsText(tex) };
  if (
    /can be used only in display mode|is not valid here|Expected '\\right'|nested|alignat|No such environment: (?:align|gather|equation)/.test(
      problem,
    )
  )
    return { tex: withinLine(tex) };
  if (/Double superscript/.test(problem))
    return { tex: tex.replace(/('+)\s*\^\s*(\{[^{}]*\}|\\[A-Za-z]+|[^\\{}\s])/g, '{}$1{}^$2') };
  if (/Double subscript/.test(problem)) return { tex: tex.replace(/(_(?:\{[^{}]*\}|[^\\{}\s]))(?=_)/g, '$1{}') };
  return undefined;
}

/** Checks a formula, and mends it (unknown commands, words, environments) until KaTeX sets it. */
export function tryTex(written: string, display: boolean, macros: Readonly<Record<string, string>>): TexResult {
  const changes: string[] = [];
  let current = display ? oneEnvironment(written) : written;
  for (let i = 0; ; i++) {
    const found = texProblem(current, display, macros);
    if (found === undefined) return { tex: current, changes };
    const next = i < 20 ? mended(current, found, macros) : undefined;
    if (next === undefined || next.tex === current) return { problem: found };
    current = next.tex;
    if (next.change) changes.push(next.change);
  }
}
