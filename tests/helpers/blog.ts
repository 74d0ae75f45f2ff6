/** What a test blog has besides its texts: the package under the name that blogs import it by, and its configuration. Needs no Vitest. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from './files.ts';

/** The packages that npm would put in the blog's own `node_modules`, because its files or Astro import them. */
const packages = ['astro', 'sharp', 'zod'];

/** Installs the package in `sources` as `astro-measured` in the blog at `root`, by links. */
export function installPackage(root: string, sources = repository): void {
  const targets = { 'astro-measured': sources, ...Object.fromEntries(packages.map((name) => [name, installed(name)])) };
  for (const [name, target] of Object.entries(targets)) {
    const link = join(root, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }
}

const installed = (name: string): string => join(repository, 'node_modules', name);

/** A configuration: these options of `measured()` as JavaScript, besides title and description, and of Astro. */
export const blogConfiguration = (options = '', astro = "site: 'https://measured.example',"): string =>
  `import measured from 'astro-measured';

export default {
  ${astro}
  integrations: [measured({ title: 'Measured', description: 'A blog.', ${options} })],
};
`;

/** The files that every blog has. */
export const blogFiles = {
  'package.json': '{ "private": true, "version": "0.0.0", "type": "module" }\n',
  'astro.config.mjs': blogConfiguration(),
  'src/content.config.ts': "export { collections } from 'astro-measured/content';\n",
} as const;
