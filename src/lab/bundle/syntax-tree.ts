/** Parses TypeScript into a syntax tree (ESTree) with offsets into the source. */
import type { ESTree } from 'rolldown/utils';
import { parseSync } from 'rolldown/utils';

export type Node = ESTree.Node;
export type Program = ESTree.Program;

/** A syntax error, or code in a form that the lab does not support; `offset` says where. */
export class SyntaxProblem extends Error {
  readonly offset: number;
  constructor(offset: number, reason: string) {
    super(reason);
    this.name = 'SyntaxProblem';
    this.offset = offset;
  }
}

/** Parses a module. Throws SyntaxProblem at the first error. */
export function parse(source: string): Program {
  const { program, errors } = parseSync('module.ts', source);
  const [error] = errors;
  if (error !== undefined) throw new SyntaxProblem(error.labels[0]?.start ?? 0, error.message);
  return program;
}
