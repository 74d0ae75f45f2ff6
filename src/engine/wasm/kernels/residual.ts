/** Sums and products of whole panels, entry by entry: what residual connections add, and e ⊙ g′ of layers that store both. */
import type { FunctionReference } from '../assembler/instructions.ts';
import { advance, i32, repeat } from '../assembler/instructions.ts';
import type { Lanes } from '../assembler/lanes.ts';
import { v128 } from '../assembler/lanes.ts';
import type { ModuleBuilder } from '../assembler/module.ts';
import { PANEL_ROW, VECTOR } from '../memory-layout.ts';

/** Defines a function of (x, y, the end of x): x += y. */
export const defineAdd = (module: ModuleBuilder, lanes: Lanes): FunctionReference =>
  module.define(['i32', 'i32', 'i32'], (_, x, y, end) =>
    repeat(
      [
        [0, VECTOR].map((at) => v128.store(x, lanes.add(v128.load(x, at), v128.load(y, at)), at)),
        [x, y].map((address) => advance(address, PANEL_ROW)),
      ],
      i32.less(x, end),
    ),
  );

/** Defines a function of (out, x, y, the end of out): out = x ⊙ y. */
export const defineMultiply = (module: ModuleBuilder, lanes: Lanes): FunctionReference =>
  module.define(['i32', 'i32', 'i32', 'i32'], (_, out, x, y, end) =>
    repeat(
      [
        [0, VECTOR].map((at) => v128.store(out, lanes.mul(v128.load(x, at), v128.load(y, at)), at)),
        [out, x, y].map((address) => advance(address, PANEL_ROW)),
      ],
      i32.less(out, end),
    ),
  );
