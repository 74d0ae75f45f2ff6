/** Errors over the page in dev. */
import type { Server } from './reload.ts';

/** Shows an error over the page in every browser, including those that connect later; `undefined` removes it. */
export function overlay(server: Server): { show(message: string | undefined): void } {
  let current: string | undefined;
  const send = (message: string) => server.ws.send({ type: 'error', err: { message, stack: '', plugin: 'measured' } });
  server.ws.on('connection', () => {
    if (current !== undefined) send(current);
  });
  return {
    show(message) {
      if (message !== undefined) send(message);
      // If the results are the same as before, nothing else removes the overlay.
      else if (current !== undefined) server.ws.send({ type: 'full-reload' });
      current = message;
    },
  };
}
