/** Converts one Jekyll post, given as bytes, to an MDX post that validates and compiles. */
import { basename } from 'node:path';
import { toString as plainText } from 'mdast-util-to-string';
import { toSlug } from '../cli/slug.ts';
import { fieldProblems, writeFrontMatter } from '../cli/write-front-matter.ts';
import { compileProblem } from './check-post.ts';
import { decode, readOldPost } from './front-matter.ts';
import { readFields } from './front-matter-fields.ts';
import { type ImageCopy, type ImageLookup, resolveImages } from './images.ts';
import { ImportError, type Note } from './import-notes.ts';
import { levelHeadings, type OldSite, resolveCaptions, resolveCitations, resolveLinks, withinSite } from './links.ts';
import { readBody, writeBody } from './post-body.ts';
import { dayOf } from './post-date.ts';

/** The file of an old post. */
export type OldFile = {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Date of the file's last change: `2017-05-16`. */
  readonly changed: string;
  readonly draft: boolean;
};

export type NewPost = {
  readonly slug: string;
  readonly mdx: string;
  readonly copies: readonly ImageCopy[];
  readonly notes: readonly Note[];
};

/** `2017-05-16-name.md` → its day and `name`. */
export function nameParts(path: string): { day: string | undefined; name: string } {
  const stem = basename(path).replace(/\.\w+$/, '');
  const match = /^(\d{4}-\d{1,2}-\d{1,2})-(.+)$/.exec(stem);
  const day = match ? dayOf(match[1]!) : undefined;
  return { day, name: day ? match![2]! : stem };
}

/** Does the text end within a sentence, as a truncated file does? */
function endsMidSentence(tree: ReturnType<typeof readBody>['tree']): boolean {
  const last = tree.children.at(-1);
  return (
    last?.type === 'paragraph' && last.children.at(-1)?.type === 'text' && /[\p{Ll},]$/u.test(plainText(last).trim())
  );
}

/**
 * Converts an old post to MDX; `find` looks up its images. Throws ImportError, with the line, if the file cannot be read as
 * a post or the result would not build.
 */
export async function convertPost(
  file: OldFile,
  site: OldSite,
  find: (url: string) => Promise<ImageLookup>,
): Promise<NewPost> {
  const notes: Note[] = [];
  const note = (line: number, message: string) => void notes.push({ line, message });
  const { day, name } = nameParts(file.path);
  const slug = toSlug(name);
  if (!slug) throw new ImportError(1, `the file's name has no letter or digit to make an address of: ${name}`);

  const old = readOldPost(decode(file.bytes));
  const { fields, image } = readFields(old, { name, day, changed: file.changed, draft: file.draft }, note);
  const variables = {
    'site.url': '',
    'site.baseurl': '',
    'site.github.url': '',
    'page.title': fields.title,
    'page.date': fields.date,
  };
  const { tree, lineOf } = readBody(old.body, old.bodyLine, note, { variables, postAddress: site.postAddress });

  const lookUp = (url: string) => find(withinSite(url, site) ?? url);
  const copies = await resolveImages(tree, lookUp, note, lineOf);
  levelHeadings(tree);
  resolveLinks(tree, site, note, lineOf);
  resolveCaptions(tree, note, lineOf);
  resolveCitations(tree);
  if (endsMidSentence(tree))
    note(old.bodyLine + old.body.trimEnd().split('\n').length - 1, 'the text breaks off here; is the file complete?');

  const comments: string[] = [];
  if (image) {
    const found = await lookUp(image.url);
    if (found.kind === 'copy') {
      copies.push(found.copy);
      const { alt, credit, link } = image;
      fields.image = { src: found.copy.to, alt, ...(credit && { credit }), ...(link && { link }) };
    } else {
      const why = found.kind === 'remote' ? 'on this disk: it lies on another host' : found.why;
      note(image.line, `no image ${image.url} ${why}; a comment stands in its place`);
      comments.push(`# image: ${JSON.stringify(image.url)} was not found`);
    }
  }

  const [wrong] = fieldProblems(fields);
  if (wrong) throw new ImportError(1, `the front matter would be wrong: ${wrong}`);
  const body = writeBody(tree);
  const problem = await compileProblem(body);
  if (problem) throw new ImportError(old.bodyLine, `its MDX would not compile: ${problem}`);
  return { slug, mdx: `${writeFrontMatter(fields, comments)}\n${body}`, copies, notes };
}
