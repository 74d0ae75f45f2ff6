/**
 * Says whether data files are what their loaders make. Git keeps no times of files, so a committed record has digests:
 * of each loader as it ran last, and of what it wrote.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LabError, messageOf } from '../errors.ts';
import { sha256 } from '../plan/task-key.ts';
import { loadersFile } from '../project.ts';
import { normalizedContent, normalizeLineEndings } from './line-endings.ts';
import { filesWithLoader, findLoader } from './loaders.ts';
import { parseData } from './read-data-file.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const schema = z.record(
  z.string(),
  z.strictObject({ loader: z.string(), loaderSha256: digest, fileSha256: digest }).readonly(),
);

/** By data file: its loader, and the digests of both when the loader ran last. Paths are from the project's folder. */
export type LoaderRecord = Readonly<z.infer<typeof schema>>;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Reads the record; it is empty if there is no file. Throws LabError if it is damaged. */
export async function readLoaderRecord(root: string): Promise<LoaderRecord> {
  try {
    const bytes = await readFile(join(root, loadersFile));
    const parsed = schema.safeParse(parseData(loadersFile, normalizedContent(loadersFile, bytes)));
    if (parsed.success) return parsed.data;
    const [{ path, message }] = parsed.error.issues as [z.core.$ZodIssue];
    throw new Error(`${loadersFile}: ${[...path, message].join(': ')}`);
  } catch (error) {
    if (isMissing(error)) return {};
    throw new LabError(`${messageOf(error)}; mend the file, or remove it and run \`npm run data\``, { cause: error });
  }
}

/** Digest of a loader's source, the same with Windows line endings. */
export const loaderDigest = async (root: string, loader: string): Promise<string> => {
  const text = (await readFile(join(root, loader))).toString('latin1');
  return sha256(Buffer.from(normalizeLineEndings(text), 'latin1'));
};

/** Digest of a data file, as in the key of a task. */
export const fileDigest = (file: string, bytes: Uint8Array): string => sha256(normalizedContent(file, bytes));

/** What is wrong with a data file that `loader` makes; undefined if it is up to date. */
export async function whyStale(root: string, file: string, loader: string): Promise<string | undefined> {
  let found: string;
  try {
    found = fileDigest(file, await readFile(join(root, file)));
  } catch (error) {
    if (isMissing(error)) return `${file} is not there: its loader, ${loader}, has not made it yet`;
    throw new LabError(`${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  const records = await readLoaderRecord(root);
  const record = Object.hasOwn(records, file) ? records[file] : undefined;
  if (record === undefined) return `${file} is stale: ${loadersFile} does not say that its loader, ${loader}, made it`;
  if (record.loader !== loader) return `${file} is stale: ${record.loader} made it, and its loader is ${loader} now`;
  if (record.loaderSha256 !== (await loaderDigest(root, loader))) {
    return `${file} is stale: its loader, ${loader}, changed since it made the file`;
  }
  if (record.fileSha256 !== found) return `${file} is not what its loader, ${loader}, wrote: it was changed since`;
  return undefined;
}

/** Throws LabError if the data file `file` has a loader and is not what that makes. */
export async function checkMade(root: string, file: string): Promise<void> {
  const loader = await findLoader(root, file);
  const reason = loader === undefined ? undefined : await whyStale(root, file, loader);
  if (reason !== undefined) throw new LabError(`${reason}; run \`npm run data\``);
}

/** Throws the first LabError of a file in `experiments/` or `posts/` that has a loader. */
export async function checkAllMade(root: string): Promise<void> {
  for (const file of filesWithLoader(root)) await checkMade(root, file);
}
