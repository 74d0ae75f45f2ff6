/**
 * A module for `node --import` that advances every clock by 120 ms at each reading, so that code with a time limit reaches
 * it after a few readings.
 */
const step = 120;
let moved = 0;
const elapsed = () => (moved += step);

const started = Date.now();
const now = () => started + elapsed();
globalThis.Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [now()]));
  }
  static now = now;
};
performance.now = elapsed;
process.hrtime = Object.assign(([s, ns] = [0, 0]) => [elapsed() / 1000 - s, -ns], {
  bigint: () => BigInt(elapsed()) * 1_000_000n,
});
