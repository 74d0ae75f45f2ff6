/** Declared data files: CSV, JSON and IDX (the format of MNIST), told apart by name, read into plain values. */
import { gunzipSync } from 'node:zlib';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { type CsvTable, parseCsv } from './csv.ts';
import { type IdxArray, parseIdx } from './idx.ts';

export type { CsvTable } from './csv.ts';
export type { IdxArray } from './idx.ts';

/** What a file of that name is read as. */
export type DataFrom<F extends string> = F extends `${string}.csv` | `${string}.csv.gz`
  ? CsvTable
  : F extends `${string}.json` | `${string}.json.gz`
    ? unknown
    : IdxArray;

/** A data file that cannot be read as what its name says. */
class DataError extends Error {
  constructor(file: string, reason: string) {
    super(`${file}: ${reason}`);
    this.name = 'DataError';
  }
}

/** JSON.parse says where only sometimes; this one always knows. */
function parseJson(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true, allowEmptyContent: false });
  const [first] = errors;
  if (first === undefined) return value;
  const line = text.slice(0, first.offset).split('\n').length;
  throw new SyntaxError(`line ${line}: ${printParseErrorCode(first.error)}`);
}

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** Reads the bytes of `file`: `.csv` and `.json` as text, anything else as IDX; `.gz` is unpacked first. */
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
