/** Temporary folders of tests. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Files, writeFiles } from './files.ts';

/** Creates a folder with these files; it is removed when the test is over, or at another `end`, such as `afterAll`. */
export function temporaryFolder(files: Files = {}, end: (remove: () => void) => void = onTestFinished): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'measured-')));
  end(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
  return folder;
}
