/**
 * Limits memory in large builds by collecting garbage sooner: V8 lets the heap grow to four times the live data, which is a
 * gigabyte more at a thousand posts.
 */
import { constants, type PerformanceNodeEntry, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import type { AstroIntegration } from 'astro';

/** Bytes of garbage below which a collection is not worth its time. */
const MINIMUM_GROWTH = 192 * 2 ** 20;

/** Whether a garbage collection was of the whole heap. */
const isMajor = (entry: object): boolean =>
  (entry as PerformanceNodeEntry).detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;

/** By how many percent the heap may grow until the next collection: a third, or `MINIMUM_GROWTH`. */
const growth = (alive: number): number => Math.ceil(100 * Math.max(1 / 3, MINIMUM_GROWTH / alive));

/** Astro integration: in a build, each collection of the whole heap sets the limit for the next one. */
export function limitHeapGrowth(): AstroIntegration {
  const observer = new PerformanceObserver((list) => {
    if (list.getEntries().some(isMajor))
      setFlagsFromString(`--heap-growing-percent=${growth(getHeapStatistics().used_heap_size)}`);
  });
  return { name: 'limit-heap-growth', hooks: { 'astro:build:start': () => observer.observe({ entryTypes: ['gc'] }) } };
}
