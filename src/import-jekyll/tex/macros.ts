/** Collects TeX macros: definitions in formulas, and the settings of MathJax and KaTeX in scripts. */

/** A macro: its TeX, in which `#1` stands for the first of `count` arguments; `first` is the first one's default, if it has one. */
export type Macro = { readonly tex: string; readonly count: number; readonly first?: string };

/** Macros by their names with the backslash: `\R`. */
export type Macros = ReadonlyMap<string, Macro>;

/** The end of the group in braces that begins at `at`, or of one token; undefined if it is not closed. */
export function groupEnd(tex: string, at: number): number | undefined {
  if (tex[at] !== '{')
    return tex[at] === '\\' ? (/\\(?:[A-Za-z]+|[\s\S])/y.exec(tex.slice(at))?.[0].length ?? 1) + at : at + 1;
  let depth = 0;
  for (let i = at; i < tex.length; i++) {
    if (tex[i] === '\\') i += 1;
    else if (tex[i] === '{') depth += 1;
    else if (tex[i] === '}' && --depth === 0) return i + 1;
  }
  return undefined;
}

/** The content of a group with its braces taken off. */
const inside = (group: string): string => (group.startsWith('{') ? group.slice(1, -1) : group);

const begins =
  /\\(?:(?:(?:re|provide)?newcommand|providecommand|renewcommand)\*?\s*\{?\s*(\\[A-Za-z]+|\\.)\s*\}?\s*(?:\[\s*(\d)\s*\])?\s*(?:\[([^\]]*)\])?\s*|[gx]?def\s*\{?\s*(\\[A-Za-z]+|\\.)\s*\}?\s*((?:#\d)*)\s*|DeclareMathOperator(\*?)\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*|DeclarePairedDelimiter\s*\{?\s*(\\[A-Za-z]+)\s*\}?\s*|let\s*(\\[A-Za-z]+)\s*=?\s*(?=\\))/g;

/** `rgb 0.5, 0.2, 1` → `#8033ff`. */
function hexColour(model: string, value: string): string {
  if (model === 'HTML') return `#${value.trim()}`;
  const parts = value.split(',').map(Number);
  const [red = 0, green = red, blue = red] = model === 'RGB' ? parts : parts.map((part) => part * 255);
  return `#${[red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** The prefix of the names that colours have among macros, which begin with a backslash. */
const colour = 'colour ';

/** The definitions in a text, and the text without them. */
export function takeDefinitions(written: string): { rest: string; macros: Map<string, Macro> } {
  const macros = new Map<string, Macro>();
  const text = written.replace(
    /\\definecolor\s*\{([^{}]*)\}\s*\{(rgb|RGB|HTML|gr[ae]y)\}\s*\{([^{}]*)\}/g,
    (_, name: string, model: string, value: string) => {
      macros.set(colour + name.trim(), { tex: hexColour(model, value), count: 0 });
      return '';
    },
  );
  if (!/\\(?:[a-z]*def|[a-z]*command|Declare|let)(?![a-z])/.test(text)) return { rest: text, macros };
  let rest = '';
  let from = 0;
  begins.lastIndex = 0;
  for (let found = begins.exec(text); found; found = begins.exec(text)) {
    const [whole, command, count, first, defined, parameters, star, operator, pair, alias] = found;
    const start = found.index + whole.length;
    const end = groupEnd(text, start);
    const name = command ?? defined ?? operator ?? pair ?? alias;
    if (end === undefined || name === undefined || start >= text.length) continue;
    let value = text.slice(start, end);
    let until = end;
    if (pair !== undefined) {
      const right = text.slice(end).search(/\S/) + end;
      until = groupEnd(text, right) ?? end;
      value = `${inside(value)} #1 ${inside(text.slice(right, until))}`;
    } else value = inside(value);
    const tex = operator === undefined ? value : `\\operatorname${star}{${value}}`;
    const number = pair === undefined ? Number(count ?? (parameters?.length ?? 0) / 2) : 1;
    macros.set(name, { tex: tex.trim(), count: number, ...(first !== undefined && { first }) });
    rest += text.slice(from, found.index);
    from = until;
    begins.lastIndex = until;
  }
  return { rest: rest + text.slice(from), macros };
}

