/** The pages of a site: the package's, of which a blog may turn some off, and its own, which may take their place. */
import { existsSync, globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedState } from '../lab/shared-state.ts';
import { isBuild } from './command.ts';
import { type BuiltInPage, builtInPages, isBuiltIn } from './config.ts';

/** A page or a file that is made: its pattern, `/tags/[slug]`, its module, and its address as in links, `/tags/[slug]/`. */
export type Route = {
  readonly pattern: string;
  readonly entrypoint: string;
  readonly address: string;
  readonly own: boolean;
};

/** The folder of the package's pages, and that of the blog's sources once it is known. Bundled copies of this module lie elsewhere. */
const folders = sharedState<{ package: string; source?: string }>('pages', () => ({
  package: fileURLToPath(new URL('./pages/', import.meta.url)),
}));

/** The folder of the blog's sources, `src`; undefined until Astro has been set up. */
export const sourceFolder = (): string | undefined => folders.source;

/** The route of a page's file, relative to its folder: `index.astro` → `/`, `rss.xml.ts` → `/rss.xml`. */
function routeOf(file: string, folder: string, own: boolean): Route {
  const path = file.replaceAll('\\', '/').replace(/\.[^./]+$/, '');
  const pattern = `/${path.replace(/(?:^|\/)index$/, '')}`;
  const address = /\.[jt]s$/.test(file) ? pattern : `${pattern.replace(/\/$/, '')}/`;
  return { pattern, entrypoint: join(folder, file), address, own };
}

function routesIn(folder: string, own: boolean): Route[] {
  const files = existsSync(folder) ? globSync('**/*.{astro,md,mdx,html,js,ts}', { cwd: folder }).sort() : [];
  // As in Astro, files and folders whose names begin with an underscore are no pages.
  return files.filter((file) => !/(?:^|[\\/])_|\.d\.ts$/.test(file)).map((file) => routeOf(file, folder, own));
}

const ofBuiltIn = (pattern: string): BuiltInPage | undefined =>
  builtInPages.find((name) => `${pattern}/`.startsWith(`/${name}/`));

let known: readonly Route[] | undefined;
let readOnce = false;

/** Makes this process read the folders of pages once, as a build does. */
export function readRoutesOnce(): void {
  readOnce = true;
}

/** All routes of the site. A build reads the folders once. */
export function siteRoutes(): readonly Route[] {
  if (known && (readOnce || isBuild())) return known;
  const own = folders.source === undefined ? [] : routesIn(join(folders.source, 'pages'), true);
  const replaced = new Set(own.map(({ pattern }) => pattern));
  const built = routesIn(folders.package, false).filter(({ pattern }) => {
    const name = ofBuiltIn(pattern);
    return !replaced.has(pattern) && (name === undefined || isBuiltIn(name));
  });
  known = [...own, ...built];
  return known;
}

/** The package's routes in a blog with the sources `source`, without those that are off and those of its own pages. */
export function injectedRoutes(source: string): readonly Route[] {
  folders.source = source;
  known = undefined;
  return siteRoutes().filter(({ own }) => !own);
}

/** Whether a file, there or not, is a page of the blog that takes the place of one of the package. */
export function replacesPage(file: string): boolean {
  const folder = folders.source === undefined ? undefined : join(folders.source, 'pages');
  if (folder === undefined || relative(folder, file).startsWith('..')) return false;
  const { pattern } = routeOf(relative(folder, file), folder, true);
  return routesIn(folders.package, false).some((route) => route.pattern === pattern);
}

const addressPatterns = new Map<string, RegExp>();

function patternOf(address: string): RegExp {
  const known = addressPatterns.get(address);
  if (known) return known;
  const parts = address.split(/(\/?\[\.{3}\w+\]|\[\w+\])/).map((part) => {
    if (part.endsWith(']')) return part.includes('...') ? '(?:/.+)?' : '[^/]+';
    return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  const pattern = new RegExp(`^${parts.join('')}$`);
  addressPatterns.set(address, pattern);
  return pattern;
}

/** Whether a route's address fits a path; `[name]` stands for any text, `[...name]` also for several folders or none. */
export const fits = ({ address }: Route, path: string): boolean => patternOf(address).test(path);

/** Whether an address, which may have a fragment, is of a built-in page that the blog has turned off and not replaced. */
export function isTurnedOff(address: string): boolean {
  const name = ofBuiltIn(address);
  const path = address.replace(/[?#].*$/, '');
  return name !== undefined && !isBuiltIn(name) && !siteRoutes().some((route) => fits(route, path));
}

/** The route of one of the blog's own pages in Markdown, by its file. */
export const ownMarkdown = (file: string): Route | undefined =>
  /\.mdx?$/.test(file) ? siteRoutes().find(({ own, entrypoint }) => own && entrypoint === file) : undefined;
