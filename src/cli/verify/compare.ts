/** Compares the files of two sites, byte for byte. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Every file below `folder`, by its path with slashes, sorted; at its top, only entries that `keeps` names. */
export const filesOf = (folder: string, keeps: (entry: string) => boolean = () => true): Map<string, Buffer> =>
  new Map(
    readdirSync(folder)
      .filter(keeps)
      .flatMap((name) => pathsBelow(join(folder, name)))
      .sort()
      .map((path) => [relative(folder, path).replaceAll(sep, '/'), readFileSync(path)]),
  );

/** The files at or below a path. */
const pathsBelow = (path: string): string[] =>
  statSync(path).isFile() ? [path] : readdirSync(path).flatMap((name) => pathsBelow(join(path, name)));

/** Where two files first differ: the byte, and the text around it in both. */
export function firstDifference(one: Buffer, other: Buffer): string {
  const found = one.findIndex((byte, i) => byte !== other[i]);
  const at = found === -1 ? Math.min(one.length, other.length) : found;
  const around = (bytes: Buffer) => JSON.stringify(bytes.subarray(Math.max(0, at - 20), at + 20).toString('latin1'));
  return `byte ${at} (${one.length} and ${other.length} bytes)\n  ${around(one)}\n  ${around(other)}`;
}

/** One line for each file that differs or is in one site only. */
export function differences(one: ReadonlyMap<string, Buffer>, other: ReadonlyMap<string, Buffer>): string[] {
  const names = [...new Set([...one.keys(), ...other.keys()])].sort();
  return names.flatMap((name) => {
    const [a, b] = [one.get(name), other.get(name)];
    if (a === undefined || b === undefined) return [`${name}: only in the ${a ? 'first' : 'second'}`];
    return a.equals(b) ? [] : [`${name}: ${firstDifference(a, b)}`];
  });
}
