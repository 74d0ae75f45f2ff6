/**
 * The training loop, inside WebAssembly: each step gathers its batch, computes cost and gradient and updates the parameters.
 * J of every step is recorded in memory; parameters and activations are recorded at the steps asked for.
 */
import type { Optimizer } from '../optimizers.ts';
import type { Code } from './assembler/encoding.ts';
import type { FunctionReference, Local } from './assembler/instructions.ts';
import { advance, call, copy, i32, repeat, set, tee, when } from './assembler/instructions.ts';
import { v128 } from './assembler/lanes.ts';
import type { Frame } from './assembler/module.ts';
import { defineGather } from './kernels/gather.ts';
import { defineGatherStrips } from './kernels/gather-strips.ts';
import { range } from './kernels/tiling.ts';
import { defineClippedUpdate, finishOf } from './kernels/update.ts';
import type { Target } from './kernels.ts';
import { kernelsOf } from './kernels.ts';
import { activationBytes, indexBytes, LOSSES, ONE_OVER_M, STEPS_SEEN } from './memory-layout.ts';
import { defineBackward, defineForward } from './passes.ts';

/** Bits of a step: whether it updates the parameters, and whether it is recorded. */
export const UPDATE = 1;
export const RECORD = 2;

/** Defines the module's functions `gather`, of (indices, X, Y), and `run`. */
export function defineLoop(target: Target, optimizer: Optimizer): void {
  const gather = defineBatch(target);
  target.module.export('gather', gather);
  target.module.export('run', defineRun(target, optimizer, gather));
}

function defineBatch(target: Target): FunctionReference {
  const { module, layout, net } = target;
  const [first, last] = [layout.layers[1]!, layout.layers[net.L]!];
  const [, strips] = layout.strips;
  const panels = { columns: first.units, target: first.a, stride: first.stride };
  const inputs = strips ? defineGatherStrips(target, { ...panels, strips }) : defineGather(target, panels);
  const targets = defineGather(target, { columns: last.units, target: layout.y, stride: last.stride });
  return module.define(['i32', 'i32', 'i32'], (_, indices, X, Y) => [
    call(inputs, indices, X),
    call(targets, indices, Y),
  ]);
}

/**
 * The arguments of `run`, in order: the most steps to take; addresses of the steps' bits (i32), of their coefficients, of their
 * batches' indices (0 if the batch stays the same), of X and of Y; addresses for J of each step and for records; the address
 * of the indices of all examples in batches (0 if activations are not recorded), and the number of those batches.
 */
export interface RunArguments {
  readonly most: number;
  readonly steps: number;
  readonly coefficients: number;
  readonly indices: number;
  readonly X: number;
  readonly Y: number;
  readonly costs: number;
  readonly records: number;
  readonly all: number;
  readonly batches: number;
}

/** Defines `run`. It ends after a step without UPDATE or with a J that is not finite, and stores the number of steps at STEPS_SEEN. */
function defineRun(target: Target, optimizer: Optimizer, gather: FunctionReference): FunctionReference {
  const { module, lanes, layout } = target;
  const kernels = kernelsOf(target, finishOf(target, optimizer));
  const forward = defineForward(target, kernels);
  const backward = defineBackward(target, kernels);
  const { clipNorm } = optimizer;
  const clippedUpdate = clipNorm === undefined ? undefined : defineClippedUpdate(target, optimizer, clipNorm);
  const { start, end } = layout.parameters;
  const { load, store, sub, equal } = lanes.numbers;
  return module.define(
    ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    (frame, most, steps, coefficients, indices, X, Y, costs, records, all, batches) => {
      const [seen, continues, isDue, batchesLeft, next] = frame.locals('i32', 5) as [Local, Local, Local, Local, Local];
      const recordActivations = [
        set(batchesLeft, batches),
        set(next, all),
        repeat(
          [
            call(gather, next, X, Y),
            call(forward, records),
            advance(next, indexBytes(layout)),
            advance(records, activationBytes(layout)),
          ],
          tee(batchesLeft, i32.sub(batchesLeft, 1)),
        ),
        // A batch that stays the same holds all examples: its forward pass is done.
        set(isDue, indices),
      ];
      const record = [copy(records, start, end - start), advance(records, end - start), when(all, recordActivations)];
      const cost = load(costs);
      // x − x is 0 if x is finite, and else NaN, which does not equal itself.
      const hasFiniteCost = equal(sub(cost, cost), sub(cost, cost));
      return [
        set(seen, 0),
        repeat(
          [
            set(isDue, 1),
            when(i32.and(i32.load(steps), RECORD), record),
            when(indices, [call(gather, indices, X, Y), advance(indices, indexBytes(layout))]),
            when(isDue, call(forward, 0)),
            store(costs, meanLoss(target, frame)),
            set(continues, i32.and(i32.load(steps), hasFiniteCost)),
            when(continues, [call(backward, coefficients), clippedUpdate ? call(clippedUpdate, coefficients) : []]),
            advance(coefficients, optimizer.coefficients(1).cols * lanes.bytes),
            advance(steps, 4),
            advance(costs, lanes.bytes),
            advance(seen, 1),
          ],
          i32.and(continues, i32.less(seen, most)),
        ),
        i32.store(0, seen, STEPS_SEEN),
      ];
    },
  );
}

/** J: the sums of losses by lane, added in lane order, times 1/m. */
function meanLoss({ lanes }: Target, frame: Frame): Code {
  const sums = frame.local('v128');
  const lane = range(0, lanes.width - 1).map((i) => lanes.extract(sums, i));
  const sum = lane.slice(1).reduce((total: Code, next) => lanes.numbers.add(total, next), lane[0]!);
  return [set(sums, v128.load(0, LOSSES)), lanes.numbers.mul(sum, lanes.numbers.load(0, ONE_OVER_M))];
}
