/** The buffers of a training run: large enough for what it needs, bounded in size, and without overlap. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lanesOf } from '../../../src/engine/wasm/assembler/lanes.ts';
import type { Instance } from '../../../src/engine/wasm/instance.ts';
import { activationBytes, indexBytes, layOut } from '../../../src/engine/wasm/memory-layout.ts';
import { allocateRunBuffers } from '../../../src/engine/wasm/run-buffers.ts';

const MIB = 1024 * 1024;

const demands = fc.record({
  precision: fc.constantFrom('float64' as const, 'float32' as const),
  units: fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 400 })), {
    minLength: 2,
    maxLength: 4,
  }),
  m: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 500, max: 5000 })),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  steps: fc.oneof(fc.nat(5), fc.nat(5000)),
  coefficients: fc.integer({ min: 1, max: 3 }),
  isDealt: fc.boolean(),
  recorded: fc.nat(3000),
  withActivations: fc.boolean(),
});

test('buffers hold all that a plan needs, lie one behind the other, and stay within their bounds', () => {
  fc.assert(
    fc.property(demands, ({ precision, units, m, share, ...demand }) => {
      const batch = Math.max(1, Math.round(share * m));
      const lanes = lanesOf(precision);
      const layout = layOut(lanes, units, batch, { slopes: [] }, { gradient: false, states: 1 });
      const reached: number[] = [];
      const instance = { program: { lanes, layout }, reach: (end: number) => void reached.push(end) };
      // Addresses depend on shapes alone.
      const [X, Y] = [units[0]!, units.at(-1)!].map((cols) => ({ rows: m, cols, data: new Float64Array(0) }));
      const data = { X: X!, Y: Y! };
      const buffers = allocateRunBuffers(instance as unknown as Instance, data, { batch, ...demand });

      const parameters = layout.parameters.end - layout.parameters.start;
      const activations = Math.ceil(m / batch) * activationBytes(layout);
      expect(buffers.batches).toBe(Math.ceil(m / batch));
      expect(buffers.recordBytes).toBe(parameters + (demand.withActivations ? activations : 0));

      const indices = indexBytes(layout);
      const largest = Math.min(demand.steps + 1, 1024);
      const bounded = Math.min(largest, Math.max(1, Math.floor(MIB / indices)));
      expect(buffers.mostSteps).toBe(demand.isDealt ? bounded : largest);
      expect(buffers.mostRecorded).toBe(
        Math.min(demand.recorded, Math.max(1, Math.floor((4 * MIB) / buffers.recordBytes))),
      );

      const needed = [
        [buffers.steps, 4 * buffers.mostSteps],
        [buffers.indices, demand.isDealt ? buffers.mostSteps * indices : 0],
        [buffers.all, buffers.batches * indices],
        [buffers.coefficients, buffers.mostSteps * demand.coefficients * lanes.bytes],
        [buffers.costs, buffers.mostSteps * lanes.bytes],
        [buffers.X, (m + 1) * units[0]! * lanes.bytes],
        [buffers.Y, (m + 1) * units.at(-1)! * lanes.bytes],
        [buffers.records, buffers.mostRecorded * buffers.recordBytes],
      ] as const;
      let end = layout.end;
      for (const [address, bytes] of needed) {
        expect(address % 16).toBe(0);
        expect(address).toBeGreaterThanOrEqual(end);
        expect(address).toBeLessThan(end + 16);
        end = address + bytes;
      }
      expect(reached).toHaveLength(1);
      expect(reached[0]).toBeGreaterThanOrEqual(end);
      expect(reached[0]).toBeLessThan(end + 16);
    }),
  );
});
