/**
 * A module's top level has no effect that a run may need, so what it computes and nobody reads may go. esbuild cannot
 * know that of a call; these annotations say it, and an edit of `gelu = activation(…)` re-runs only what uses gelu.
 */
import type { Node, Program } from './syntax.ts';

const annotation = '/* @__PURE__ */ ';

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Starts of calls that are made when `node` is evaluated: those inside its functions are made later. */
function callsIn(node: Node): number[] {
  if (/Function|^Class/.test(node.type)) return [];
  const inner = Object.values(node).flat().filter(isNode).flatMap(callsIn);
  return node.type === 'CallExpression' || node.type === 'NewExpression' ? [node.start, ...inner] : inner;
}

/** Marks the calls in initial values of top-level constants. Lines stay; columns after a mark move. */
export function markPure(source: string, program: Program): string {
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
