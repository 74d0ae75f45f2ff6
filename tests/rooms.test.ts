/** Who may import whom: the table of the design, held against every import in the sources. */
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;

/** Files of a room, and what they may import: paths of this project that start so, `node`, and packages by name. */
type Room = { name: string; files: string; except?: RegExp; may: readonly (string | RegExp)[] };

const unified = /^(unified|vfile|unist-|mdast|hast|remark-|rehype-|katex|github-slugger)/;
const types = 'types'; // `import type` of any module: nothing of it runs

const rooms: readonly Room[] = [
  { name: 'engine', files: 'src/engine/**/*.ts', may: ['src/engine/'] },
  {
    name: 'lab',
    files: 'src/lab/**/*.ts',
    may: ['src/lab/', 'node', types, 'esbuild', 'piscina', 'zod', 'rolldown/utils', 'csv-parse/sync', 'jsonc-parser'],
  },
  {
    name: 'figure',
    files: 'src/figure/**/*.ts',
    may: [
      'src/figure/',
      'src/lab/nearest.ts',
      'src/words/',
      'node',
      types,
      /^vega/,
      'harfbuzzjs',
      'fontverter',
      'bidi-js',
      'get-east-asian-width',
      'lz-string',
      /^@resvg\//,
    ],
  },
  { name: 'math', files: 'src/math/**/*.ts', may: ['src/math/', 'src/words/', 'node', types, unified] },
  { name: 'words', files: 'src/words/**/*.ts', may: ['src/words/', 'node'] },
  {
    name: 'experiments',
    files: 'experiments/**/*.ts',
    except: /\.charts\.ts$/,
    may: ['src/engine/', 'src/lab/define.ts', 'experiments/', 'zod'],
  },
  {
    name: 'charts',
    files: 'experiments/*.charts.ts',
    may: ['src/figure/', 'src/lab/define.ts', 'experiments/shared/', types],
  },
  {
    name: 'author',
    files: 'src/author/**/*.ts',
    except: /new-experiment\.ts$/, // the experiment that it writes out has imports of its own
    may: [
      'src/author/',
      'src/math/index.ts',
      /^src\/site\/(frontmatter|config|contents)\.ts$/,
      'src/lab/nearest.ts',
      'node',
      types,
      unified,
      /^(astro\/|yaml$|smol-toml$|@mdx-js\/mdx$)/,
    ],
  },
  {
    name: 'pages',
    files: 'src/{components,layouts,pages,site,styles}/**/*.{ts,astro}',
    may: [/^src\/(components|layouts|pages|site|styles|figure|math|lab|words)\//, 'node', types, /^(?!src\/)/],
  },
];

type Import = { file: string; specifier: string; typeOnly: boolean };

const statement =
  /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;=]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return [...source.matchAll(statement)].map(([, type, fixed, dynamic]) => ({
    file,
    specifier: fixed ?? dynamic!,
    typeOnly: type !== undefined,
  }));
}

/** `src/lab/load.ts` for a file of the project, `node` for Node's modules, a package's name for others. */
function target({ file, specifier }: Import): string {
  if (specifier.startsWith('.')) return normalize(join(dirname(file), specifier));
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node';
  return specifier;
}

function allowed(each: Import, { may }: Room): boolean {
  if (each.typeOnly && may.includes(types)) return true;
  const to = target(each);
  return may.some((rule) =>
    typeof rule === 'string' ? to === rule || (rule.includes('/') && to.startsWith(rule)) : rule.test(to),
  );
}

describe.each(rooms)('$name', (room) => {
  const files = globSync(room.files, { cwd: root }).filter((file) => !room.except?.test(file));

  test('has files', () => expect(files).not.toEqual([]));

  test('imports only what its room may', () => {
    const astray = files.flatMap(importsOf).filter((each) => !allowed(each, room));
    expect(astray.map((each) => `${each.file} imports ${target(each)}`)).toEqual([]);
  });
});

test('a post imports nothing but its own executed derivations', () => {
  const posts = globSync('posts/*.mdx', { cwd: root });
  expect(posts.flatMap(importsOf).map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test('a zone of the table catches what it forbids', () => {
  const engine = rooms[0]!;
  expect(allowed({ file: 'src/engine/a.ts', specifier: 'node:fs', typeOnly: false }, engine)).toBe(false);
  expect(allowed({ file: 'src/engine/a.ts', specifier: '../lab/define.ts', typeOnly: true }, engine)).toBe(false);
  expect(allowed({ file: 'src/engine/a.ts', specifier: './matrix.ts', typeOnly: false }, engine)).toBe(true);
});

test('nothing follows what the environment says of the mode: the command decides', () => {
  const files = globSync('src/**/*.{ts,astro}', { cwd: root });
  const asking = files.filter((file) =>
    /import\.meta\.env\.(DEV|PROD|MODE|SSR)/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(asking).toEqual([]);
});
