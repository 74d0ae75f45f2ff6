/** A small blog in a temporary folder, which uses the package as another blog does: by its name, from `node_modules`. */
import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandResult, ended } from './child.ts';
import { type Files, repository } from './files.ts';
import { temporaryFolder } from './temporary-folder.ts';

const least: Files = {
  'package.json': '{ "type": "module", "private": true }\n',
  'src/content.config.ts': "export { collections } from 'astro-measured/content';\n",
};

/** The configuration of a small blog with more options of `measured()`, and more settings of Astro, as JavaScript. */
export const configuration = (options = '', settings = ''): string => `import measured from 'astro-measured';

export default {
  site: 'https://www.example.org',
  ${settings}
  integrations: [measured({ title: 'Small', description: 'A small blog.', ${options} })],
};
`;

/** Creates the blog; it is removed when the test is over. */
export function smallBlog(files: Files): string {
  const root = temporaryFolder({ ...least, 'astro.config.mjs': configuration(), ...files });
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(repository, join(root, 'node_modules/astro-measured'));
  for (const name of ['astro', 'sharp', 'zod'])
    symlinkSync(join(repository, 'node_modules', name), join(root, 'node_modules', name));
  return root;
}

/** Runs a command of `measured` in the blog. */
export function measured(root: string, ...args: readonly string[]): Promise<CommandResult> {
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', NODE_ENV: 'production' };
  return ended(spawn(process.execPath, [join(repository, 'src/cli/main.ts'), ...args], { cwd: root, env }));
}
