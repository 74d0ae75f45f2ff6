/** The syntax tree of a TypeScript file, with offsets into the source as it is written. */
import type { ESTree } from 'rolldown/utils';
import { parseSync } from 'rolldown/utils';

export type Node = ESTree.Node;
export type Program = ESTree.Program;

/** Source that cannot be read, or is not written in a form that the lab understands; `offset` says where. */
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
