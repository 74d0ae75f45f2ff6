/** The memory layout of a module: nothing overlaps, rows are whole vectors, and tiles cover their units. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { constantsOf } from '../../../src/engine/wasm/assembler/constants.ts';
import { lanesOf } from '../../../src/engine/wasm/assembler/lanes.ts';
import { range, runsOf, runsOfFour } from '../../../src/engine/wasm/kernels/tiling.ts';
import {
  CONSTANTS,
  indexBytes,
  type Layout,
  layOut,
  PANEL_ROW,
  VECTOR,
} from '../../../src/engine/wasm/memory-layout.ts';

const shape = fc.record({
  precision: fc.constantFrom('float64' as const, 'float32' as const),
  units: fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 2, maxLength: 5 }),
  batch: fc.integer({ min: 1, max: 70 }),
  gradient: fc.boolean(),
  states: fc.nat(2),
  sloped: fc.boolean(),
  deep: fc.boolean(),
});

/** The ranges of strips in use: the input's, and the longest of the others, which share their address. */
function stripRegions(layers: Layout['layers'], strips: Layout['strips'], bytes: number) {
  const all = strips.flatMap((layer, l) => {
    if (layer === undefined) return [];
    return [[layer.address, layer.address + Math.ceil((layers[l]!.units * bytes) / PANEL_ROW) * layer.stride] as const];
  });
  const [input, hidden] = strips[1] ? [all.slice(0, 1), all.slice(1)] : [[], all];
  expect(new Set(hidden.map(([from]) => from)).size).toBeLessThanOrEqual(1);
  return [...input, ...hidden.toSorted(([, x], [, y]) => y - x).slice(0, 1)];
}

/** The ranges of memory in use, [from, to). */
function regions(
  { layers, panels, strips, partialSums, y, masks, Theta, b, gamma, beta, parameters }: Layout,
  { sloped, deep }: { sloped: boolean; deep: boolean },
  copiesOfParameters: number,
  bytes: number,
) {
  const blocks = layers.slice(1).flatMap(({ a, slope, delta, error, hat, unscaled, stride }, i, all) => {
    const isHidden = i > 0 && i < all.length - 1;
    const starts = [
      a,
      ...(sloped && isHidden ? [slope] : []),
      ...(i > 0 ? [delta] : []),
      ...(deep && isHidden ? [error, hat, unscaled] : []),
    ];
    return starts.map((start) => [start, start + panels * stride] as const);
  });
  const hidden = range(2, layers.length - 2);
  const factors = deep ? hidden.map((l) => [layers[l]!.r, layers[l]!.r + panels * PANEL_ROW] as const) : [];
  const norms = deep
    ? hidden.flatMap((l) => [gamma[l]!, beta[l]!].map((at) => [at, at + layers[l]!.units * bytes] as const))
    : [];
  const own = [
    ...norms,
    ...Theta.slice(1).map(({ address, pitch, rows }) => [address, address + rows * pitch] as const),
    ...b.slice(1).map((address, i) => [address, address + layers[i + 2]!.units * bytes] as const),
  ];
  const size = parameters.end - parameters.start;
  const copies = range(0, copiesOfParameters - 1).flatMap((k) =>
    own.map(([from, to]) => [from + k * size, to + k * size] as const),
  );
  return [
    [0, CONSTANTS.end] as const,
    ...blocks,
    ...factors,
    ...stripRegions(layers, strips, bytes),
    [partialSums, partialSums + 4 * 20 * VECTOR] as const,
    [y, y + panels * layers.at(-1)!.stride] as const,
    [masks, masks + panels * PANEL_ROW] as const,
    ...copies,
  ];
}

