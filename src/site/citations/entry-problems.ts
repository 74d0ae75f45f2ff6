/** What would be left out or misread of a BibTeX entry: misspelt types and fields, lists of names and dates that are none. */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { editsBetween, nearestName } from '../../lab/did-you-mean.ts';

/** Fields that lists of references show; a name that is one edit away from one of them is misspelt. */
const shownFields =
  'address author booktitle chapter date doi edition editor eprint howpublished institution issue journal journaltitle location month number organization pages publisher school series subtitle title translator type url urldate version volume year'.split(
    ' ',
  );
const { constants, types: typeMaps } = plugins.config.get('@bibtex');
const types = Object.keys(typeMaps.biblatex.source);
const knownFields = [...Object.keys(constants.fieldTypes), 'eissn', 'pissn', 'urn'];

/** The known name that `written`, which is none, misspells by at most so many edits. */
function misspelt(written: string, names: readonly string[], edits: number): string | undefined {
  const guess = nearestName(written, names);
  return guess !== undefined && editsBetween(written, guess) <= edits ? guess : undefined;
}

/** The type of entry that `written` misspells. */
export const misspeltType = (written: string): string | undefined =>
  types.includes(written) ? undefined : misspelt(written, types, written.length > 5 ? 2 : 1);

/** The field that `written` misspells; reference managers write many that are unknown here. */
export const misspeltField = (written: string): string | undefined =>
  knownFields.includes(written) ? undefined : misspelt(written, shownFields, 1);

/** The fields of the entry that begins at `start`, as they are written, with their offsets. */
export function writtenFields(text: string, start: number): { name: string; offset: number }[] {
  const fields: { name: string; offset: number }[] = [];
  const begins = /,\s*([a-z][\w:+-]*)\s*=/iy;
  let [depth, isQuoted] = [0, false];
  for (let i = text.slice(start).search(/[{(]/) + start; i < text.length; i += 1) {
    const character = text[i]!;
    if (character === '\\') i += 1;
    else if (character === '{' || (character === '(' && depth === 0)) depth += 1;
    else if (character === '}' && --depth <= 0) break;
    else if (character === '"' && depth === 1) isQuoted = !isQuoted;
    else if (character === ',' && depth === 1 && !isQuoted) {
      begins.lastIndex = i;
      const [whole, name] = begins.exec(text) ?? [];
      if (name)
        fields.push({ name: name.toLowerCase(), offset: i + whole!.length - whole!.slice(1).trimStart().length });
    }
  }
  return fields;
}

/** Fields that hold lists of names. */
export const nameFields = ['author', 'editor', 'translator', 'bookauthor'];

/** Splits `tex` at the matches of `separator` outside of braces. */
function splitOutsideBraces(tex: string, separator: RegExp): string[] {
  let depth = 0;
  const flat = [...tex].map((character) => {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    return depth > 0 ? '\0'.repeat(character.length) : character;
  });
  const pieces: string[] = [];
  let from = 0;
  for (const match of flat.join('').matchAll(separator)) {
    pieces.push(tex.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...pieces, tex.slice(from)];
}

/** The message for a malformed list of names; undefined if it is well-formed. */
function nameProblem(tex: string): string | undefined {
  for (const name of splitOutsideBraces(tex, /\s+and\s+/gi)) {
    if (name.trim() === '') return 'a name is missing beside “and”';
    if (splitOutsideBraces(name, /,/g).length > 3)
      return `“${name.trim()}” is one name with too many commas; write “and” between names`;
  }
  return undefined;
}

const months = 'january february march april may june july august september october november december'.split(' ');

/** Whether a date in digits is none: `12/03/2020`, `2020-13`. Others, such as `c. 2020`, are words. */
function isWrongDate(written: string): boolean {
  const ends = written.trim().split('/');
  if (!ends.every((end) => /^[\d.\s-]+$/.test(end))) return false;
  return !ends.every((end) => {
    const [, year, month = '1', day = '1'] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(end) ?? [];
    const isSeason = Number(month) >= 21 && Number(month) <= 24;
    const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
    return year && (isSeason || (Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= last));
  });
}

/** What is wrong with the value of a field; undefined if nothing is. */
export function valueProblem(field: string, written: string): string | undefined {
  if (nameFields.includes(field)) return nameProblem(written);
  if (field.endsWith('date') && isWrongDate(written))
    return `“${written}” is no date; write 2026-11-22, 2026-11 or 2026`;
  if (field !== 'month' || !/^(?:\d+|[a-z]+\.?)$/i.test(written)) return undefined;
  const name = written.toLowerCase().replace('.', '');
  const isMonth = /^\d+$/.test(name) ? Number(name) >= 1 && Number(name) <= 12 : isAbbreviated(name);
  return isMonth || /^(?:spring|summer|autumn|fall|winter)$/.test(name)
    ? undefined
    : `“${written}” is no month; write jan, or 1`;
}

const isAbbreviated = (name: string): boolean => name.length > 2 && months.some((month) => month.startsWith(name));
