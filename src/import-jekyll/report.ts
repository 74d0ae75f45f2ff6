/** The report of an import: what was imported, what needs hands and how long that takes, notes by kind, those on content first. */
import { messageOf } from '../lab/errors.ts';
import { ImportError, isOnContent, type Note, type NoteKind, noteKinds } from './import-notes.ts';

/** The notes of one post. */
export type PostNotes = { readonly displayPath: string; readonly notes: readonly Note[] };

/** A post that was not imported: where and why. */
export type Refusal = { readonly where: string; readonly why: string };

/** Where and why a post was not imported. */
export function refusalOf(displayPath: string, error: unknown): Refusal {
  if (error instanceof ImportError) return { where: `${displayPath}:${error.line}`, why: error.message };
  if (error instanceof RangeError)
    return { where: `${displayPath}:1`, why: 'its quotes, lists or tags are nested too deeply to be read' };
  return { where: displayPath, why: messageOf(error) };
}

/** Minutes that a post takes which was not imported. */
const minutesOfRefusal = 10;

const counted = (n: number, what: string, many = `${what}s`): string => `${n} ${n === 1 ? what : many}`;

/** The first of many names, and how many more there are. */
const listed = (names: readonly string[]): string =>
  names.length <= 5 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;

/** A time for people: `25 minutes`, `3 hours`. */
function duration(minutes: number): string {
  if (minutes < 1) return 'no time';
  if (minutes < 90) return counted(Math.ceil(minutes / 5) * 5, 'minute');
  return counted(Math.round(minutes / 60), 'hour');
}

/** The notes of a kind: on content each in a line, on appearance each message once. */
function linesOf(kind: NoteKind, posts: readonly PostNotes[]): string[] {
  const found = posts.flatMap(({ displayPath, notes }) =>
    notes
      .filter((note) => note.kind === kind)
      .map(({ line, message }) => ({ place: `${displayPath}:${line}`, message })),
  );
  if (found.length === 0) return [];
  const heading = `${noteKinds[kind].title} (${found.length})`;
  if (isOnContent(kind)) return ['', heading, ...found.map(({ place, message }) => `  ${place}: ${message}`)];
  const alike = Map.groupBy(found, ({ message }) => message.replace(/\{:[^}]*\}/, '{: … }'));
  const lines = [...alike].sort(([, a], [, b]) => b.length - a.length);
  return [
    '',
    heading,
    ...lines.map(([message, places]) =>
      places.length === 1
        ? `  ${places[0]!.place}: ${message}`
        : `  ${places[0]!.place} and ${places.length - 1} more: ${message}`,
    ),
  ];
}

/** What an import did, for a person to decide on. */
export type Summary = {
  readonly imported: readonly PostNotes[];
  readonly refused: readonly Refusal[];
  /** Pages of the old blog that are no posts. */
  readonly pages: readonly string[];
  /** Images and files that are copied, entries of the bibliography, and old addresses that lead to the new ones. */
  readonly images: number;
  readonly files: number;
  readonly entries: number;
  readonly redirects: number;
  readonly dryRun: boolean;
};

/** The lines of the report; the last one counts. */
export function reportLines(summary: Summary): string[] {
  const { imported, refused, pages, images, files, entries, redirects, dryRun } = summary;
  const notes = imported.flatMap((post) => post.notes);
  const onContent = notes.filter(({ kind }) => isOnContent(kind));
  const untouched = imported.filter((post) => !post.notes.some(({ kind }) => isOnContent(kind))).length;
  const minutes =
    onContent.reduce((sum, { kind }) => sum + noteKinds[kind].minutes, 0) + refused.length * minutesOfRefusal;
  const kinds = Object.keys(noteKinds) as NoteKind[];
  const kept = [
    counted(images, 'image'),
    counted(files, 'linked file'),
    ...(entries > 0 ? [`${counted(entries, 'entry', 'entries')} of references.bib`] : []),
    `${counted(redirects, 'old address', 'old addresses')} that lead to the new ones`,
  ];
  const summaryLines = [
    '',
    `${dryRun ? 'A try: nothing was written. ' : ''}${counted(imported.length, 'post')}, of which ${untouched} need no hands; kept: ${kept.join(', ')}.`,
    ...(pages.length > 0 ? [`Not imported, since they are no posts: ${listed(pages)}.`] : []),
    `By hand: ${counted(onContent.length, 'note')} on content in ${counted(imported.length - untouched, 'post')}${refused.length > 0 ? `, ${counted(refused.length, 'post')} not imported` : ''}; about ${duration(minutes)}.`,
  ];
  return [
    ...kinds.flatMap((kind) => linesOf(kind, imported)),
    ...(refused.length > 0 && imported.length > 0 ? [''] : []),
    ...refused.map(({ where, why }) => `${where}: not imported: ${why}`),
    ...(imported.length === 0 ? [] : summaryLines),
    `${counted(imported.length, 'post')} imported, ${refused.length} not, ${counted(notes.length, 'note')}.`,
  ];
}
