/** Who may import whom: the table of the design, held against every import in the sources. */
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;

/** Files of a room, and what they may import: paths of this project that start so, `node`, and packages by name. */
type Room = { name: string; files: string; except?: RegExp; may: readonly (string | RegExp)[] };

const unified = /^(unified|vfile|unist-|mdast|hast|remark-|rehype-|micromark-|katex|github-slugger)/;
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
      'd3-contour',
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

/** Where the sources may look at the clock, the machine or the locale, and why that reaches no page. */
const looks: readonly [pattern: RegExp, allowed: Readonly<Record<string, string>>][] = [
  [
    /\bDate\.now\b|new Date\(\)|\bDate\(\)|performance\.now|process\.(?:hrtime|uptime)/,
    {
      'src/site/posts-loader.ts': 'warns in the terminal of dates to come',
      'src/lab/cli.ts': 'says in the terminal how long a run took',
      'src/site/stress-cli.ts': 'the same',
      'src/lab/worker.ts': 'says in the terminal how far a task is',
      'src/author/cli.ts': 'writes today into the post that it begins',
    },
  ],
  [
    /Math\.random|randomUUID|randomBytes|getRandomValues|randomInt/,
    {
      'src/lab/realm.ts': 'forbids it to experiments',
      'src/lab/cache.ts': 'names a file that is renamed once it is whole',
      'src/site/replace-folder.ts': 'names a folder that is renamed once it is whole',
    },
  ],
  [
    /process\.env\b|import\.meta\.env\.(?!SITE\b|BASE_URL\b)/,
    {
      'src/site/command.ts': 'takes out what Astro would follow',
      'src/figure/reproducible.ts': 'draws in UTC',
      'src/lab/bundle.ts': 'makes it the same in every experiment',
      'src/lab/fixed-locale.ts': 'measures and draws in UTC',
    },
  ],
  [
    /node:os|availableParallelism|\bcpus\(|process\.(?:arch|platform|pid|title)\b/,
    {
      'src/lab/run.ts': 'how many tasks run at once, the results of which are put in order',
      'src/lab/options.ts': 'the same',
      'src/site/stress-cli.ts': 'the same',
      'src/site/whole-output.ts': 'says who holds the lock',
    },
  ],
  [/localeCompare\([^,()]*(?:\([^()]*\))?[^,()]*\)/, {}],
  [/\.toLocale\w+\(\s*\)|Intl\.\w+\(\s*\)|Intl\.\w+\(\s*undefined|\.toLocale\w+\(\s*undefined/, {}],
  [
    /\.to(?:Date|Time)String\(|getTimezoneOffset|\.get(?:FullYear|Month|Date|Day|Hours|Minutes)\(/,
    {
      'src/figure/reproducible.ts': 'makes sure that the zone is UTC',
    },
  ],
];

test.each(looks)('%s reaches no page', (pattern, allowed) => {
  const files = globSync('{src,experiments,posts}/**/*.{ts,astro,mdx}', { cwd: root, exclude: ['**/*.write.ts'] });
  const looking = files.filter((file) =>
    pattern.test(readFileSync(join(root, file), 'utf8').replace(/^\s*(?:\/?\*|\/\/).*$/gm, '')),
  );
  expect(looking.filter((file) => !(file in allowed))).toEqual([]);
});

test('a folder is read in an order of its own making, or as a set', () => {
  const unordered = globSync('src/**/*.{ts,astro}', { cwd: root })
    .filter((file) => /\b(?:readdir|readdirSync|globSync)\(/.test(readFileSync(join(root, file), 'utf8')))
    .filter((file) => !/\.sort\(|\.toSorted\(|new Set\(/.test(readFileSync(join(root, file), 'utf8')));
  // What the others find is told apart by its name, or asked whether it is there.
  expect(unordered.sort()).toEqual(['src/site/replace-folder.ts', 'src/site/targets.ts']);
});
