/** A small blog in a temporary folder, which uses the package as another blog does: by its name, from `node_modules`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { blogFiles, installPackage } from './blog.ts';
import { type CommandResult, ended } from './child.ts';
import { type Files, repository } from './files.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Creates the blog; it is removed when the test is over. */
export function smallBlog(files: Files): string {
  const root = temporaryFolder({ ...blogFiles, ...files });
  installPackage(root);
  return root;
}

/** Runs a command of `measured` in the blog. */
export function measured(root: string, ...args: readonly string[]): Promise<CommandResult> {
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', NODE_ENV: 'production' };
  return ended(spawn(process.execPath, [join(repository, 'src/cli/main.ts'), ...args], { cwd: root, env }));
}
