/** Reports what would vanish or go astray in the HTML of posts in plain Markdown: components, unknown and unclosed elements. */
import { relative } from 'node:path';
import type { Root } from 'mdast';
import type { Point } from 'unist';
import type { VFile } from 'vfile';
import { nearestName } from '../../lab/did-you-mean.ts';
import { locationInText, report } from '../../math/index.ts';
import { nodesOf } from './nodes-of.ts';

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** The elements of HTML, and those that every browser still shows. */
export const knownElements = names(
  `a abbr acronym address applet area article aside audio b base bdi bdo big blockquote br button canvas caption center
  cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font
  footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup hr i iframe img input ins kbd label legend li link main map
  mark math menu meta meter nav nobr noscript object ol optgroup option output p param picture portal pre progress q rb rp
  rt rtc ruby s samp script search section select slot small source span strike strong style sub summary sup svg table
  tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr`,
);
/** Elements without an end. */
const empty = names('area base br col embed frame hr img input link meta param source track wbr');
/** Elements whose end HTML lets an author omit. */
const endsItself = names('li p dt dd td th tr thead tbody tfoot colgroup caption option optgroup rt rp rb rtc');
/** Elements that a page has of its own. */
const ofThePage = names('html head body');

/** A tag, `</`, its name, `/>`; or what is no tag, and would vanish. Comments are passed over. */
const tags = /<!--[\s\S]*?(?:-->|$)|(<[!?][^>]*>)|<(\/?)([A-Za-z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^>"'])*?(\/?)>/g;

type Open = { readonly name: string; readonly place: Pick<Point, 'line' | 'column'> | undefined };

/** The error for the name of an element; undefined if HTML has it. */
function nameProblem(written: string, file: VFile): string | undefined {
  const name = written.toLowerCase();
  if (/^[A-Z].*[a-z]/.test(written)) {
    const path = relative(file.cwd, file.path);
    const html = knownElements.has(name) ? `, or write <${name}> for the element of HTML` : '';
    return `<${written}>: components are for .mdx: rename the file to ${path}x${html}`;
  }
  if (ofThePage.has(name)) return `<${written}>: the page has its own; leave the tag out`;
  if (knownElements.has(name)) return undefined;
  const guess = nearestName(
    name,
    [...knownElements].filter((each) => each.length > 3),
  );
  return `<${written}>: HTML has no such element, and it would vanish; ${guess ? `did you mean <${guess}>? For` : 'for'} the text itself write \\<${written}>, or \`<${written}>\``;
}

/** Remark plugin. */
export function remarkHtml() {
  return (tree: Root, file: VFile): void => {
    const open: Open[] = [];
    // Within <svg> and <math> are elements of other languages.
    const isForeign = () => open.some(({ name }) => name === 'svg' || name === 'math');
    for (const { value, position } of nodesOf(tree, 'html')) {
      for (const { 0: whole, 1: other, 2: slash, 3: written, 4: selfClosing, index } of value.matchAll(tags)) {
        const place = position && locationInText(value, index, position.start);
        if (other !== undefined)
          report(file, place, `${other}: this would vanish; for the text itself write \\${other.slice(0, 2)}`);
        if (written === undefined) continue;
        const name = written.toLowerCase();
        if (slash === '') {
          const problem = isForeign() ? undefined : nameProblem(written, file);
          if (problem !== undefined) report(file, place, problem);
          else if (selfClosing !== '' && !empty.has(name) && !isForeign())
            report(file, place, `${whole}: HTML does not close an element so; write <${written}></${written}>`);
          else if (selfClosing === '' && !empty.has(name)) open.push({ name, place });
          continue;
        }
        const last = open.findLastIndex((each) => each.name === name);
        if (last < 0 && knownElements.has(name)) report(file, place, `</${written}>: nothing opens it; leave it out`);
        if (last < 0) continue;
        for (const unclosed of open.splice(last).slice(1)) reportUnclosed(unclosed);
      }
    }
    for (const unclosed of open) reportUnclosed(unclosed);

    function reportUnclosed({ name, place }: Open): void {
      if (!endsItself.has(name)) report(file, place, `<${name}>: nothing closes it; write </${name}> at its end`);
    }
  };
}
