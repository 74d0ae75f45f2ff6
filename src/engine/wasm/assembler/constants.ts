/**
 * Vector constants, stored in memory: V8 builds a `v128.const` from several moves through general registers, but a load that
 * copies a number to all lanes is one instruction. To merge two loads of the same whole vector, V8 would need another.
 */
import { CONSTANTS, VECTOR } from '../memory-layout.ts';
import type { Code } from './encoding.ts';
import type { Lanes } from './lanes.ts';
import type { ModuleBuilder } from './module.ts';

/** Gives the code that loads a number into every lane. */
export type ConstantLoader = (lanes: Lanes, value: number) => Code;

/** The constants of a module, each stored once. Throws if they do not fit. */
export function constantsOf(module: ModuleBuilder): ConstantLoader {
  const addresses = new Map<string, number>();
  return (lanes, value) => {
    const bytes = lanes.spreadBytes(value);
    const key = bytes.join();
    const known = addresses.get(key);
    if (known !== undefined) return lanes.spread(0, known);
    const address = CONSTANTS.start + addresses.size * VECTOR;
    if (address >= CONSTANTS.end) throw new RangeError(`more than ${addresses.size} vector constants`);
    addresses.set(key, address);
    module.data(address, bytes);
    return lanes.spread(0, address);
  };
}
