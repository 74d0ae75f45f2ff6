/** The language of a block of code is one that can be coloured, else the block would be plain without a word. */
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearest } from '../../lab/nearest.ts';
import { report } from '../../math/index.ts';
import { languageOf, languages } from '../highlight.ts';

/** How to write what is no language. */
function hint(written: string): string {
  const language = /[a-z][\w+#-]*/i.exec(written)?.[0].toLowerCase() ?? '';
  const braces = /^[^{]+(\{.*)$/.exec(written)?.[1];
  if (languages.has(language) && braces) return `write \`\`\`${language} ${braces}`;
  if (languages.has(language)) return `blocks of code are shown, not run; write \`\`\`${language}`;
  // Short names are near to everything.
  const guess = nearest(
    written,
    [...languages].filter((name) => Math.abs(name.length - written.length) < 3),
  );
  return `${guess ? `did you mean ${guess}? Else write` : 'write'} \`\`\`text for code without colours`;
}

/** Remark plugin. Reports, with the nearest name, a language that no grammar is known for. */
export function remarkCodeLanguages() {
  return (tree: Root, file: VFile): void => {
    visit(tree, 'code', ({ lang, position }) => {
      if (!lang || languages.has(languageOf(lang))) return;
      report(file, position?.start, `${lang}: no such language of code; ${hint(lang)}`);
    });
  };
}
