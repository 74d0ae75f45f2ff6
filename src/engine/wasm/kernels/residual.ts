/** Sums of whole panels, entry by entry: what residual connections add. */
import type { FunctionReference } from '../assembler/instructions.ts';
import { advance, i32, repeat, set } from '../assembler/instructions.ts';
import type { Lanes } from '../assembler/lanes.ts';
import { v128 } from '../assembler/lanes.ts';
import type { ModuleBuilder } from '../assembler/module.ts';
import { PANEL_ROW, VECTOR } from '../memory-layout.ts';

/** Defines a function of (x, y, the end of x): x += y. */
export const defineAdd = (module: ModuleBuilder, lanes: Lanes): FunctionReference =>
  module.define(['i32', 'i32', 'i32'], (frame, x, y, end) => {
    const sums = frame.locals('v128', 2);
    return repeat(
      [
        // V8 merges neighbouring loads only if no store lies between them.
        sums.map((sum, v) => set(sum, lanes.add(v128.load(x, v * VECTOR), v128.load(y, v * VECTOR)))),
        sums.map((sum, v) => v128.store(x, sum, v * VECTOR)),
        [x, y].map((address) => advance(address, PANEL_ROW)),
      ],
      i32.less(x, end),
    );
  });