test('no two regions overlap, and the host’s data begins behind them all', () => {
  fc.assert(
    fc.property(shape, ({ precision, units, batch, gradient, states, sloped, deep }) => {
      const lanes = lanesOf(precision);
      const slopes = [false, false, ...units.slice(2).map(() => sloped), false];
      const isDeep = slopes.map((_, l) => deep && l >= 2 && l < units.length);
      const needed = { slopes, errors: isDeep, norms: isDeep };
      const layout = layOut(lanes, units, batch, needed, { gradient, states });
      const first = gradient ? 2 : 1;
      const sorted = regions(layout, { sloped, deep }, first + states, lanes.bytes).toSorted(([x], [y]) => x - y);
      for (const [i, [from, to]] of sorted.entries()) {
        expect(from % VECTOR).toBe(0);
        expect(to).toBeLessThanOrEqual(sorted[i + 1]?.[0] ?? layout.end);
      }
      expect(layout.strips[1]?.sums === 1).toBe(precision === 'float32' && units[0]! >= 128);
      for (const strip of layout.strips)
        if (strip) expect(strip.stride).toBeGreaterThanOrEqual(layout.panels * layout.panel * PANEL_ROW);
      expect(layout.panels * layout.panel).toBeGreaterThanOrEqual(batch);
      expect((layout.panels - 1) * layout.panel).toBeLessThan(batch);
      expect(layout.panel * lanes.bytes).toBe(PANEL_ROW);
      expect(indexBytes(layout)).toBe(layout.panels * layout.panel * 4);
      expect(layout.end - layout.parameters.start).toBe((first + states) * layout.toGradient);
      expect(layout.toState).toEqual(range(first, first + states - 1).map((k) => k * layout.toGradient));
    }),
  );
});

test('rows are whole vectors, and long ones an odd number of cache lines', () => {
  for (const units of range(1, 300)) {
    const { Theta, layers } = layOut(lanesOf('float64'), [units, 3], 4, { slopes: [] }, { gradient: false, states: 0 });
    const [{ pitch }, { stride }] = [Theta[1]!, layers[1]!];
    expect(pitch % VECTOR).toBe(0);
    expect(pitch).toBeGreaterThanOrEqual(units * 8);
    expect(stride).toBeGreaterThanOrEqual(units * PANEL_ROW);
    for (const [bytes, least, shortest] of [
      [pitch, Math.ceil(units / 2) * VECTOR, 512],
      [stride, units * PANEL_ROW, 1024],
    ] as const) {
      if (least >= shortest) expect((bytes / 64) % 2).toBe(1);
      expect(bytes - least).toBeLessThan(least < shortest ? 1 : 128);
    }
  }
});

test('tiles cover a row of units exactly, of 4 or 5 units where there are enough', () => {
  for (const units of range(1, 200)) {
    const covered = (runs: ReturnType<typeof runsOf>) => runs.reduce((sum, { size, count }) => sum + size * count, 0);
    const tiles = runsOfFour(units);
    expect(covered(tiles)).toBe(units);
    for (const { size, count } of tiles) {
      expect(count).toBeGreaterThan(0);
      expect(size).toBeLessThanOrEqual(5);
      if (units >= 12 || units % 5 === 0) expect(size).toBeGreaterThanOrEqual(4);
      else expect(size).toBeGreaterThanOrEqual(Math.min(units, units === 6 ? 3 : units % 4 || 4));
    }
    for (const size of [1, 2, 3, 8]) {
      expect(covered(runsOf(size, units))).toBe(units);
      expect(runsOf(size, units).map((run) => [run.count, run.size])).toEqual(
        [
          [Math.floor(units / size), size],
          [1, units % size],
        ].filter(([count, width]) => count! > 0 && width! > 0),
      );
    }
  }
  expect(runsOfFour(6)).toEqual([{ size: 3, count: 2 }]);
  expect([range(2, 4), range(3, 3), range(1, 0), range(1, -5)]).toEqual([[2, 3, 4], [3], [], []]);
});

test('a constant is stored once, −0 apart from 0, and one too many is an error', () => {
  const stored = new Map<number, readonly number[]>();
  const module = { data: (address: number, bytes: Uint8Array) => void stored.set(address, [...bytes]) };
  const constant = constantsOf(module as unknown as Parameters<typeof constantsOf>[0]);
  const doubles = lanesOf('float64');
  expect(constant(doubles, 1.5)).toEqual(constant(doubles, 1.5));
  expect(stored.size).toBe(1);
  expect(constant(doubles, 0)).not.toEqual(constant(doubles, -0));
  expect([...stored]).toEqual(
    [1.5, 0, -0].map((x, i) => [CONSTANTS.start + i * VECTOR, [...new Uint8Array(Float64Array.of(x, x).buffer)]]),
  );
  constant(lanesOf('float32'), 2);
  expect(stored.get(CONSTANTS.start + 3 * VECTOR)).toEqual([...new Uint8Array(Float32Array.of(2, 2, 2, 2).buffer)]);
  const most = (CONSTANTS.end - CONSTANTS.start) / VECTOR;
  const fill = () => range(4, most).forEach((k) => void constant(doubles, k));
  expect(fill).toThrow(`more than ${most} vector constants`);
  expect(Math.max(...stored.keys())).toBe(CONSTANTS.end - VECTOR);
});
