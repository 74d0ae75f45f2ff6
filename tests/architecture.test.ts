/** The architecture: which module may import which, no import cycles, and which files may read clock, machine or locale. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;

/** The files of a module, and what they may import: prefixes of paths in this project, `node`, and names of packages. */
type Module = { name: string; files: string; except?: RegExp; may: readonly (string | RegExp)[] };

const unified = /^(unified|vfile|unist-|mdast|hast|remark-|rehype-|micromark-|katex|github-slugger)/;
/** Small functions that any module may import: they import nothing. */
const leaves = [
  'src/lab/did-you-mean.ts',
  'src/lab/errors.ts',
  'src/lab/fixed-locale.ts',
  'src/lab/shared-state.ts',
  'src/lab/text-position.ts',
];
const types = 'types'; // `import type` from any module, since nothing of it runs

const modules: readonly Module[] = [
  { name: 'engine', files: 'src/engine/**/*.ts', may: ['src/engine/'] },
  {
    name: 'lab',
    files: 'src/lab/**/*.ts',
    may: [
      'src/lab/',
      'node',
      types,
      'esbuild',
      'piscina',
      'bullmq',
      'ioredis',
      'zod',
      'rolldown/utils',
      'csv-parse/sync',
      'jsonc-parser',
    ],
  },
  {
    name: 'figure',
    files: 'src/figure/**/*.ts',
    may: [
      'src/figure/',
      ...leaves,
      'src/lab/input-problems.ts',
      'src/i18n/',
      'node',
      types,
      /^vega/,
      'zod',
      'd3-contour',
      'harfbuzzjs',
      'fontverter',
      'bidi-js',
      'get-east-asian-width',
      'lz-string',
      /^@resvg\//,
    ],
  },
  { name: 'math', files: 'src/math/**/*.ts', may: ['src/math/', 'src/i18n/', ...leaves, 'node', types, unified] },
  { name: 'leaves', files: `{${leaves.join()}}`, may: [] },
  { name: 'i18n', files: 'src/i18n/**/*.ts', may: ['src/i18n/', ...leaves, 'node'] },
  {
    name: 'experiments',
    files: 'experiments/**/*.ts',
    except: /\.charts\.ts$/,
    may: ['astro-measured/engine', 'astro-measured/lab', 'experiments/shared/', 'zod'],
  },
  {
    name: 'charts',
    files: 'experiments/*.charts.ts',
    may: ['astro-measured/figure', 'astro-measured/lab', 'experiments/shared/', types],
  },
  {
    name: 'derivations',
    files: 'posts/**/*.ts',
    may: ['astro-measured/derivation', 'astro-measured/engine', 'posts/'],
  },
  {
    name: 'import-jekyll',
    files: 'src/import-jekyll/**/*.ts',
    may: [
      'src/import-jekyll/',
      /^src\/cli\/(slug|write-front-matter|write-new)\.ts$/,
      'src/math/index.ts',
      // The checks of a build, and what these look things up in.
      /^src\/site\/(checks\/(check-text|html)|citations\/bibliography|links\/(link-targets|safe-url)|markdown\/(code-titles|highlight|html-elements)|security\/policy)\.ts$/,
      /^src\/site\/(posts\/(build-date|post-paths|posts-folder|title|topics)|add-macros|config|routes)\.ts$/,
      ...leaves,
      'node',
      types,
      unified,
      /^(astro\/|yaml$|smol-toml$|liquidjs$|svgo$)/,
    ],
  },
  {
    name: 'cli',
    files: 'src/cli/**/*.{ts,mjs}',
    may: [
      'src/cli/',
      'src/import-jekyll/import.ts',
      /^src\/lab\/(compile-cache|cli\/(main|data|run-arguments)|queue\/(worker-command|usage))\.ts$/,
      /^src\/site\/(posts\/(frontmatter-schema|build-date)|claims\/stress-cli|report\/report-cli|output\/(manifest|single-post|swap-directory)|options|config)\.ts$/,
      ...leaves,
      'node',
      types,
      /^(astro\/|yaml$)/,
      // The templates of an experiment and of a blog.
      /^(astro-measured(\/\w+)?|zod)$/,
    ],
  },
  {
    name: 'site',
    files: 'src/site/**/*.{ts,astro}',
    may: [/^src\/(site|figure|math|lab|i18n)\//, 'node', types, /^(?!src\/|posts\/|experiments\/|astro-measured)/],
  },
  { name: 'this blog', files: 'src/blog/**/*.ts', may: ['src/', 'node', types, 'astro-measured/content', unified] },
];

type Import = { file: string; specifier: string; typeOnly: boolean };

const statement =
  /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;=]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  // Of a post, the code that it shows is no part.
  const source = (file.endsWith('.mdx') ? text.replace(/^```[\s\S]*?^```/gm, '') : text).replace(
    /\/\*[\s\S]*?\*\//g,
    '',
  );
  return [...source.matchAll(statement)].map(([, type, fixed, dynamic]) => ({
    file,
    specifier: fixed ?? dynamic!,
    typeOnly: type !== undefined,
  }));
}

