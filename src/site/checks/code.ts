/** Reports code blocks in a language that the highlighter does not know, which would be shown without colours. */
import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import { nearestName } from '../../lab/did-you-mean.ts';
import { report } from '../../math/index.ts';
import { codeTitle } from '../markdown/code-titles.ts';
import { codeLanguages, languageOf } from '../markdown/highlight.ts';
import { nodesOf } from './nodes-of.ts';

/** Advice for a language that is not known. */
function hint(written: string): string {
  const language = /[a-z][\w+#-]*/i.exec(written)?.[0].toLowerCase() ?? '';
  const braces = /^[^{]+(\{.*)$/.exec(written)?.[1];
  if (codeLanguages.has(language) && braces) return `write \`\`\`${language} ${braces}`;
  if (codeLanguages.has(language)) return `blocks of code are shown, not run; write \`\`\`${language}`;
  // A short name is near to every other, so the lengths must be similar.
  const guess = nearestName(
    written,
    [...codeLanguages].filter((name) => Math.abs(name.length - written.length) < 3),
  );
  return `${guess ? `did you mean ${guess}? Else write` : 'write'} \`\`\`text for code without colours`;
}

/** What stands after the language of a block and would have no effect. */
const unknownSettings = (meta: string): string =>
  meta
    .replace(codeTitle, '')
    .replace(/\{[\d\s,-]+\}/g, '')
    .trim();

/** Remark plugin. Reports, with the nearest name, a language that no grammar is known for, and settings of other tools. */
export function remarkCodeLanguages() {
  return (tree: Root, file: VFile): void => {
    for (const { lang, meta, position } of nodesOf(tree, 'code')) {
      const lost = unknownSettings(meta ?? '');
      if (lost !== '')
        report(
          file,
          position?.start,
          `${lost}: a block of code has a title="…" and highlighted lines {2,4-6}, and no other setting; leave it out`,
        );
      if (lang === 'mermaid')
        report(
          file,
          position?.start,
          'mermaid: diagrams are not drawn from text; write ```text for the text itself, ![what it shows](./x.svg) for a drawing',
        );
      if (!lang || codeLanguages.has(languageOf(lang))) continue;
      report(file, position?.start, `${lang}: no such language of code; ${hint(lang)}`);
    }
  };
}
