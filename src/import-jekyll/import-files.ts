/** The files of an import: copies of images and attachments, and the folder where the new blog is put together before it is written. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { markdownFiles } from '../site/posts/post-paths.ts';

/** Whether two files have the same bytes. */
const isSame = (a: string, b: string): boolean => readFileSync(a).equals(readFileSync(b));

/** The copies that an import makes, by their paths in the new blog. */
export class ImportFiles {
  readonly #copies = new Map<string, string>();
  readonly #byLowerCase = new Map<string, string>();
  readonly #images = new Map<string, string>();

  /** The address of an image's copy beside the posts: `./images/blog/curve.svg`. */
  image(from: string, oldRoot: string): string {
    const known = this.#images.get(from);
    if (known) return known;
    const kept = relative(realpathSync(oldRoot), realpathSync(from)).split(sep).join('/');
    const below = kept.replace(/^(?:images|img|assets\/images|assets\/img|assets)\//, '').replace(/[^\w./-]+/g, '-');
    const ending = extname(below);
    for (let n = 1; ; n++) {
      const name = n === 1 ? below : `${below.slice(0, below.length - ending.length)}-${n}${ending}`;
      const path = `posts/images/${name}`;
      const taken = this.#taken(path);
      if (taken !== undefined && !isSame(taken, from)) continue;
      this.#copies.set(path, taken ?? from);
      this.#byLowerCase.set(path.toLowerCase(), taken ?? from);
      this.#images.set(from, `./images/${name}`);
      return `./images/${name}`;
    }
  }

  /** The file that is copied to a path, case ignored, as some disks do. */
  #taken(path: string): string | undefined {
    return this.#byLowerCase.get(path.toLowerCase());
  }

  /** Keeps a file that posts link to at its address: `/files/slides.pdf`. */
  attachment(from: string, path: string): void {
    this.#copies.set(`public${path}`, from);
  }

  /** Each path in the new blog, and the file that is copied there. */
  get copies(): readonly (readonly [to: string, from: string])[] {
    return [...this.#copies].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/**
 * A folder that looks like the new blog after the import, in which the checks of the build find its posts and files. Nothing
 * of the blog itself is changed before they have run.
 */
export class Stage {
  readonly folder: string;

  /** Makes the folder with the posts and public files of the blog `root`. */
  constructor(root: string) {
    this.folder = join(root, '.measured/import');
    this.remove();
    mkdirSync(join(this.folder, 'posts'), { recursive: true });
    for (const file of markdownFiles(root)) this.copy(join(root, file), file);
    const bibliography = join(root, 'posts/references.bib');
    if (existsSync(bibliography)) this.copy(bibliography, 'posts/references.bib');
    if (existsSync(join(root, 'public')))
      cpSync(join(root, 'public'), join(this.folder, 'public'), { recursive: true });
  }

  /** Copies a file to a path of the blog. */
  copy(from: string, to: string): void {
    const target = join(this.folder, to);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(from, target);
  }

  /** Writes a file of the blog. */
  write(to: string, text: string): void {
    const target = join(this.folder, to);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
