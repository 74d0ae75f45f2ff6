/**
 * The article as an Observable Framework page: formulas and charts are rendered in the browser, as in its documentation.
 * KaTeX and vega-embed come from node_modules and Framework's web fonts are left out, so that neither the build nor the page
 * needs another host.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialect } from './article.ts';

const code = (tex: string) => JSON.stringify(tex.trim());

export const observableDialect: Dialect = {
  figure: (spec, caption) =>
    `<figure>\n\n\`\`\`js\ndisplay(await chart(await FileAttachment("specs/${spec}.json").json()));\n\`\`\`\n\n<figcaption>${caption}</figcaption></figure>`,
  inlineMath: (tex) => `\${tex(${code(tex)})}`,
  displayMath: (tex) => `\`\`\`js\ndisplay(block(${code(tex)}));\n\`\`\``,
};

const PRELUDE = `\`\`\`js
import katex from "katex";
import embed from "vega-embed";

const typeset = (source, displayMode) => {
  const span = document.createElement(displayMode ? "div" : "span");
  span.innerHTML = katex.renderToString(source, { displayMode });
  return span;
};
const tex = (source) => typeset(source, false);
const block = (source) => typeset(source, true);
const chart = async (spec) => {
  const div = document.createElement("div");
  await embed(div, spec, { actions: false, renderer: "svg" });
  return div;
};
\`\`\`
`;

/** Writes the project to `folder`; `modules` is the node_modules folder with the peers. */
export function layOutObservable(folder: string, title: string, markdown: string, modules: string): void {
  mkdirSync(join(folder, 'src'), { recursive: true });
  const katex = join(modules, 'katex/dist');
  // Framework moves and renames the style sheet, but does not rewrite the URLs in it.
  const css = readFileSync(join(katex, 'katex.min.css'), 'utf8').replaceAll('url(fonts/', 'url(../fonts/');
  writeFileSync(join(folder, 'src/katex.min.css'), css);
  cpSync(join(katex, 'fonts'), join(folder, 'src/fonts'), { recursive: true });
  const fonts = readdirSync(join(katex, 'fonts')).filter((font) => font.endsWith('.woff2'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }\n');
  writeFileSync(
    join(folder, 'observablehq.config.js'),
    `export default ${JSON.stringify({
      root: 'src',
      title,
      search: false,
      globalStylesheets: [],
      head: '<link rel="stylesheet" href="katex.min.css">',
      dynamicPaths: fonts.map((font) => `/fonts/${font}`),
    })};\n`,
  );
  writeFileSync(join(folder, 'src/index.md'), `# ${title}\n\n${PRELUDE}\n${markdown}`);
}
