/** Gives the imported posts their new addresses, and finds a post by its old address. */
import { isSlug, toSlug } from '../cli/slug.ts';
import { addressKey } from './blog/addresses.ts';
import { nameParts, type Source } from './read-post.ts';

/** The posts of one import by their addresses. */
export class PostMap {
  readonly #slugs = new Map<Source, string>();
  readonly #bySlug = new Map<string, Source>();
  readonly #byAddress = new Map<string, Source>();
  readonly #byDay = new Map<string, Source>();

  /** Gives each post the slug of its name; of posts with one name, the later ones get the year or the day behind it. */
  constructor(sources: readonly Source[]) {
    const ordered = sources.toSorted((a, b) =>
      a.fields.date < b.fields.date ? -1 : a.fields.date > b.fields.date ? 1 : 0,
    );
    for (const source of ordered) {
      const slug = this.#freeSlug(source);
      this.#slugs.set(source, slug);
      this.#bySlug.set(slug, source);
      for (const path of [source.address, ...source.redirects])
        if (!this.#byAddress.has(addressKey(path))) this.#byAddress.set(addressKey(path), source);
      for (const day of [source.day, source.fields.date])
        if (day !== undefined && !this.#byDay.has(`${day}/${addressKey(source.name)}`))
          this.#byDay.set(`${day}/${addressKey(source.name)}`, source);
    }
  }

  #freeSlug({ name, slug, fields: { date } }: Source): string {
    const ascii = toSlug(name);
    // A name of which hardly a letter is left, such as 日本語-2, says nothing.
    const named = /[a-z]/.test(ascii) || /^\p{ASCII}*$/u.test(name) ? ascii : '';
    const wanted = named || toSlug(slug) || toSlug(date);
    const tries = [wanted, `${wanted}-${date.slice(0, 4)}`, `${wanted}-${date}`];
    for (let n = 2; ; n++) {
      const free = tries.find((each) => isSlug(each) && !this.#bySlug.has(each));
      if (free) return free;
      tries.push(`${wanted}-${n}`);
    }
  }

  /** The new slug of a post. */
  slugOf(source: Source): string {
    return this.#slugs.get(source)!;
  }

  /** The post whose page was at a path of the old site, or is at one of the new, `/posts/slug/`. */
  at(path: string): Source | undefined {
    const found = this.#byAddress.get(addressKey(path));
    if (found) return found;
    const dated = /\/(\d{4})\/(\d{1,2})\/(\d{1,2})\/([^/]+)$/.exec(addressKey(path));
    if (dated) {
      const [, year, month, day, name] = dated;
      return this.#byDay.get(`${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}/${addressKey(name!)}`);
    }
    return this.#bySlug.get(/^\/posts\/([^/]+)$/.exec(addressKey(path))?.[1] ?? '');
  }

  /** The post that a tag of Liquid names, `2017-05-16-name` with or without folder and ending. */
  named(text: string): Source | undefined {
    const file = text
      .trim()
      .replace(/^["']|["']$/g, '')
      .replace(/\.(?:md|markdown|html?)$/, '')
      .split('/')
      .at(-1)!;
    const { day, name } = nameParts(`${file}.md`);
    if (day) return this.#byDay.get(`${day}/${addressKey(name)}`);
    return [...this.#bySlug.values()].find((source) => source.name === name);
  }
}
