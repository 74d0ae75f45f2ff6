/**
 * Reports what a component would leave out: an attribute that stands twice, one whose value is of another type than the
 * component declares, one that the build gives, and what stands between its tags if it shows nothing there.
 */
import type { Expression } from 'estree-jsx';
import type { Root } from 'mdast';
import type { MdxJsxAttribute } from 'mdast-util-mdx-jsx';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from '../../math/index.ts';
import { attribute, isJsxElement, type JsxElement } from '../../math/jsx.ts';
import { knownComponents, readComponent } from './components.ts';
import { declaredBy } from './expressions.ts';

/** What a type takes: the names of JavaScript's types, and texts that are among others; undefined if it is any other type. */
function acceptedBy(code: string): string[] | undefined {
  const [, type = ''] = /^[\w$'"-]+\??:\s*([\s\S]*)$/.exec(code) ?? [];
  const parts = type.split('|').map((part) => part.trim());
  return parts.every((part) => /^(?:string|number|boolean|'[^']*'|"[^"]*")$/.test(part))
    ? parts.map((part) => part.replaceAll('"', "'"))
    : undefined;
}

/** The value that an expression is, whatever else the post says; undefined if that is not known. */
function literal(expression: Expression | undefined): string | number | boolean | undefined {
  if (expression?.type === 'UnaryExpression' && expression.operator === '-') {
    const value = literal(expression.argument);
    return typeof value === 'number' ? -value : undefined;
  }
  if (expression?.type !== 'Literal') return undefined;
  return ['string', 'number', 'boolean'].includes(typeof expression.value)
    ? (expression.value as string | number | boolean)
    : undefined;
}

/** The value of an attribute; undefined if it is computed. */
function writtenValue({ value }: MdxJsxAttribute): string | number | boolean | undefined {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value;
  const statement = value.data?.estree?.body[0];
  return literal(statement?.type === 'ExpressionStatement' ? statement.expression : undefined);
}

/** How an attribute is written whose type takes `accepted`. */
function writings(name: string, accepted: readonly string[]): string {
  const texts = accepted.flatMap((each) => (each.startsWith("'") ? [`${name}="${each.slice(1, -1)}"`] : []));
  const others: Readonly<Record<string, string>> = {
    string: `${name}="…"`,
    number: `${name}={…}, with a number`,
    boolean: `${name}, or leave it out`,
  };
  return [...texts, ...Object.keys(others).flatMap((each) => (accepted.includes(each) ? [others[each]!] : []))].join(
    ', or ',
  );
}

/** The error for an attribute with a value that its type does not take. */
function typeProblem(written: MdxJsxAttribute, code: string): string | undefined {
  const accepted = acceptedBy(code);
  const value = writtenValue(written);
  if (!accepted || value === undefined || accepted.includes(typeof value) || accepted.includes(`'${value}'`))
    return undefined;
  const isBare = written.value === null || written.value === undefined;
  const found = isBare ? 'has no value' : `is ${typeof value === 'string' ? `“${value}”` : value}`;
  return `${written.name} ${found}; write ${writings(written.name, accepted)}`;
}

/** What a component shows of what stands between its tags: the names of its slots, '' for that without one. */
function slotsOf(text: string): ReadonlySet<string> | undefined {
  const named = [...text.matchAll(/<slot\b([^>]*)>/g)].map(
    ([, rest = '']) => /\bname=(["'])(.*?)\1/.exec(rest)?.[2] ?? '',
  );
  const rendered = [...text.matchAll(/\bslots\.(?:render|has)\(\s*(["'])(.*?)\1/g)].map(([, , name]) =>
    name === 'default' ? '' : name!,
  );
  // Slots that are used in another way may be any.
  const uses = text.match(/\bslots\b/g)?.length ?? 0;
  return uses > rendered.length || /<slot\b[^>]*\bname=\{/.test(text) ? undefined : new Set([...named, ...rendered]);
}

type Child = JsxElement['children'][number];

/** Whether a node shows nothing: a space, a comment. */
const isNothing = (node: Child): boolean =>
  node.type === 'text'
    ? node.value.trim() === ''
    : (node.type === 'mdxTextExpression' || node.type === 'mdxFlowExpression') && node.data?.estree?.body.length === 0;

/** What MDX passes to a component: of a paragraph that holds elements only, these. */
const unravelled = (node: Child): readonly Child[] =>
  node.type === 'paragraph' && node.children.every((child) => isJsxElement(child) || isNothing(child))
    ? node.children
    : [node];

/** Reports what stands between the tags of an element and is not shown, once for each slot. */
function reportLost({ name, children }: JsxElement, slots: ReadonlySet<string>, file: VFile): void {
  const seen = new Set<string>();
  for (const child of (children as readonly Child[]).flatMap(unravelled).filter((each) => !isNothing(each))) {
    const slot = (isJsxElement(child) && attribute(child, 'slot')) || '';
    if (slots.has(slot) || seen.has(slot)) continue;
    seen.add(slot);
    const others = [...slots].filter(Boolean);
    const what = slot === '' ? 'this would be lost' : `slot="${slot}" would be lost`;
    const advice =
      others.length > 0
        ? `it has ${others.map((each) => `slot="${each}"`).join(', ')}`
        : slots.has('')
          ? 'leave slot out'
          : `write it after <${name} … />`;
    const shows = slot === '' ? 'shows nothing that stands between its tags' : 'has no such slot';
    report(file, child.position?.start, `${what}: <${name}> ${shows}; ${advice}`);
  }
}

/** Remark plugin, before any other changes elements. */
export function remarkAttributes() {
  return (tree: Root, file: VFile): void => {
    const declared = declaredBy(tree);
    const known = knownComponents();
    visit(tree, (node) => {
      if (!isJsxElement(node)) return;
      const seen = new Set<string>();
      const written = node.attributes.filter((each) => each.type === 'mdxJsxAttribute');
      for (const { name, position } of written) {
        if (seen.has(name))
          report(
            file,
            position?.start ?? node.position?.start,
            `<${node.name}>: ${name} stands twice; keep one of them`,
          );
        seen.add(name);
      }
      if (!node.name || declared.has(node.name.split('.')[0]!)) return;
      const path = known.get(node.name);
      if (path === undefined) return;
      const { entries, added, text } = readComponent(path);
      for (const { name, position } of written)
        if (added.includes(name))
          report(
            file,
            position?.start ?? node.position?.start,
            `<${node.name}>: ${name} is given by the build; leave it out`,
          );
      // Those of statements, which the build reads, are checked with these.
      if (!added.includes('label'))
        for (const each of written) {
          const entry = entries.find(({ name }) => name === each.name);
          const problem = entry && typeProblem(each, entry.code);
          if (problem) report(file, each.position?.start ?? node.position?.start, `<${node.name}>: ${problem}`);
        }
      const slots = slotsOf(text);
      if (slots) reportLost(node, slots, file);
    });
  };
}
