/** What `measured worker` takes. */
import { tokenVariable } from '../store/shared-store.ts';

/** The usage of `measured worker`. */
export const workerUsage = `measured worker --on redis://host:6379 --cache STORE [--jobs N] [--memory MB]

Runs tasks that npm run experiments -- --on … asks for, until it is stopped. It needs no blog, only this package in the
same version. Who may write to the queue may run code here: see the guide, On several machines.

  --on QUEUE     Redis: redis://user:password@host:6379, or rediss:// for TLS
  --cache STORE  the store that the asking side names, an address or a folder; what may write over HTTP is in ${tokenVariable}
  --jobs N       threads (as many as the machine runs at once)
  --memory MB    memory of each thread (2048)`;
