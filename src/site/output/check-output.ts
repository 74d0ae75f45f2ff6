/** Checks the built site for broken links and violations of the policy, and removes unused assets. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { nearestName } from '../../lab/did-you-mean.ts';
import { decodeAddress, isSafeUrl } from '../links/safe-url.ts';
import type { AllowedHosts } from '../security/policy.ts';
import { isRemote, policyViolations, srcsetAddresses } from '../security/policy-violations.ts';
import { filesBelow } from './manifest.ts';

/** An error in a page: the page's path below the base, the address as written there, and what is wrong. */
export type OutputError = { readonly page: string; readonly address: string; readonly problem: string };

const tagPattern = /<([a-z][\w:-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?|\s*\/)*)\s*>/gi;
const attributePattern = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
/** A quick test: tags that do not match hold nothing that the policy could forbid. */
const mayViolatePolicy =
  /^<(?:script|iframe|object|embed|form|base|meta|frame|applet|portal)\b|\son[a-z]+\s*=|\/\/|data:|action=|(?:href|cite|longdesc)\s*=\s*["']?[^"'/#?>]*[:&]/i;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  // These can hide the scheme of an address.
  colon: ':',
  Tab: '\t',
  NewLine: '\n',
};
const unescapeHtml = (text: string): string =>
  text.replace(/&(?:#(\d+);?|#x([\da-f]+);?|(\w+);)/gi, (whole, decimal, hex, name) => {
    if (!decimal && !hex) return entities[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  });

type Page = { path: string; ids: Set<string>; addresses: Set<string>; errors: OutputError[] };

/** The ids and addresses in a page, and the policy violations in its body. */
function readPage(path: string, html: string, hosts: AllowedHosts): Page {
  const page: Page = { path, ids: new Set(), addresses: new Set(), errors: [] };
  const end = html.lastIndexOf('</html>') + '</html>'.length;
  const behind = html
    .slice(end)
    .replace(/<!--[\s\S]*?-->/g, '')
    .trim()
    .slice(0, 60);
  if (html.includes('</html>') && behind !== '')
    page.errors.push({
      page: path,
      address: '',
      problem: `${behind}: it stands after </html>; put it into the slot of the layout`,
    });
  const body = html.indexOf('<body');
  for (const match of html
    .replace(
      /(<(style|script)\b[^>]*>)([\s\S]*?)(?=<\/\2>)/gi,
      (_, open: string, __, text: string) => open + ' '.repeat(text.length),
    )
    .matchAll(tagPattern)) {
    const name = match[1]!.toLowerCase();
    const attributes: Record<string, string> = {};
    for (const [, key = '', double, single, bare] of match[2]!.matchAll(attributePattern))
      attributes[key.toLowerCase()] = unescapeHtml(double ?? single ?? bare ?? '');
    if (attributes.id) page.ids.add(attributes.id);
    if (name === 'a' && attributes.name) page.ids.add(attributes.name);
    for (const key of ['href', 'xlink:href', 'src', 'poster', 'data'])
      if (attributes[key] !== undefined) page.addresses.add(attributes[key]);
    for (const address of srcsetAddresses(attributes.srcset ?? '')) page.addresses.add(address);
    if (match.index < body || !mayViolatePolicy.test(match[0])) continue;
    for (const problem of policyViolations(
      { name, attributes },
      hosts,
      name === 'source' && attributes.srcset ? 'picture' : '',
    ))
      page.errors.push({ page: path, address: attributes.src ?? attributes.href ?? '', problem });
  }
  return page;
}

/** The ids in a page. */
export const idsOnPage = (html: string): ReadonlySet<string> => readPage('', html, { images: [], frames: [] }).ids;

/** An error message if a page with `ids` has no anchor `id`; undefined if it has. */
export function missingAnchor(id: string, ids: ReadonlySet<string>, address: string): string | undefined {
  if (id === '' || id === 'top' || id.startsWith(':~:') || ids.has(id)) return undefined;
  const guess = nearestName(id, ids);
  return `${address}: the page has no such place${guess ? `; did you mean #${guess}?` : ''}`;
}

/** The broken links and policy violations in the pages below `dist`, which a host serves at `base`. */
export function outputErrors(dist: string, base: string, hosts: AllowedHosts): OutputError[] {
  const files = new Set(filesBelow(dist));
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
  const problemOf = (address: string, page: Page): string | undefined => {
    if (!isSafeUrl(address) || isRemote(address)) return undefined;
    const to = URL.parse(address, `https://x.example${root}${page.path}`);
    if (to === null) return `${address}: this is no address`;
    const path = decodeAddress(to.pathname);
    const below = path.startsWith(root) ? path.slice(root.length) : undefined;
    const file = [below, `${below}index.html`, `${below}/index.html`].find(
      (each) => each !== undefined && files.has(each),
    );
    if (below === undefined || file === undefined) {
      const guess = nearestName(path, known);
      return `${address}: the site has no such page or file${guess ? `; did you mean ${guess}?` : ''}`;
    }
    const ids = pages.get(file)?.ids;
    return ids && missingAnchor(decodeAddress(to.hash.slice(1)), ids, address);
  };
  return [...pages.values()].flatMap((page) => [
    ...page.errors,
    ...[...page.addresses].flatMap((address) => {
      const problem = problemOf(address, page);
      return problem === undefined ? [] : [{ page: page.path, address, problem }];
    }),
  ]);
}

/** The errors as lines without repetition, located in the post's source if `placeOf` knows where, else by page. */
export function errorLines(
  errors: readonly OutputError[],
  placeOf: (error: OutputError) => string | undefined,
): string[] {
  const lines = new Map<string, string>();
  for (const error of errors) {
    const place = placeOf(error);
    const line = `${place ?? `the page /${error.page}`}: ${error.problem}`;
    const key = place === undefined ? error.problem : line;
    if (!lines.has(key)) lines.set(key, line);
  }
  return [...lines.values()].sort();
}

/** The end of an asset's name, with its hash: the part that URL encoding never changes. */
const hashAndExtension = (name: string): string => name.split('.').slice(-2).join('.');

/** Removes the assets that no file of the site names: Astro also writes those of drafts. */
export function removeUnused(dist: string, folder = '_astro'): void {
  const files = filesBelow(dist);
  const named = new Set<string>();
  for (const file of files.filter((each) => /\.(?:html|xml|json|webmanifest|css|svg|txt)$/.test(each)))
    for (const [, end] of readFileSync(join(dist, file), 'utf8').matchAll(/(?<=[./])(?=([\w-]+\.\w+))/g))
      named.add(end!);
  for (const file of files.filter((each) => each.startsWith(`${folder}/`))) {
    const end = hashAndExtension(file.slice(folder.length + 1));
    if (/^[\w-]+\.\w+$/.test(end) && !named.has(end)) rmSync(join(dist, file));
  }
}

/** Astro integration, after all that write pages: removes unused assets, and stops the build with a list of all errors. */
export function checkOutput(
  hosts: AllowedHosts,
  placeOf: (error: OutputError, base: string) => string | undefined,
): AstroIntegration {
  let base = '/';
  return {
    name: 'check-output',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base;
      },
      'astro:build:done': ({ dir }) => {
        const dist = fileURLToPath(dir);
        removeUnused(dist);
        const lines = errorLines(outputErrors(dist, base, hosts), (error) => placeOf(error, base));
        if (lines.length > 0) throw new Error(lines.join('\n'));
      },
    },
  };
}
