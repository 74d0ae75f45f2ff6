/** A contestant in a process of its own, which answers each line of JSON with another. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Precision } from './contestant.ts';
import { RATE, type Workload } from './workloads.ts';

/** Starts a program; `ask` sends it a request and returns its answer. */
export function startProcess(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout });
  return {
    async ask<Answer>(request: object): Promise<Answer> {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const [answer] = (await once(lines, 'line')) as [string];
      return JSON.parse(answer) as Answer;
    },
    end: () => child.stdin.end(),
  };
}

/** The first request: what to train, `seeds` copies of it. The answer is J at the start. */
export interface Problem {
  readonly precision: Precision;
  readonly seeds: number;
  readonly rate: number;
  readonly units: readonly number[];
  readonly X: readonly number[];
  readonly Y: readonly number[];
  readonly Theta: readonly (readonly number[])[];
  readonly b: readonly (readonly number[])[];
}

/** Every further request: how many steps to train. The answer is the time. */
export interface Steps {
  readonly steps: number;
}

export const problem = ({ net, start, data: { X, Y } }: Workload, precision: Precision, seeds: number): Problem => ({
  precision,
  seeds,
  rate: RATE,
  units: net.units,
  X: [...X.data],
  Y: [...Y.data],
  Theta: start.Theta.slice(1).map(({ data }) => [...data]),
  b: start.b.slice(1).map((data) => [...data]),
});
