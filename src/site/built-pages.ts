/** A last look at the built site: each link and file of each page is there, and nothing is there that no page asks for. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { nearest } from '../lab/nearest.ts';
import { candidates, forbiddenIn } from './forbidden.ts';
import type { AllowedHosts } from './policy.ts';
import { isSafeAddress } from './safe-address.ts';

/** Something wrong with a page: the path of the page below the base, the address as it stands there, and why. */
export type Fault = { readonly page: string; readonly address: string; readonly problem: string };

const tag = /<([a-z][\w:-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?|\s*\/)*)\s*>/gi;
const attributePattern = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
/** What a policy could forbid in a tag has one of these in it; most have none. */
const suspicious =
  /^<(?:script|iframe|object|embed|form|base|meta|frame|applet|portal)\b|\son[a-z]+\s*=|\/\/|data:|action=|(?:href|cite|longdesc)\s*=\s*["']?[^"'/#?>]*[:&]/i;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  // An address may hide its scheme behind these.
  colon: ':',
  Tab: '\t',
  NewLine: '\n',
};
const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d+);?|#x([\da-f]+);?|(\w+);)/gi, (whole, decimal, hex, name) => {
    if (!decimal && !hex) return entities[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  });

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Page = { path: string; ids: Set<string>; addresses: Set<string>; faults: Fault[] };

/** The ids and the addresses in a page, and what its body holds that the policy forbids. */
function readPage(path: string, html: string, hosts: AllowedHosts): Page {
  const page: Page = { path, ids: new Set(), addresses: new Set(), faults: [] };
  const body = html.indexOf('<body');
  for (const match of html
    .replace(
      /(<(style|script)\b[^>]*>)([\s\S]*?)(?=<\/\2>)/gi,
      (_, open: string, __, text: string) => open + ' '.repeat(text.length),
    )
    .matchAll(tag)) {
    const name = match[1]!.toLowerCase();
    const attributes: Record<string, string> = {};
    for (const [, key = '', double, single, bare] of match[2]!.matchAll(attributePattern))
      attributes[key.toLowerCase()] = unescaped(double ?? single ?? bare ?? '');
    if (attributes.id) page.ids.add(attributes.id);
    if (name === 'a' && attributes.name) page.ids.add(attributes.name);
    for (const key of ['href', 'xlink:href', 'src', 'poster', 'data'])
      if (attributes[key] !== undefined) page.addresses.add(attributes[key]);
    for (const address of candidates(attributes.srcset ?? '')) page.addresses.add(address);
    if (match.index < body || !suspicious.test(match[0])) continue;
    for (const problem of forbiddenIn(
      { name, attributes },
      hosts,
      name === 'source' && attributes.srcset ? 'picture' : '',
    ))
      page.faults.push({ page: path, address: attributes.src ?? attributes.href ?? '', problem });
  }
  return page;
}

/** The ids in a page. */
export const idsOnPage = (html: string): ReadonlySet<string> => readPage('', html, { images: [], frames: [] }).ids;

/** What is wrong with a place on a page that has `ids`. */
export function missingPlace(id: string, ids: ReadonlySet<string>, address: string): string | undefined {
  if (id === '' || id === 'top' || id.startsWith(':~:') || ids.has(id)) return undefined;
  const guess = nearest(id, ids);
  return `${address}: the page has no such place${guess ? `; did you mean #${guess}?` : ''}`;
}

/** All files below `dist`, with `/` between folders. */
const filesIn = (dist: string): string[] =>
  readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();

/** Everything in the pages below `dist`, which a host serves at `base`, that leads nowhere or that the policy forbids. */
export function faultsIn(dist: string, base: string, hosts: AllowedHosts): Fault[] {
  const files = new Set(filesIn(dist));
  const pages = new Map(
    [...files]
      .filter((file) => file.endsWith('.html'))
      .map((file) => [
        file,
        readPage(file.replace(/(^|\/)index\.html$/, '$1'), readFileSync(join(dist, file), 'utf8'), hosts),
      ]),
  );
  const root = base.replace(/\/?$/, '/');
  const known = [...pages.values()].map(({ path }) => root + path);
  const problemOf = (address: string, { path }: Page): string | undefined => {
    if (!isSafeAddress(address) || /^\s*(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(address)) return undefined;
    const to = URL.parse(address, `https://x.example${root}${path}`);
    if (to === null) return `${address}: this is no address`;
    const asked = decoded(to.pathname);
    const below = asked.startsWith(root) ? asked.slice(root.length) : undefined;
    const file = [below, `${below}index.html`, `${below}/index.html`].find(
      (each) => each !== undefined && files.has(each),
    );
    if (below === undefined || file === undefined) {
      const guess = nearest(asked, known);
      return `${address}: the site has no such page or file${guess ? `; did you mean ${guess}?` : ''}`;
    }
    const ids = pages.get(file)?.ids;
    return ids && missingPlace(decoded(to.hash.slice(1)), ids, address);
  };
  return [...pages.values()].flatMap((page) => [
    ...page.faults,
    ...[...page.addresses].flatMap((address) => {
      const problem = problemOf(address, page);
      return problem === undefined ? [] : [{ page: page.path, address, problem }];
    }),
  ]);
}

/** The faults a line each, at the place that wrote the address if `placeOf` knows it, else by the page; each once. */
export function listed(faults: readonly Fault[], placeOf: (fault: Fault) => string | undefined): string[] {
  const lines = new Map<string, string>();
  for (const fault of faults) {
    const place = placeOf(fault);
    const line = `${place ?? `the page /${fault.page}`}: ${fault.problem}`;
    const key = place === undefined ? fault.problem : line;
    if (!lines.has(key)) lines.set(key, line);
  }
  return [...lines.values()].sort();
}

/** The end of an asset's name, with its hash: what no encoding of addresses changes. */
const tail = (name: string): string => name.split('.').slice(-2).join('.');

/** Removes the assets that nothing in the site names: Astro writes out those of drafts too. */
export function removeUnused(dist: string, folder = '_astro'): void {
  const files = filesIn(dist);
  const named = new Set<string>();
  for (const file of files.filter((each) => /\.(?:html|xml|json|webmanifest|css|svg|txt)$/.test(each)))
    for (const [, end] of readFileSync(join(dist, file), 'utf8').matchAll(/(?<=[./])(?=([\w-]+\.\w+))/g))
      named.add(end!);
  for (const file of files.filter((each) => each.startsWith(`${folder}/`))) {
    const end = tail(file.slice(folder.length + 1));
    if (/^[\w-]+\.\w+$/.test(end) && !named.has(end)) rmSync(join(dist, file));
  }
}

/** Astro integration, after all that writes pages: stops the build at faults, all at once. */
export function builtPages(
  hosts: AllowedHosts,
  placeOf: (fault: Fault, base: string) => string | undefined,
): AstroIntegration {
  let base = '/';
  return {
    name: 'built-pages',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base;
      },
      'astro:build:done': ({ dir }) => {
        const dist = fileURLToPath(dir);
        removeUnused(dist);
        const lines = listed(faultsIn(dist, base, hosts), (fault) => placeOf(fault, base));
        if (lines.length > 0) throw new Error(lines.join('\n'));
      },
    },
  };
}