/** The path of a file in this project, `node` for Node's modules, else the name of a package. */
function target({ file, specifier }: Import): string {
  if (specifier.startsWith('.')) return normalize(join(dirname(file), specifier));
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node';
  return specifier;
}

function allowed(each: Import, { may }: Module): boolean {
  if (each.typeOnly && may.includes(types)) return true;
  const to = target(each);
  return may.some((rule) =>
    typeof rule === 'string' ? to === rule || (rule.includes('/') && to.startsWith(rule)) : rule.test(to),
  );
}

describe.each(modules)('$name', (module) => {
  const files = globSync(module.files, { cwd: root }).filter((file) => !module.except?.test(file));

  test('has files', () => expect(files).not.toEqual([]));

  test('imports only what it may', () => {
    const forbidden = files.flatMap(importsOf).filter((each) => !allowed(each, module));
    expect(forbidden.map((each) => `${each.file} imports ${target(each)}`)).toEqual([]);
  });
});

test('there are no import cycles, types included', () => {
  const files = new Set(globSync('src/**/*.{ts,astro}', { cwd: root }));
  const imports = new Map(
    [...files].map((file) => [
      file,
      importsOf(file)
        .map(target)
        .filter((to) => files.has(to)),
    ]),
  );
  const done = new Set<string>();
  const cycle = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of imports.get(file)!) {
      const found = cycle(next, [...path, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  expect([...files].map((file) => cycle(file, [])).find((found) => found)).toBeUndefined();
});

test('no folder of the sources holds more than 25 files side by side', () => {
  const files = globSync('src/**/*.*', { cwd: root });
  const folders = Map.groupBy(files, (file) => dirname(file));
  expect([...folders].filter(([, inside]) => inside.length > 25).map(([folder]) => folder)).toEqual([]);
});

/** The folders of the package: all but what is of this blog. */
const parts = ['engine', 'lab', 'figure', 'math', 'i18n', 'site', 'cli', 'import-jekyll'];

test('the package is those parts and imports nothing of a blog, not even types', () => {
  const folders = readdirSync(join(root, 'src'));
  expect(folders.sort()).toEqual([...parts, 'blog'].sort());
  const files = globSync(`src/{${parts.join()}}/**/*.{ts,mjs,astro}`, { cwd: root });
  const forbidden = files.flatMap(importsOf).filter((each) => /^(src\/blog|posts|experiments)\b/.test(target(each)));
  expect(forbidden.map((each) => `${each.file} imports ${target(each)}`)).toEqual([]);
});

const named = (pattern: string, ending: RegExp): string[] =>
  globSync(pattern, { cwd: root }).map((file) => basename(file).replace(ending, ''));
const slugs = named('posts/*.mdx', /\.mdx$/);
const experiments = named('experiments/*.ts', /(?:\.charts)?\.ts$/);
const oneOf = (names: readonly string[]): string => `(?:${[...new Set(names)].join('|')})(?![\\w-])`;
/** A post or an experiment of this blog: in a path, as what a component shows, or a quoted name that is no common word. */
const ofThisBlog = new RegExp(
  [
    `\\bposts/${oneOf(slugs)}`,
    `\\bexperiments/${oneOf(experiments)}`,
    `\\bof(?:=|: ?)["'\`]${oneOf(experiments)}`,
    `["'\`]${oneOf([...slugs, ...experiments.filter((name) => name.includes('-'))])}`,
  ].join('|'),
);

test.each([
  ["read('posts/SLUG.mdx')", true],
  ["'/posts/SLUG/'", true],
  ["const post = 'SLUG';", true],
  ["'experiments/NAME.charts.ts'", true],
  ['<Value of="NAME.x" />', true],
  ["{ of: 'NAME.x' }", true],
  ["'/posts/SLUG-else/'", false],
  ['NAME + 1', false],
])('%s names what is of this blog: %s', (text, isFound) => {
  const written = text.replace('SLUG', slugs[0]!).replace('NAME', experiments[0]!);
  expect(ofThisBlog.test(written)).toBe(isFound);
});

test('nothing names a post or an experiment of this blog but what is of this blog', () => {
  const files = globSync(['src/**/*.*', 'tests/**/*.{ts,mjs,mdx,bib}', 'package.json'], {
    cwd: root,
    exclude: [
      'src/blog/**',
      'tests/blog/**',
      'tests/**/node_modules/**',
      'tests/fixtures/*/{dist,.measured,.astro}/**',
    ],
  });
  const names = files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, i) => (ofThisBlog.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
  );
  expect(names).toEqual([]);
});

test('a post imports nothing but its own executed derivations', () => {
  const posts = globSync('posts/*.mdx', { cwd: root });
  expect(posts.flatMap(importsOf).map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test('a forbidden import is found', () => {
  const engine = modules[0]!;
  expect(allowed({ file: 'src/engine/a.ts', specifier: 'node:fs', typeOnly: false }, engine)).toBe(false);
  expect(allowed({ file: 'src/engine/a.ts', specifier: '../lab/index.ts', typeOnly: true }, engine)).toBe(false);
  expect(allowed({ file: 'src/engine/a.ts', specifier: './matrix.ts', typeOnly: false }, engine)).toBe(true);
});

/** Files that may read the clock, randomness, environment, machine or locale, and why that does not affect pages. */
const impureCode: readonly [pattern: RegExp, allowed: Readonly<Record<string, string>>][] = [
  [
    /\bDate\.now\b|new Date\(\)|\bDate\(\)|performance\.now|process\.(?:hrtime|uptime)/,
    {
      'src/site/posts/build-date.ts': 'the one input beside the sources: the day, which decides what is published',
      'src/lab/cli/main.ts': 'says in the terminal how long a run took',
      'src/site/claims/stress-cli.ts': 'the same',
      'src/lab/run/worker.ts': 'says in the terminal how far a task is',
      'src/cli/run.ts': 'writes today into the post that it begins',
      'src/lab/run/shared-results.ts': 'gives a slow store up',
      'src/lab/queue/watch-queue.ts': 'how long the queue has been away, or no worker has come',
      'src/lab/queue/worker-command.ts': 'a second signal ends it at once',
    },
  ],
  [
    /Math\.random|randomUUID|randomBytes|getRandomValues|randomInt/,
    {
      'src/lab/run/realm.ts': 'forbids it to experiments',
      'src/lab/run/fetch-results.ts': 'chooses what is audited, so that nobody can foresee it',
      'src/lab/store/cache.ts': 'names a file that is renamed once it is whole',
      'src/site/output/swap-directory.ts': 'names a folder that is renamed once it is whole',
    },
  ],
  [
    /process\.env\b|import\.meta\.env\.(?!SITE\b|BASE_URL\b)/,
    {
      'src/site/command.ts': 'takes out what Astro would follow',
      'src/cli/verify/verify.ts': 'builds in changed circumstances, in processes of their own',
      'src/site/posts/build-date.ts': 'the day of the build, SOURCE_DATE_EPOCH',
      'src/figure/compile/reproducible.ts': 'draws in UTC',
      'src/lab/bundle/bundle.ts': 'makes it the same in every experiment',
      'src/lab/fixed-locale.ts': 'measures and draws in UTC',
      'src/lab/compile-cache.ts': 'tells threads where compiled modules are',
      'src/lab/data-files/run-loader.ts': 'hands it to loaders, which no build runs',
      'src/lab/cli/run-reported.ts': 'the token of the store, which checks what comes from it',
      'src/lab/queue/worker-command.ts': 'the same',
    },
  ],
  [
    /node:os|availableParallelism|\bcpus\(|process\.(?:arch|platform|pid|title)\b/,
    {
      'src/lab/run/run.ts': 'how many tasks run at once, the results of which are put in order',
      'src/lab/cli/options.ts': 'the same',
      'src/site/claims/stress-cli.ts': 'the same',
      'src/site/output/atomic-output.ts': 'says who holds the lock',
      'src/cli/verify/verify.ts': 'ends the processes that it starts',
      'src/lab/queue/worker-command.ts': 'how many tasks it runs at once',
    },
  ],
  [/localeCompare\([^,()]*(?:\([^()]*\))?[^,()]*\)/, {}],
  [/\.toLocale\w+\(\s*\)|Intl\.\w+\(\s*\)|Intl\.\w+\(\s*undefined|\.toLocale\w+\(\s*undefined/, {}],
  [
    /\.to(?:Date|Time)String\(|getTimezoneOffset|\.get(?:FullYear|Month|Date|Day|Hours|Minutes)\(/,
    {
      'src/figure/compile/reproducible.ts': 'makes sure that the zone is UTC',
    },
  ],
];

test.each(impureCode)('%s reaches no page', (pattern, allowed) => {
  const files = globSync('{src,experiments,posts}/**/*.{ts,astro,mdx}', { cwd: root, exclude: ['**/*.write.ts'] });
  // Without comments, and without what a post says about code.
  const silent = (file: string) => (file.endsWith('.mdx') ? /```[\s\S]*?```|`[^`]*`/g : /^\s*(?:\/?\*|\/\/).*$/gm);
  const impure = files.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8').replace(silent(file), '')));
  expect(impure.filter((file) => !(file in allowed))).toEqual([]);
});

test('the entries of a folder are sorted, or used as a set', () => {
  const unordered = globSync('src/**/*.{ts,astro}', { cwd: root })
    .filter((file) => /\b(?:readdir|readdirSync|globSync)\(/.test(readFileSync(join(root, file), 'utf8')))
    .filter((file) => !/\.sort\(|\.toSorted\(|new Set\(/.test(readFileSync(join(root, file), 'utf8')));
  // It looks entries up by name, so that their order has no effect.
  expect(unordered.sort()).toEqual(['src/site/output/swap-directory.ts']);
});
