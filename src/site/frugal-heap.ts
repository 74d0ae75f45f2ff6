/** Memory of large builds: V8 would let the heap grow to four times what is alive, at a thousand posts by a gigabyte. */
import { constants, type PerformanceNodeEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import type { AstroIntegration } from 'astro';

/** How much garbage there may be, in bytes, before collecting it is worth the time. */
const ROOM = 192 * 2 ** 20;

/** Whether a collection was one of the whole heap. */
const isMajor = (entry: object): boolean =>
  (entry as PerformanceNodeEntry).detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;

/** By how many percent of what is alive the heap may grow until the next collection: a third, or `ROOM`. */
const growth = (alive: number): number => Math.ceil(100 * Math.max(1 / 3, ROOM / alive));

/** Astro integration: in a build, each collection of the whole heap says when the next one comes. */
export function frugalHeap(): AstroIntegration {
  const observer = new PerformanceObserver((list) => {
    if (list.getEntries().some(isMajor))
      setFlagsFromString(`--heap-growing-percent=${growth(getHeapStatistics().used_heap_size)}`);
  });
  return { name: 'frugal-heap', hooks: { 'astro:build:start': () => observer.observe({ entryTypes: ['gc'] }) } };
}