const entry =
  /(?:(["'])\\*([A-Za-z]+)\1|\b([A-Za-z]+))\s*:\s*\[?\s*(["'`])((?:\\[\s\S]|(?!\4)[\s\S])*)\4(?:\s*,\s*(\d)(?:\s*,\s*(["'`])((?:\\[\s\S]|(?!\7)[\s\S])*)\7)?)?/g;

/** A string of JavaScript as it is meant. */
const unescaped = (text: string): string =>
  text.replace(/\\([\s\S])/g, (_, each: string) => (each === 'n' ? '\n' : each));

/** The macros in the settings of MathJax (`Macros: { R: '…' }`) and of KaTeX (`macros: { '\\R': '…' }`) in a script. */
function macrosOfSettings(script: string): Map<string, Macro> {
  const macros = new Map<string, Macro>();
  for (const { index, 0: whole } of script.matchAll(/\bmacros["']?\s*[:=]\s*(?=\{)/gi)) {
    const start = index + whole.length;
    const end = groupEnd(script.replace(/\\\\/g, '  '), start) ?? script.length;
    for (const [, , quoted, plain, , tex = '', count, , first] of script.slice(start + 1, end).matchAll(entry)) {
      const name = `\\${quoted ?? plain}`;
      const body = unescaped(tex);
      const used = Math.max(0, ...[...body.matchAll(/#(\d)/g)].map(([, digit]) => Number(digit)));
      const macro = {
        tex: body,
        count: Number(count ?? used),
        ...(first !== undefined && { first: unescaped(first) }),
      };
      macros.set(name, macro);
    }
  }
  return macros;
}

/** All macros in a layout, an include or a script of the old blog. */
export const macrosIn = (text: string): Map<string, Macro> =>
  new Map([...takeDefinitions(text).macros, ...macrosOfSettings(text)]);

/** A formula with what KaTeX's macros cannot be replaced by its TeX: macros that have a default argument, and colours by name. */
export function expandDefaults(tex: string, macros: Macros): string {
  let result = tex.replace(/(\\(?:text)?color(?:box)?\s*)\{([^{}]*)\}/g, (whole, command: string, name: string) => {
    const found = macros.get(colour + name.trim());
    return found ? `${command}{${found.tex}}` : whole;
  });
  for (const [name, { tex: body, count, first }] of macros) {
    if (first === undefined) continue;
    const use = new RegExp(`${name.replace(/\\/g, '\\\\')}(?![A-Za-z])\\s*(?:\\[([^\\]]*)\\])?`);
    for (let i = 0, found = use.exec(result); found && i < 100; i++, found = use.exec(result)) {
      const values = [found[1] ?? first];
      let end = found.index + found[0].length;
      while (values.length < count) {
        const at = result.slice(end).search(/\S/) + end;
        const until = at < end ? undefined : groupEnd(result, at);
        if (until === undefined) return result;
        values.push(inside(result.slice(at, until)));
        end = until;
      }
      const put = body.replace(/#(\d)/g, (_, digit: string) => values[Number(digit) - 1] ?? '');
      result = `${result.slice(0, found.index)}{${put}}${result.slice(end)}`;
    }
  }
  return result;
}

/** The names of macros that a formula uses, and those that these use. */
export function usedMacros(tex: string, macros: Macros, found = new Set<string>()): Set<string> {
  for (const [name] of tex.matchAll(/\\(?:[A-Za-z]+|[^A-Za-z])/g)) {
    const macro = macros.get(name);
    if (!macro || found.has(name)) continue;
    found.add(name);
    usedMacros(macro.tex, macros, found);
  }
  return found;
}

/** Whether two macros mean the same. */
export const isSame = (a: Macro, b: Macro): boolean =>
  a.tex.replace(/\s+/g, '') === b.tex.replace(/\s+/g, '') && a.count === b.count && a.first === b.first;

/** A definition that holds in all of a post's formulas from here on. */
export const asDefinition = (name: string, { tex, count }: Macro): string =>
  `\\gdef${name}${Array.from({ length: count }, (_, i) => `#${i + 1}`).join('')}{${tex}}`;

/** Macros as KaTeX takes them. */
export const asStrings = (macros: Macros): Readonly<Record<string, string>> =>
  Object.fromEntries([...macros].filter(([name]) => name.startsWith('\\')).map(([name, { tex }]) => [name, tex]));
