/** What the host lays beside a module's own memory: room for what a run needs, bounded, and nothing over anything else. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Instance } from '../../../src/engine/compile/instance.ts';
import { lanesOf } from '../../../src/engine/compile/lanes.ts';
import { indexBytes, layOut } from '../../../src/engine/compile/layout.ts';
import { activationBytes } from '../../../src/engine/compile/observe.ts';
import { makeRoom } from '../../../src/engine/compile/room.ts';

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

test('there is room for all that a plan needs, and no more is planned than is bounded', () => {
  fc.assert(
    fc.property(demands, ({ precision, units, m, share, ...demand }) => {
      const batch = Math.max(1, Math.round(share * m));
      const lanes = lanesOf(precision);
      const layout = layOut(lanes, units, batch, [], { gradient: false, states: 1 });
      const reached: number[] = [];
      const instance = { program: { lanes, layout }, reach: (end: number) => void reached.push(end) };
      // Where it all goes is a matter of shapes alone.
      const [X, Y] = [units[0]!, units.at(-1)!].map((cols) => ({ rows: m, cols, data: new Float64Array(0) }));
      const data = { X: X!, Y: Y! };
      const room = makeRoom(instance as unknown as Instance, data, { batch, ...demand });

      const parameters = layout.parameters.end - layout.parameters.start;
      const activations = Math.ceil(m / batch) * activationBytes(layout);
      expect(room.batches).toBe(Math.ceil(m / batch));
      expect(room.recordBytes).toBe(parameters + (demand.withActivations ? activations : 0));

      const indices = indexBytes(layout);
      const largest = Math.min(demand.steps + 1, 1024);
      const bounded = Math.min(largest, Math.max(1, Math.floor(MIB / indices)));
      expect(room.mostSteps).toBe(demand.isDealt ? bounded : largest);
      expect(room.mostRecorded).toBe(Math.min(demand.recorded, Math.max(1, Math.floor((4 * MIB) / room.recordBytes))));

      const needed = [
        [room.steps, 4 * room.mostSteps],
        [room.indices, demand.isDealt ? room.mostSteps * indices : 0],
        [room.all, room.batches * indices],
        [room.coefficients, room.mostSteps * demand.coefficients * lanes.bytes],
        [room.costs, room.mostSteps * lanes.bytes],
        [room.X, (m + 1) * units[0]! * lanes.bytes],
        [room.Y, (m + 1) * units.at(-1)! * lanes.bytes],
        [room.records, room.mostRecorded * room.recordBytes],
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
