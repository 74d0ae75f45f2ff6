/** Makes TeX that MathJax set readable to KaTeX, and tries it, with the very settings of the site. */
import katex from 'katex';
import { katexSettings } from '../../math/index.ts';
import { site } from '../../site/config.ts';

const token = /%[^\n]*|\\(?:begin|end)\{[^}]*\}|\\(?:left|right)(?![a-zA-Z])|\\[a-zA-Z]+|\\[\s\S]|[{}&]|[^\\{}&%]+/g;

/** Splits a formula at the `\\` that stand in no group and no environment, and says whether `&` aligns its rows. */
function rows(tex: string): { rows: string[]; aligned: boolean } {
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
 * A displayed formula without loose line breaks: rows that stood free, or behind a leading `\\`, go into one `aligned` or `gathered`,
 * which KaTeX can number as one equation.
 */
export function displayed(tex: string): string {
  const { rows: all, aligned } = rows(tex);
  const filled = all.filter((row) => row !== '');
  if (filled.length < 2 && !aligned) return filled.join('');
  const outside: string[] = [];
  const inside = filled.map((row) => {
    const keep = (mark: string) => void outside.push(mark);
    return row.replace(/\\(?:label|tag\*?)\{[^{}]*\}/g, (mark) => keep(mark) ?? '').trim();
  });
  const environment = aligned ? 'aligned' : 'gathered';
  return `\\begin{${environment}}\n${inside.join(' \\\\\n')}\n\\end{${environment}}${outside.join('')}`;
}

/** A formula in a line of text, on one line: a comment would swallow what follows it. */
export const inLine = (tex: string): string =>
  tex
    .replace(/(?<!\\)%[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Why KaTeX cannot set the formula; nothing if it can. Labels and references are the site's own to resolve. */
function problem(tex: string, display: boolean): string | undefined {
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

/** `\betax` → `\beta x`: the longest command that an unknown one starts with, if it stands alone and little is left over. */
function separated(command: string): string | undefined {
  for (const left of [1, 2]) {
    const known = command.slice(0, -left);
    if (known.length >= 3 && problem(known, false) === undefined) return `${known} ${command.slice(-left)}`;
  }
  return undefined;
}

/** A formula that KaTeX sets, and each change made to it; or why there is none. */
export type Tried = { readonly tex: string; readonly changes: readonly string[] } | { readonly problem: string };

/** Tries a formula, setting apart the letters that MathJax would have printed in red behind a command. */
export function tryTex(tex: string, display: boolean): Tried {
  const changes: string[] = [];
  let current = tex;
  for (;;) {
    const found = problem(current, display);
    if (found === undefined) return { tex: current, changes };
    const command = /^Undefined control sequence: (\\[A-Za-z]+)/.exec(found)?.[1];
    const apart = command ? separated(command) : undefined;
    if (!command || !apart || changes.length > 20) return { problem: found };
    current = current.replace(new RegExp(`\\${command}(?![A-Za-z])`, 'g'), () => apart);
    changes.push(`TeX knows no ${command}; read as ${apart}`);
  }
}
