/** Rewrites TeX written for MathJax so that KaTeX sets it, and checks the result with the site's KaTeX settings. */
import katex from 'katex';
import { katexSettings } from '../math/index.ts';
import { site } from '../site/config.ts';

const token = /%[^\n]*|\\(?:begin|end)\{[^}]*\}|\\(?:left|right)(?![a-zA-Z])|\\[a-zA-Z]+|\\[\s\S]|[{}&]|[^\\{}&%]+/g;

/** Splits a formula at each `\\` outside groups and environments; `aligned` if an `&` stands there too. */
function splitRows(tex: string): { rows: string[]; aligned: boolean } {
  const found = [''];
  let depth = 0;
  let aligned = false;
  for (const [part] of tex.matchAll(token)) {
    if (part === '\\\\' && depth === 0) {
      found.push('');
      continue;
    }
    if (part === '{' || part.startsWith('\\begin') || part === '\\left') depth += 1;
    if (part === '}' || part.startsWith('\\end{') || part === '\\right') depth -= 1;
    if (part === '&' && depth === 0) aligned = true;
    found[found.length - 1] += part;
  }
  return { rows: found.map((row) => row.trim()), aligned };
}

/**
 * TeX of a display formula. Rows outside of an environment are put into one `aligned` or `gathered`, which KaTeX numbers as
 * one equation; labels and tags move behind it.
 */
export function displayTex(tex: string): string {
  const { rows: all, aligned } = splitRows(tex);
  const filled = all.filter((row) => row !== '');
  if (filled.length < 2 && !aligned) return filled.join('');
  const marks = /\\(?:label|tag\*?)\{[^{}]*\}/g;
  const outside = filled.flatMap((row) => row.match(marks) ?? []);
  const inside = filled.map((row) => row.replace(marks, '').trim());
  const environment = aligned ? 'aligned' : 'gathered';
  return `\\begin{${environment}}\n${inside.join(' \\\\\n')}\n\\end{${environment}}${outside.join('')}`;
}

/** TeX of an inline formula, on one line and without comments, which would hide the rest of the line. */
export const inlineTex = (tex: string): string =>
  tex
    .replace(/(?<!\\)%[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** KaTeX's error for a formula, if any. Labels and references are removed first: the site resolves them itself. */
function texProblem(tex: string, display: boolean): string | undefined {
  const plain = tex.replace(/\\label\{[^{}]*\}/g, '').replace(/\\(?:eq)?ref\{[^{}]*\}/g, '1');
  try {
    katex.renderToString(plain, {
      ...katexSettings({ macros: site.macros }),
      displayMode: display,
      throwOnError: true,
    });
    return undefined;
  } catch (error) {
    return error instanceof katex.ParseError ? error.rawMessage : String(error);
  }
}

/** `\betax` → `\beta x`: splits an unknown command into a known one and its last one or two letters. */
function separateCommand(command: string): string | undefined {
  for (const left of [1, 2]) {
    const known = command.slice(0, -left);
    if (known.length >= 3 && texProblem(known, false) === undefined) return `${known} ${command.slice(-left)}`;
  }
  return undefined;
}

/** A formula that KaTeX sets, with the changes made to it; or KaTeX's error. */
export type TexResult = { readonly tex: string; readonly changes: readonly string[] } | { readonly problem: string };

/** Checks a formula, and splits unknown commands (see `separateCommand`) until KaTeX sets it. */
export function tryTex(tex: string, display: boolean): TexResult {
  const changes: string[] = [];
  let current = tex;
  for (;;) {
    const found = texProblem(current, display);
    if (found === undefined) return { tex: current, changes };
    const command = /^Undefined control sequence: (\\[A-Za-z]+)/.exec(found)?.[1];
    const split = command ? separateCommand(command) : undefined;
    if (!command || !split || changes.length > 20) return { problem: found };
    current = current.replace(new RegExp(`\\${command}(?![A-Za-z])`, 'g'), () => split);
    changes.push(`TeX knows no ${command}; read as ${split}`);
  }
}
