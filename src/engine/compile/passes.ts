/**
 * One step's passes over a batch: forward and backward, then the gradient.
 *
 * Panels go through all layers forward and backward in groups small enough for the first-level cache; the gradient then sums
 * over the whole batch, a block of rows of Θ after the other, so that the block's δ stay there too.
 */
import type { Code } from './encoding.ts';
import type { FunctionReference, Local } from './instructions.ts';
import { call, count, i32, repeat, select, set, tee } from './instructions.ts';
import type { Kernels, Target } from './kernels.ts';
import { v128 } from './lanes.ts';
import type { Layout } from './layout.ts';
import { LOSSES, PANEL_ROW, VECTOR } from './layout.ts';
import { range } from './tiling.ts';

/** Bytes of panels, and of δ, that a group and a block may take. */
const GROUP = 64 * 1024;
const BLOCK = 12 * 1024;

/** Panels a group. */
function groupSize({ layers, panels }: Layout): number {
  const pairs = layers.slice(2).map(({ stride }, i) => stride + layers[i + 1]!.stride);
  return Math.min(panels, Math.max(1, Math.floor(GROUP / Math.max(...pairs))));
}

/** Defines a function that takes a[1] and y to the sums of losses, to a[l] and to δ[l]. */
export function definePasses(target: Target, kernels: Kernels, batch: number): FunctionReference {
  const { module, layout, net } = target;
  const { layers, Theta, b } = layout;
  const size = groupSize(layout);
  return module.define([], (frame) => {
    const first = frame.local('i32');
    const panels = frame.local('i32');
    const at = (base: number, stride: number): Code => i32.add(base, i32.mul(first, stride));
    const a = (l: number): Code => at(layers[l]!.a, layers[l]!.stride);
    const delta = (l: number): Code => at(layers[l]!.delta, layers[l]!.stride);
    const slope = (l: number): Code => at(layers[l]!.slope, layers[l]!.stride);
    const forward = range(1, net.L - 1).map((l) => [
      call(kernels.forward(l), Theta[l]!.address, b[l]!, a(l), a(l + 1), 0, panels),
      l + 1 < net.L
        ? call(
            kernels.activation(l + 1),
            a(l + 1),
            slope(l + 1),
            i32.add(a(l + 1), i32.mul(panels, layers[l + 1]!.stride)),
          )
        : [],
    ]);
    const backward = range(2, net.L - 1)
      .reverse()
      .map((l) => {
        const from = target.graphs[l]!.slopeFromA ? a(l) : slope(l);
        return call(kernels.backward(l), Theta[l]!.address, 0, delta(l + 1), delta(l), from, panels);
      });
    const last = net.L;
    return [
      v128.store(0, v128.zero, LOSSES),
      set(first, 0),
      repeat(
        [
          set(panels, i32.sub(layout.panels, first)),
          set(panels, select(i32.less(panels, size), panels, size)),
          forward,
          call(
            kernels.output,
            a(last),
            at(layout.y, layers[last]!.stride),
            delta(last),
            at(layout.masks, PANEL_ROW),
            panels,
          ),
          backward,
        ],
        i32.less(tee(first, i32.add(first, panels)), layout.panels),
      ),
      batch % layout.panel === 0 ? [] : hideMissing(layout, frame.local('i32')),
    ];
  });
}

/** Clears a and δ of the hidden layers where the last panel has no example: what is there may be infinite or NaN. */
function hideMissing({ layers, panels, masks }: Layout, row: Local): Code {
  const clear = (address: number, v: number): Code => {
    const mask = v128.load(0, masks + (panels - 1) * PANEL_ROW + v * VECTOR);
    return v128.store(row, v128.and(v128.load(row, address + v * VECTOR), mask), address + v * VECTOR);
  };
  return layers.slice(2, -1).map(({ a, delta, stride, units }) => {
    const last = (panels - 1) * stride;
    return count(row, 0, units * PANEL_ROW, PANEL_ROW, [
      [a, delta].map((base) => [clear(base + last, 0), clear(base + last, 1)]),
    ]);
  });
}

/** Defines a function that takes a[l] and δ[l] to the gradient. */
export function defineGradients(target: Target, kernels: Kernels): FunctionReference {
  const { module, layout, net } = target;
  const { layers, panels } = layout;
  return module.define([], () =>
    range(1, net.L - 1).map((l) => {
      const { address, pitch, rows } = layout.Theta[l]!;
      const { a } = layers[l]!;
      const { delta } = layers[l + 1]!;
      const block = Math.min(rows, Math.max(4, Math.floor(BLOCK / (panels * PANEL_ROW) / 4) * 4));
      const blocks = range(0, Math.ceil(rows / block) - 1).map((i) => {
        const start = i * block;
        return call(
          kernels.gradient(l, Math.min(block, rows - start)),
          a,
          delta + start * PANEL_ROW,
          address + layout.toGradient + start * pitch,
        );
      });
      const biases = call(kernels.biasGradient(l), delta, layout.b[l]! + layout.toGradient);
      return net.bias ? [blocks, biases] : blocks;
    }),
  );
}
