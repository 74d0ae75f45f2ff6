/** Parses a declared data file by its extension: CSV, JSON or IDX (the format of MNIST), plain or gzipped. */
import { gunzipSync } from 'node:zlib';
import { type ParseError, parse, printParseErrorCode, visit } from 'jsonc-parser';
import { type CsvTable, parseCsv } from './csv.ts';
import { isExact } from './exact-number.ts';
import { type IdxArray, parseIdx } from './idx.ts';

export type { CsvTable } from './csv.ts';
export type { IdxArray } from './idx.ts';

/** The type of the value that a file of that name is parsed into. */
export type DataFrom<F extends string> = F extends `${string}.csv` | `${string}.csv.gz`
  ? CsvTable
  : F extends `${string}.json` | `${string}.json.gz`
    ? unknown
    : IdxArray;

/** A data file that is not in the format of its extension. */
class DataError extends Error {
  constructor(file: string, reason: string) {
    super(`${file}: ${reason}`);
    this.name = 'DataError';
  }
}

/** JSON.parse says only sometimes where an error is, and takes the last of two fields of one name; jsonc-parser sees both. */
function parseJson(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true, allowEmptyContent: false });
  const fail = (offset: number, problem: string): never => {
    throw new SyntaxError(`line ${text.slice(0, offset).split('\n').length}: ${problem}`);
  };
  const [first] = errors;
  if (first !== undefined) fail(first.offset, printParseErrorCode(first.error));
  const objects: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => void objects.push(new Set()),
    onObjectEnd: () => void objects.pop(),
    onObjectProperty(name, offset) {
      if (objects.at(-1)!.has(name)) fail(offset, `“${name}” stands twice in one object; keep one of them`);
      if (name === '__proto__') fail(offset, `“${name}” is no name of a field in JavaScript; give it another`);
      objects.at(-1)!.add(name);
    },
    onLiteralValue(each: unknown, offset, length) {
      const written = text.slice(offset, offset + length);
      if (typeof each === 'number' && !isExact(written))
        fail(offset, `${written} has more digits than a number holds, or is beyond its range; write it between quotes`);
    },
  });
  return value;
}

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** Parses the bytes of `file`: `.csv`, `.json`, anything else as IDX; `.gz` is unpacked first. Throws DataError. */
export function parseData(file: string, bytes: Uint8Array): unknown {
  try {
    if (file.endsWith('.gz')) return parseData(file.slice(0, -'.gz'.length), gunzipSync(bytes));
    if (file.endsWith('.csv')) return parseCsv(decode(bytes));
    if (file.endsWith('.json')) return parseJson(decode(bytes));
    return parseIdx(bytes);
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(file, error instanceof Error ? error.message : String(error));
  }
}
