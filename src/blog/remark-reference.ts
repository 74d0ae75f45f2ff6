/** Remark plugin: `<Reference of="engine" />` in a post becomes a list of what there is, read from the sources and their comments. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { usage as newAndImport } from '../cli/usage.ts';
import { dataUsage } from '../lab/cli/data.ts';
import { usage as experiments } from '../lab/cli/options.ts';
import { nearestName } from '../lab/did-you-mean.ts';
import { workerUsage } from '../lab/queue/usage.ts';
import { attribute, isJsxElement } from '../math/jsx.ts';
import { report } from '../math/report-errors.ts';
import {
  componentReference,
  moduleReference,
  objectReference,
  type ReferenceEntry,
} from '../site/reference/read-reference.ts';

const source = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The components that posts use, by tag; the others are parts of pages. */
const postComponents = ['Chart', 'Claim', 'Derivation', 'Frames', 'Value', 'statements/Theorem', 'statements/Proof'];

const command = (name: string, code: string, comment: string): ReferenceEntry => ({
  name,
  code,
  comment,
  lang: 'text',
  unexplained: [],
});

const namesOnly = (entries: readonly ReferenceEntry[]): ReferenceEntry[] =>
  entries.map((entry) => ({ ...entry, code: '' }));

/** What can be listed: the exports of a part, the attributes of a component, the fields of front matter and configuration. */
export const references: Readonly<Record<string, () => ReferenceEntry[]>> = {
  engine: () => moduleReference(source('engine/index.ts')),
  lab: () => moduleReference(source('lab/index.ts')),
  figure: () => moduleReference(source('figure/index.ts')),
  derivation: () => moduleReference(source('site/components/derivation.ts')),
  // Their schemas are for machines; the comments say what to write.
  'front matter': () => namesOnly(objectReference(source('site/posts/frontmatter-schema.ts'), 'fields')),
  configuration: () => namesOnly(objectReference(source('site/config.ts'), 'options')),
  commands: () => [
    command('npm run experiments', experiments, 'Runs experiments, and says what their results are made from.'),
    command('npm run data', dataUsage, 'Makes data files by their loaders.'),
    command('npm run worker', workerUsage, 'Runs tasks that another machine asks for.'),
    command(
      'npm run new, npm run import',
      newAndImport,
      'Starts posts and experiments, and imports those of a Jekyll blog.',
    ),
  ],
  ...Object.fromEntries(
    postComponents.map((path) => [
      basename(path),
      () => componentReference(source(`site/components/${path}.astro`)).entries,
    ]),
  ),
};

/** Text with code between backticks. */
function inline(text: string): PhrasingContent[] {
  return text
    .split(/`([^`]+)`/)
    .map((value, i): PhrasingContent => ({ type: i % 2 === 1 ? 'inlineCode' : 'text', value }))
    .filter((node) => 'value' in node && node.value !== '');
}

const paragraphs = (comment: string): Paragraph[] =>
  comment
    .split(/\n\s*\n/)
    .filter((text) => text.trim() !== '')
    .map((text) => ({ type: 'paragraph', children: inline(text.replace(/\s+/g, ' ').trim()) }));

const nodesOf = ({ name, code, comment, lang = 'ts' }: ReferenceEntry): RootContent[] => [
  { type: 'heading', depth: 4, children: [{ type: 'inlineCode', value: name }] },
  ...(code === '' ? [] : [{ type: 'code', lang, value: code } as const]),
  ...paragraphs(comment),
];

export function remarkReference() {
  return (tree: Root, file: VFile): void => {
    visit(tree, (node, index, parent) => {
      if (!isJsxElement(node) || node.name !== 'Reference' || index === undefined || !parent) return;
      const of = attribute(node, 'of') ?? '';
      const entries = Object.hasOwn(references, of) ? references[of] : undefined;
      if (entries === undefined) {
        const close = nearestName(of, Object.keys(references));
        const known = Object.keys(references).join(', ');
        report(
          file,
          node.position?.start,
          `there is no reference of “${of}”${close ? `; did you mean ${close}?` : ''} (${known})`,
        );
        parent.children.splice(index, 1);
        return index;
      }
      if (node.type === 'mdxJsxTextElement') {
        report(
          file,
          node.position?.start,
          '<Reference> is a list: write it on a line of its own, with empty lines around it',
        );
        parent.children.splice(index, 1);
        return index;
      }
      const nodes = entries().flatMap(nodesOf);
      parent.children.splice(index, 1, ...(nodes as typeof parent.children));
      return index + nodes.length;
    });
  };
}
