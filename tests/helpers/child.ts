/** Child processes of tests. */
import type { ChildProcess } from 'node:child_process';

/** How a command ended, and what it printed. */
export type CommandResult = {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly output: string;
};

/** Waits for the end of a process. Collects what it prints, errors included, in order. Throws if it cannot start. */
export function ended(child: ChildProcess): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
