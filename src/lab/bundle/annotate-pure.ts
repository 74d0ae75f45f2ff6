/**
 * Marks the calls in top-level constants as pure (`@__PURE__`), so that esbuild drops those constants that a run does
 * not use. The top level of a module may have no effects, but esbuild cannot know that of a call. With the marks, an
 * edit of `gelu = activation(…)` re-runs only what uses gelu.
 */
import type { Node, Program } from './syntax-tree.ts';

const annotation = '/* @__PURE__ */ ';

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Offsets of the calls that evaluating `node` makes; those inside its functions are made later. */
function callsIn(node: Node): number[] {
  if (/Function|^Class/.test(node.type)) return [];
  const inner = Object.values(node).flat().filter(isNode).flatMap(callsIn);
  return node.type === 'CallExpression' || node.type === 'NewExpression' ? [node.start, ...inner] : inner;
}

/** Marks the calls in the initial values of top-level constants. Lines stay; columns after a mark move. */
export function annotatePure(source: string, program: Program): string {
  const starts = program.body.flatMap((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declared?.type !== 'VariableDeclaration' || declared.kind !== 'const') return [];
    return declared.declarations.flatMap(({ init }) => (init ? callsIn(init) : []));
  });
  let marked = '';
  let from = 0;
  for (const start of [...new Set(starts)].sort((a, b) => a - b)) {
    marked += source.slice(from, start) + annotation;
    from = start;
  }
  return marked + source.slice(from);
}
