/** `npm run import -- old/_posts`: converts the posts of a Jekyll blog, copies their files, checks them as a build does and reports. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fieldProblems, type PostFields, writeFrontMatter } from '../cli/write-front-matter.ts';
import { addMacros } from '../site/add-macros.ts';
import { site } from '../site/config.ts';
import { readRoutesOnce } from '../site/routes.ts';
import { isOrigin, mayLoad } from '../site/security/policy.ts';
import { Library } from './blog/bibliography.ts';
import { type OldBlog, oldRootOf, readOldBlog } from './blog/old-blog.ts';
import { checkedText, type Part, partsOf, textOf } from './check-post.ts';
import { type Converted, convertPost } from './convert-post.ts';
import { displayPath, findPosts, isPost } from './find-posts.ts';
import { mendedTitle, mendFrontMatter } from './front-matter-checks.ts';
import { ImportFiles, Stage } from './import-files.ts';
import { ImportError } from './import-notes.ts';
import type { ScannedBody } from './post-body.ts';
import { PostMap } from './post-map.ts';
import { oldAddresses, readSource, type Source, scanSource } from './read-post.ts';
import { type PostNotes, type Refusal, refusalOf, reportLines } from './report.ts';
import { macrosUsedIn, shareMacros } from './shared-macros.ts';
import { targetsOf } from './targets.ts';
import { setProblem } from './tex/tex.ts';
import { resolveCitations, resolveLinks } from './tree/links.ts';

/** What to import, and where. */
export type ImportOptions = {
  /** The new blog's folder; posts are written to its `posts`. */
  readonly root: string;
  /** Files or folders of old posts. */
  readonly from: readonly string[];
  /** Whether to replace posts and images that exist. */
  readonly force: boolean;
  /** Whether to report only, and write nothing. */
  readonly dryRun?: boolean;
  readonly print: (line: string) => void;
};

/** A post with its slug and its text for the new blog, and where it is written. */
type Finished = {
  readonly post: Converted;
  readonly slug: string;
  readonly fields: PostFields;
  readonly parts: readonly Part[];
  readonly target: string;
};

/** One import, step by step; a post that fails in one step is left out of the next. */
class Import {
  readonly #options: ImportOptions;
  readonly #refused: Refusal[] = [];
  readonly #blogs = new Map<string, OldBlog>();
  readonly #files = new ImportFiles();
  readonly #library: Library;
  readonly #stage: Stage;
  /** Origins of images that the blog does not show. */
  readonly #hosts = new Set<string>();

  constructor(options: ImportOptions) {
    this.#options = options;
    this.#library = new Library(join(options.root, 'posts/references.bib'));
    this.#stage = new Stage(options.root);
  }

  async run(): Promise<number> {
    try {
      return await this.#run();
    } finally {
      this.#stage.remove();
    }
  }

  async #run(): Promise<number> {
    const { root, from, print, dryRun = false } = this.#options;
    readRoutesOnce();
    const pages: string[] = [];
    const sources = await this.#each(
      await findPosts(root, from, this.#refused, pages),
      ([path, displayPath]) => this.#read(path, displayPath),
      ([, displayPath]) => displayPath,
    );
    const map = new PostMap(sources);
    const displayOf = ({ file }: Source) => file.displayPath;
    const bodies = new Map<Source, ScannedBody>();
    await this.#each(sources, (source) => void bodies.set(source, this.#scan(source, map)), displayOf);
    const scanned = [...bodies.keys()];
    const macros = shareMacros(
      site.macros,
      [...this.#blogs.values()].map((blog) => blog.macros),
      [...bodies.values()],
    );
    const shared = {
      macros,
      library: this.#library,
      files: this.#files,
      shows: (url: string) => this.#shows(url),
    };
    const converted = await this.#each(
      scanned,
      (source) => convertPost(source, bodies.get(source)!, shared),
      displayOf,
    );

