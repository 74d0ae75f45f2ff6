/** Converts an old post that has been scanned: its tree as the new blog writes it, and its front matter. */
import type { Nodes, Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import type { PostFields } from '../cli/write-front-matter.ts';
import { codeTitle } from '../site/markdown/code-titles.ts';
import { codeLanguages, languageOf } from '../site/markdown/highlight.ts';
import { anchorsOf } from './anchors.ts';
import { bibliographyFiles, type Library } from './blog/bibliography.ts';
import type { ImportFiles } from './import-files.ts';
import { readBody, type ScannedBody, writtenCitation } from './post-body.ts';
import type { Source } from './read-post.ts';
import { defineMacros, type SharedMacros } from './shared-macros.ts';
import { asStrings, isSame, type Macro } from './tex/macros.ts';
import { findImage, resolveImages, resolveReferences } from './tree/images.ts';
import { levelHeadings, resolveCaptions } from './tree/links.ts';
import { mendNotes, mendTables } from './tree/mend.ts';

/** What the posts of one import share. */
export type Shared = {
  readonly macros: SharedMacros;
  readonly library: Library;
  readonly files: ImportFiles;
  /** Whether the new blog shows images of the host of an address. */
  readonly shows: (url: string) => boolean;
};

/** A post whose links are still to be resolved. */
export type Converted = {
  readonly source: Source;
  readonly tree: Root;
  readonly lineOf: (node: Nodes) => number;
  readonly fields: PostFields;
  /** Comments for the front matter. */
  readonly comments: string[];
  /** The macros that its formulas use, as KaTeX takes them. */
  readonly macros: Readonly<Record<string, string>>;
  /** New ids of its places, by old and new ones. */
  readonly anchors: ReadonlyMap<string, string>;
};

/** Does the text end within a sentence, as a truncated file does? */
function endsMidSentence({ children }: Root): boolean {
  const last = children.at(-1);
  return (
    last?.type === 'paragraph' && last.children.at(-1)?.type === 'text' && /[\p{Ll},]$/u.test(plainText(last).trim())
  );
}

/** Names of languages that other highlighters have, as the site's calls them. */
const otherNames: Readonly<Record<string, string>> = {
  console: 'shellsession',
  pycon: 'python',
  ipython: 'python',
  ipython3: 'python',
  python3: 'python',
  conf: 'ini',
  cfg: 'ini',
  'objective-c': 'objc',
  golang: 'go',
  bat: 'batch',
  ssh: 'bash',
  cuda: 'cpp',
  jsonc5: 'json5',
  vim: 'viml',
};

/** Languages of diagrams, which scripts of the old theme draw. */
const diagrams = new Set(
  'mermaid chartjs echarts vega_lite vega-lite geojson plotly tikz diff2html typograms graphviz dot'.split(' '),
);

/** What a block of code has after its language, as the site writes it: a title and marked lines. */
function settingsOf(meta: string): { readonly kept: string | null; readonly lost: string } {
  const marked = /\b(?:hl_lines|mark_lines)=["']?(\d[\d\s,-]*)["']?/.exec(meta);
  const [braces] = /\{[\d\s,-]+\}/.exec(meta) ?? [];
  const lines = marked ? `{${marked[1]!.trim().replace(/[\s,]+/g, ',')}}` : braces;
  const [title] = codeTitle.exec(meta) ?? [];
  const lost = [title, marked?.[0], braces].reduce<string>((rest, part) => rest.replace(part ?? '', ''), meta);
  return { kept: [title, lines].filter((part) => part !== undefined).join(' ') || null, lost: lost.trim() };
}

/** Gives blocks of code languages and settings that the site knows. */
function nameLanguages(tree: Root, { note }: Source, lineOf: Converted['lineOf']): void {
  visit(tree, 'code', (code) => {
    if (!code.lang) return;
    if (diagrams.has(code.lang.toLowerCase()))
      note(lineOf(code), 'html', `a diagram of ${code.lang} needs a script; its source stands as code`);
    const written = /^\{?\.?([\w+#-]+)/.exec(code.lang)?.[1]?.toLowerCase() ?? '';
    const named = [code.lang, written, otherNames[written] ?? '', written.replace(/^language-/, '')].find(
      (each) => each !== '' && codeLanguages.has(languageOf(each)),
    );
    if (named === undefined)
      note(lineOf(code), 'look', `code in ${code.lang}, a language without a highlighter here, has no colours`);
    code.lang = named ?? null;
    const { kept, lost } = settingsOf(code.meta ?? '');
    if (lost !== '') note(lineOf(code), 'look', `the settings ${lost} of a block of code are left out`);
    code.meta = kept;
  });
}

/** Converts a scanned post. */
export async function convertPost(source: Source, body: ScannedBody, shared: Shared): Promise<Converted> {
  const { file, old, note, image, address } = source;
  const { macros, library, files } = shared;
  const local = macros.local(body);
  const all = new Map<string, Macro>([...macros.shared, ...local]);
  const paths = bibliographyFiles(file.blog, file.path, source.bibliography);
  const missing = new Set<string>();
  const strings = asStrings(all);
  const { tree, lineOf } = readBody(body, all, strings, (keys, locator, line) => {
    const found = keys.map((key) => ({ key, result: library.cite(key, paths) }));
    for (const { key, result } of found) {
      if (!('problem' in result) || missing.has(key)) continue;
      missing.add(key);
      note(line, 'citation', `the citation of ${key} stands as text: ${result.problem}`);
    }
    const known = found.flatMap(({ result }) => ('key' in result ? [result.key] : []));
    if (known.length === found.length && known.length > 0) return writtenCitation(known, locator);
    return { type: 'text', value: `[${keys.join('; ')}${locator ? `, ${locator}` : ''}]` };
  });
  for (const [name, macro] of body.context.macros)
    if (local.has(name) && macros.shared.has(name) && !isSame(macros.shared.get(name)!, macro))
      note(macro.line, 'macro', `${name} means something else than in other posts; its definition stays in this post`);
  defineMacros(tree, local);
  resolveReferences(tree);
  const find = (url: string) => findImage(url, file, address, source.imageFolder);
  await resolveImages(
    tree,
    { find, copyOf: (path) => files.image(path, file.blog.root), shows: shared.shows },
    note,
    lineOf,
  );
  levelHeadings(tree);
  resolveCaptions(tree);
  mendTables(tree, note, lineOf);
  mendNotes(tree, note, lineOf);
  nameLanguages(tree, source, lineOf);
  if (endsMidSentence(tree))
    note(
      old.bodyLine + old.body.trimEnd().split('\n').length - 1,
      'text',
      'the text breaks off here; is the file complete?',
    );

  const comments: string[] = [];
  const fields = { ...source.fields };
  if (image) {
    const found = await find(image.url);
    if (found.kind === 'file') {
      const { alt, credit, link } = image;
      fields.image = {
        src: files.image(found.from, file.blog.root),
        alt,
        ...(credit && { credit }),
        ...(link && { link }),
      };
    } else {
      const why = found.kind === 'remote' ? 'on this disk: it lies on another host' : found.why;
      note(image.line, 'image', `no image ${image.url} ${why}; a comment stands in its place`);
      comments.push(`# image: ${JSON.stringify(image.url)} was not found`);
    }
  }
  return { source, tree, lineOf, fields, comments, macros: strings, anchors: anchorsOf(tree) };
}
