/**
 * Packs the package `astro-measured`: JavaScript and declarations of the sources in `src/`, without this repository's blog,
 * since Node runs no TypeScript below `node_modules`.
 *
 *     npm run pack                      .measured/astro-measured-<version>.tgz, from .measured/package/
 *     npm run pack -- --version 1.2.3   the same under another version
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';

type Manifest = Readonly<Record<string, unknown>> & {
  readonly version: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
};

const repository = join(import.meta.dirname, '../..');
const isSource = (file: string): boolean => !file.startsWith('src/blog/') && !file.endsWith('.write.ts');
/** A new blog's files, which are copied as they are. */
const isTemplate = (file: string): boolean => file.startsWith('src/cli/blog-template/');

/** Compiles the TypeScript of `src/` into `folder`. Throws an Error with the compiler's messages. */
function compile(folder: string): void {
  const { config } = ts.readConfigFile(join(repository, 'src/site/tsconfig.json'), ts.sys.readFile) as {
    config: { compilerOptions: object };
  };
  const changed = {
    noEmit: false,
    allowImportingTsExtensions: false,
    rewriteRelativeImportExtensions: true,
    declaration: true,
    skipLibCheck: true,
    incremental: false,
    rootDir: join(repository, 'src'),
    outDir: folder,
  };
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, compilerOptions: { ...config.compilerOptions, ...changed }, files: [] },
    ts.sys,
    join(repository, 'src/site'),
  );
  const files = globSync('src/**/*.ts', { cwd: repository }).filter((file) => isSource(file) && !isTemplate(file));
  const program = ts.createProgram(
    files.map((file) => join(repository, file)),
    options,
  );
  const { diagnostics } = program.emit();
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length > 0)
    throw new Error(
      ts.formatDiagnostics(problems, { ...ts.sys, getCanonicalFileName: (name) => name, getNewLine: () => '\n' }),
    );
}

/** The text of a component with the endings of its imports as in the compiled code. */
const withCompiledImports = (text: string): string =>
  text.replace(/^((?:import|export|\})[^'\n]*'\.[^'\n]*)\.ts(?=';$)/gm, '$1.js');

/** Copies components, styles, fonts and other files as they are. */
function copyFiles(folder: string): void {
  for (const file of globSync('src/**/*', { cwd: repository }).filter(isSource)) {
    const [from, to] = [join(repository, file), join(folder, file.slice('src/'.length))];
    const isCompiled = file.endsWith('.ts') && !file.endsWith('.d.ts') && !isTemplate(file);
    if (!statSync(from).isFile() || isCompiled) continue;
    mkdirSync(dirname(to), { recursive: true });
    if (file.endsWith('.astro')) writeFileSync(to, withCompiledImports(readFileSync(from, 'utf8')));
    else copyFileSync(from, to);
  }
}

/** The path of a source in the package, such as `./dist/lab/index.js`. */
const compiled = (path: string): string => path.replace(/^\.\/src\//, './dist/').replace(/\.ts$/, '.js');

/** The package's own package.json. */
function packageManifest(manifest: Manifest, version: string): object {
  const { name, description, license, type, engines, dependencies } = manifest;
  const entry = (path: string): unknown =>
    path.endsWith('.ts')
      ? { types: compiled(path).replace(/\.js$/, '.d.ts'), default: compiled(path) }
      : compiled(path);
  return {
    ...{ name, version, description, license, type, engines },
    keywords: ['astro', 'astro-integration', 'withastro', 'blog', 'reproducibility', 'backpropagation'],
    exports: Object.fromEntries(Object.entries(manifest.exports).map(([key, path]) => [key, entry(path)])),
    bin: Object.fromEntries(Object.entries(manifest.bin).map(([key, path]) => [key, compiled(path)])),
    // Modules of experiments are left out of a bundle that uses nothing of them; style sheets are not.
    sideEffects: ['**/*.css', '**/*.astro', './dist/lab/fixed-locale.js'],
    files: ['dist'],
    dependencies,
  };
}

const folder = join(repository, '.measured/package');

/** Writes what is packed to `.measured/package/`. */
export function stage(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  compile(join(folder, 'dist'));
  copyFiles(join(folder, 'dist'));
  for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md']) copyFileSync(join(repository, file), join(folder, file));
}

/** Packs what is staged, under another version if one is given. Returns the path of the tarball. */
export function pack(version?: string): string {
  const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Manifest;
  const own = packageManifest(manifest, version ?? manifest.version);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);
  const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', join(repository, '.measured')], {
    cwd: folder,
    encoding: 'utf8',
  });
  return join(repository, '.measured', name.trim());
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { version: { type: 'string' } } });
  stage();
  console.log(pack(values.version));
}
