/** The package as its users have it: a tarball, from which a blog is made, built, changed and updated in a folder of its own. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ended } from '../helpers/child.ts';
import { filesBelow, repository, textsBelow, writeFiles } from '../helpers/files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { pack, stage } from './pack.ts';

/** Runs a command without the variables of this run; throws with its output if it fails. */
async function run(cwd: string, program: string, ...args: string[]): Promise<string> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
  const { code, output } = await ended(spawn(program, args, { cwd, env }));
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}\n${output}`);
  return output;
}

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  version: string;
  dependencies: Readonly<Record<string, string>>;
};
const nextVersion = `${manifest.version}-next`;

/** What an author has: everything but what npm and builds make. */
const ownFiles = (root: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(textsBelow(root)).filter(([path]) => !/^(?:node_modules|dist|\.measured|\.astro)\//.test(path)),
  );

/** Installs the tarball in `root` as npm does, but for its dependencies, which are links to those of this repository. */
function install(root: string, tarball: string): void {
  const modules = join(root, 'node_modules');
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const name of readdirSync(join(repository, 'node_modules')).filter((each) => !each.startsWith('.')))
    symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  execFileSync('tar', ['-xzf', tarball, '-C', modules]);
  renameSync(join(modules, 'package'), join(modules, 'astro-measured'));
  const program = join(modules, 'astro-measured/dist/cli/main.js');
  chmodSync(program, 0o755);
  symlinkSync(program, join(modules, '.bin/measured'));
}

let blog = '';
let tarball = '';
beforeAll(async () => {
  stage();
  tarball = pack();
  const folder = temporaryFolder({}, afterAll);
  install(folder, tarball);
  await run(folder, 'node_modules/.bin/measured', 'new', 'blog', 'my-blog');
  blog = join(folder, 'my-blog');
  install(blog, tarball);
});

/** The blog with other files. */
function changed(files: Parameters<typeof writeFiles>[1]): string {
  const root = temporaryFolder({}, afterAll);
  cpSync(blog, root, { recursive: true, filter: (path) => !/\/(?:node_modules|dist|\.astro)$/.test(path) });
  install(root, tarball);
  writeFiles(root, files);
  return root;
}

const page = (root: string, path: string): string => readFileSync(join(root, 'dist', path, 'index.html'), 'utf8');

/** The configuration with other options, written after the blog's own. */
const configuration = (more: string, options: string): string =>
  readFileSync(join(blog, 'astro.config.mjs'), 'utf8')
    .replace('integrations:', `${more} integrations:`)
    .replace(/measured\(\{/, () => `measured({ ...{ ${options} },`)
    .replace(/^ *(?:language|accent): .*\n/gm, '');

test('a new blog passes its own test: types, build and claims', async () => {
  const output = await run(blog, 'npm', 'test');
  expect(output).toContain('0 errors');
  const html = page(blog, 'posts/coin-flips');
  expect(html).toContain('<svg');
  expect(html).toContain('class="derivation"');
  expect(html).toContain('class="claim"');
  expect(html).toContain('Feller');
  expect(html).not.toMatch(/<script(?! type="application\/ld\+json")/);
});

test('an update changes no file of the author, and results stay cached', async () => {
  const root = changed({});
  await run(root, 'npm', 'run', 'build');
  const before = ownFiles(root);
  install(root, pack(nextVersion));
  const output = await run(root, 'npm', 'run', 'build');
  expect(output).toMatch(/coin-flips: \d+ cached/);
  expect(JSON.parse(readFileSync(join(root, 'dist/measured.json'), 'utf8'))).toMatchObject({
    versions: { measured: nextVersion },
  });
  const after = ownFiles(root);
  expect(after).toEqual(before);
});

test('a blog without experiments', async () => {
  const root = changed({
    'experiments/coin-flips.ts': null,
    'experiments/coin-flips.charts.ts': null,
    'posts/coin-flips.ts': null,
    'posts/coin-flips.mdx': '---\ntitle: Words alone\ndate: 2026-01-02\n---\n\nA text.\n',
  });
  await run(root, 'npm', 'run', 'build');
  expect(page(root, 'posts/coin-flips')).toContain('A text.');
});

test('a blog in Spanish below a base path', async () => {
  const root = changed({ 'astro.config.mjs': configuration("base: '/blog',", "language: 'es'") });
  await run(root, 'npm', 'run', 'build');
  const html = page(root, 'posts/coin-flips');
  expect(html).toContain('<html lang="es"');
  expect(html).toContain('href="/blog/archive/"');
  expect(html).toContain('Figura 1.');
  expect(html).toMatch(/href="#fig-error"[^>]*>[Ff]igura.1</);
  expect(html).toContain('Referencias');
  expect(html).not.toMatch(/(?:href|src)="\/(?!blog\/)/);
});

test('a layout and a component of the blog’s own, and a page', async () => {
  const root = changed({
    'src/layouts/Post.astro': `---
import Post from 'astro-measured/layouts/Post.astro';
---
<Post {...Astro.props}><p>our layout</p></Post>
`,
    'src/components/Note.astro': `---
type Props = { by: string };
---
<aside>Noted by {Astro.props.by}: <slot /></aside>
`,
    'src/pages/colophon.md': '---\ntitle: Colophon\n---\n\nMade with $\\pi$.\n',
    'posts/noted.mdx':
      '---\ntitle: Noted\ndate: 2026-01-02\n---\n\n<Note by="us">It *works*, see the [colophon](/colophon/).</Note>\n',
  });
  await run(root, 'npm', 'run', 'build');
  const html = page(root, 'posts/noted');
  expect(html).toMatch(/class="post-body"[\s\S]*<p>our layout<\/p>[\s\S]*<footer/);
  expect(html).toMatch(/<aside>Noted by us: .*<em>works<\/em>/s);
  expect(page(root, 'colophon')).toMatch(/<h1[^>]*>Colophon<\/h1>[\s\S]*class="katex"/);
});

test('every module that the package imports is among its files, its dependencies or Node’s own', () => {
  const folder = join(repository, '.measured/package');
  const problems: string[] = [];
  const files = filesBelow(folder, 'dist');
  for (const [path, bytes] of files) {
    if (!/\.(?:js|astro|mjs)$/.test(path) || path.includes('/blog-template/')) continue;
    const text = bytes.toString().replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, specifier] of text.matchAll(
      /^(?:import|export|\})[^'"`;]*?from ['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)|^import ['"]([^'"]+)['"]/gm,
    )) {
      if (specifier === undefined || /^(?:\.|node:|astro:|virtual:|astro-measured\/)/.test(specifier)) continue;
      const [name = ''] = /^(?:@[^/]+\/)?[^/]+/.exec(specifier) ?? [];
      if (!Object.hasOwn(manifest.dependencies, name)) problems.push(`${path}: ${specifier}`);
    }
  }
  expect(problems).toEqual([]);
});