    const posts = new Map(converted.map((post) => [post.source, post]));
    // The checks look for posts in the folder, also for those that are still to be written.
    for (const { source, fields } of converted)
      this.#stage.write(join('posts', `${map.slugOf(source)}.mdx`), writeFrontMatter(fields));
    const finished = await this.#finish(converted, map, posts);
    const used = new Set(converted.flatMap(({ tree }) => [...macrosUsedIn(tree, macros.shared)]));
    const added = [...macros.shared].filter(
      ([name, { first }]) => used.has(name) && first === undefined && !Object.hasOwn(site.macros, name),
    );
    const written = await this.#check(finished);

    const targets = this.#write(written);
    for (const { post, target } of targets) print(`${post.source.file.displayPath} → ${target}`);
    const copies = this.#files.copies;
    if (!dryRun) this.#copy(targets);
    const imported: PostNotes[] = targets.map(({ post: { source } }) => ({
      displayPath: source.file.displayPath,
      notes: source.notes.toSorted((a, b) => a.line - b.line),
    }));
    const summary = {
      imported,
      refused: this.#refused,
      pages: pages.sort().map((page) => displayPath(root, page)),
      images: copies.filter(([to]) => to.startsWith('posts/')).length,
      files: copies.filter(([to]) => to.startsWith('public/')).length,
      entries: this.#library.count,
      redirects: targets.reduce((sum, { fields }) => sum + (fields.redirectFrom?.length ?? 0), 0),
      dryRun,
    };
    const macroLines =
      added.length > 0 && targets.length > 0
        ? addMacros(root, new Map(added.map(([name, { tex }]) => [name, tex])), !dryRun)
        : [];
    const lines = reportLines(summary);
    for (const line of [...lines.slice(0, -1), ...this.#hostLines(), ...macroLines, ...lines.slice(-1)]) print(line);
    return this.#refused.length === 0 ? 0 : 1;
  }

  /** Whether the blog shows images of the host of an address. */
  #shows(url: string): boolean {
    const address = url.startsWith('//') ? `https:${url}` : url;
    if (mayLoad('images', address, site)) return true;
    if (isOrigin(URL.parse(address)?.origin ?? '')) this.#hosts.add(new URL(address).origin);
    return false;
  }

  /** A line that says how images on other hosts stay images. */
  #hostLines(): string[] {
    const hosts = [...this.#hosts].sort().map((host) => `'${host}'`);
    return hosts.length === 0
      ? []
      : [
          `Images on other hosts stay images if, before the import, the options of measured() have images: [${hosts.join(', ')}].`,
        ];
  }

  /** Does a step for each post; one that fails is refused. */
  async #each<From, To>(
    all: readonly From[],
    work: (each: From) => To | Promise<To>,
    displayOf: (each: From) => string,
  ): Promise<To[]> {
    const done: To[] = [];
    for (const each of all) {
      try {
        done.push(await work(each));
      } catch (error) {
        this.#refused.push(refusalOf(displayOf(each), error));
      }
    }
    return done;
  }

  async #read(path: string, displayPath: string): Promise<Source> {
    if (!isPost(path))
      throw new ImportError(1, 'expected Markdown (.md, .markdown) or HTML, found another kind of post');
    const root = oldRootOf(path);
    const blog = this.#blogs.get(root) ?? readOldBlog(root);
    this.#blogs.set(root, blog);
    const changed = (await stat(path)).mtime.toISOString().slice(0, 10);
    return readSource({ path, displayPath, bytes: await readFile(path), changed, blog });
  }

  #scan(source: Source, map: PostMap): ScannedBody {
    return scanSource(source, (name, line) => {
      const found = map.named(name);
      if (found) return `/posts/${map.slugOf(found)}/`;
      source.note(line, 'link', `{% post_url ${name} %}: there is no such post; nothing stands in its place`);
      return '';
    });
  }

  /** Resolves the links of the posts, which lead to each other. */
  #finish(converted: readonly Converted[], map: PostMap, posts: ReadonlyMap<Source, Converted>): Promise<Finished[]> {
    const taken = new Map<string, string>();
    return this.#each(
      converted,
      (post) => {
        const { source, tree, lineOf } = post;
        const slug = map.slugOf(source);
        resolveLinks(
          tree,
          targetsOf(post, { map, posts, files: this.#files, stage: this.#stage.folder }),
          source.note,
          lineOf,
        );
        resolveCitations(tree);
        const redirectFrom = oldAddresses(source, slug).filter((path) => {
          const other = taken.get(path);
          if (other !== undefined) source.note(1, 'link', `the old address ${path} leads to ${other} already`);
          else taken.set(path, `/posts/${slug}/`);
          return other === undefined;
        });
        const fields: PostFields = {
          ...post.fields,
          title: mendedTitle(post.fields.title, site.macros),
          ...(redirectFrom.length > 0 && { redirectFrom }),
        };
        const [wrong] = fieldProblems(fields);
        if (wrong) throw new ImportError(1, `the front matter would be wrong: ${wrong}`);
        return { post, slug, fields, parts: partsOf(tree, lineOf), target: join('posts', `${slug}.mdx`) };
      },
      ({ source }) => source.file.displayPath,
    );
  }

  /** Puts the new blog together, and runs the checks of a build on each post. */
  async #check(finished: readonly Finished[]): Promise<Finished[]> {
    const { folder } = this.#stage;
    for (const [to, from] of this.#files.copies) this.#stage.copy(from, to);
    if (this.#library.count > 0) this.#stage.write('posts/references.bib', this.#library.text);
    const write = ({ fields, post, target }: Finished, body: string) =>
      this.#stage.write(target, `${writeFrontMatter(fields, post.comments)}\n${body}`);
    for (const each of finished) write(each, '');
    const mended = await mendFrontMatter(folder, finished);
    // Links lead to places in posts that are checked later.
    for (const each of mended) write(each, textOf(each.parts));
    return this.#each(
      mended,
      async (each) => {
        const { source } = each.post;
        const set = (tex: string, display: boolean) => setProblem(tex, display, each.post.macros);
        const post = { path: join(folder, each.target), cwd: folder, title: each.fields.title, citable: true };
        const text = textOf(each.parts);
        const body = await checkedText(each.parts, post, set, (line, problem) => source.note(line, 'part', problem));
        if (body !== text) write(each, body);
        return each;
      },
      ({ post }) => post.source.file.displayPath,
    );
  }

  /** Writes the posts, over existing ones only if `force`; those that may not be written are refused. */
  #write(written: readonly Finished[]): Finished[] {
    const { root, force, dryRun } = this.#options;
    return written.filter(({ post, target }) => {
      const path = join(root, target);
      if (existsSync(path) && !force) {
        this.#refused.push({
          where: `${post.source.file.displayPath}:1`,
          why: `${target} exists; --force replaces it`,
        });
        return false;
      }
      if (dryRun) return true;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, readFileSync(join(this.#stage.folder, target)));
      return true;
    });
  }

  /** Copies images, files and the bibliography; a file with other content stays unless `force`. */
  #copy(targets: readonly Finished[]): void {
    const { root, force } = this.#options;
    if (targets.length === 0) return;
    if (this.#library.count > 0) writeFileSync(join(root, 'posts/references.bib'), this.#library.text);
    for (const [to, from] of this.#files.copies) {
      const path = join(root, to);
      const bytes = readFileSync(from);
      if (existsSync(path) && readFileSync(path).equals(bytes)) continue;
      if (existsSync(path) && !force) {
        targets[0]!.post.source.note(1, 'image', `${to} exists with other content and is kept; --force replaces it`);
        continue;
      }
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
  }
}

/** Imports all posts, and continues after one that fails. Returns the exit code: 0 if every post was written, else 1. */
export const importPosts = (options: ImportOptions): Promise<number> => new Import(options).run();
