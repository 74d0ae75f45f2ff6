/**
 * One step's passes over a batch: forward to the losses, then backward to the gradient.
 *
 * A layer takes its panels in groups small enough for the second-level cache. The gradient of Θ^(l) is summed over the whole
 * batch, a part of Θ after the other.
 */
import type { Code } from './encoding.ts';
import type { FunctionReference, Local } from './instructions.ts';
import { call, copy, count, i32, repeat, select, set, tee, when } from './instructions.ts';
import type { Kernels, Target } from './kernels.ts';
import { v128 } from './lanes.ts';
import type { Layout, Strips } from './layout.ts';
import { LOSSES, PANEL_ROW, VECTOR } from './layout.ts';
import type { Frame } from './module.ts';
import { activationsAt } from './observe.ts';
import { range } from './tiling.ts';

/** Bytes of panels, and of δ or strips, that a group and a block may take. */
const GROUP = 128 * 1024;
const BLOCK = 256 * 1024;

/** Runs `body` for one group of panels after the other, in all of which a panel takes `bytes`. */
function groups(
  frame: Frame,
  { panels }: Layout,
  bytes: number,
  body: (at: (base: number, stride: number) => Code, panels: Local) => Code,
): Code {
  return frame.scope(() => {
    const [first, taken] = frame.locals('i32', 2) as [Local, Local];
    const size = Math.min(panels, Math.max(8, Math.floor(GROUP / bytes)));
    const at = (base: number, stride: number): Code => i32.add(base, i32.mul(first, stride));
    return [
      set(first, 0),
      repeat(
        [set(taken, i32.sub(panels, first)), set(taken, select(i32.less(taken, size), taken, size)), body(at, taken)],
        i32.less(tee(first, i32.add(first, taken)), panels),
      ),
    ];
  });
}

/**
 * Defines a function of (where z and a are kept, or 0) that takes a[1] and y to a[l], to the sums of losses and to δ[L]. What is
 * kept is z[2], a[2], z[3], a[3], …, panels as they lie in memory.
 */
export function defineForward(target: Target, kernels: Kernels): FunctionReference {
  const { module, layout, net } = target;
  const { layers, Theta, b } = layout;
  return module.define(['i32'], (frame, kept) => [
    v128.store(0, v128.zero, LOSSES),
    range(2, net.L).map((l) => {
      const [from, to] = [layers[l - 1]!, layers[l]!];
      const { stride } = to;
      const hidden = l < net.L;
      return [
        groups(frame, layout, from.stride + stride, (at, panels) => {
          const a = at(to.a, stride);
          const keep = (kind: 'z' | 'a'): Code => {
            const place = i32.add(kept, at(activationsAt(layout, l, kind), stride));
            return when(kept, copy(place, a, i32.mul(panels, stride)));
          };
          return [
            call(kernels.forward(l - 1), Theta[l - 1]!.address, b[l - 1]!, at(from.a, from.stride), a, 0, panels),
            keep('z'),
            hidden
              ? call(kernels.activation(l), a, at(to.slope, stride), i32.add(a, i32.mul(panels, stride)))
              : call(
                  kernels.output,
                  a,
                  at(layout.y, stride),
                  at(to.delta, stride),
                  at(layout.masks, PANEL_ROW),
                  panels,
                ),
            keep('a'),
          ];
        }),
        hidden ? hideMissing(target, frame, l, to.a) : [],
      ];
    }),
  ]);
}

/**
 * Defines a function of (the step's coefficients) that takes a[l] and δ[L] to δ[l] and to the gradient. Since finishing a gradient
 * may change its Θ^(l), δ^(l) comes first.
 */
export function defineBackward(target: Target, kernels: Kernels): FunctionReference {
  const { module, layout, net, graphs } = target;
  const { layers, Theta } = layout;
  return module.define(['i32'], (frame, coefficients) =>
    range(1, net.L - 1)
      .reverse()
      .map((l) => {
        const [to, from] = [layers[l]!, layers[l + 1]!];
        const gradient = gradientOf(target, kernels, l, coefficients);
        if (l === 1) return gradient;
        const g = graphs[l]!.slopeFromA ? to.a : to.slope;
        const { stride } = to;
        const { address } = Theta[l]!;
        return [
          groups(frame, layout, from.stride + stride, (at, panels) => {
            const delta = at(from.delta, from.stride);
            return call(kernels.backward(l), address, 0, delta, at(to.delta, stride), at(g, stride), panels);
          }),
          hideMissing(target, frame, l, to.delta),
          gradient,
        ];
      }),
  );
}

/** Clears a or δ of a hidden layer where the last panel has no example: what is there may be infinite or NaN. */
function hideMissing({ layout }: Target, frame: Frame, l: number, base: number): Code {
  const { layers, panels, masks, missing } = layout;
  if (missing === 0) return [];
  const { stride, units } = layers[l]!;
  const last = base + (panels - 1) * stride;
  return frame.scope(() => {
    const row = frame.local('i32');
    const clear = (v: number): Code => {
      const mask = v128.load(0, masks + (panels - 1) * PANEL_ROW + v * VECTOR);
      return v128.store(row, v128.and(v128.load(row, last + v * VECTOR), mask), last + v * VECTOR);
    };
    return count(row, 0, units * PANEL_ROW, PANEL_ROW, [clear(0), clear(1)]);
  });
}

/** The gradient of Θ^(l) and b^(l) from a[l] and δ[l + 1], and what becomes of it. */
function gradientOf(target: Target, kernels: Kernels, l: number, coefficients: Local): Code {
  const { layout, net } = target;
  const { delta } = layout.layers[l + 1]!;
  const { strips } = layout;
  return [
    l === 1 && strips
      ? gradientOfStrips(target, kernels, strips, coefficients)
      : gradientOfPanels(target, kernels, l, coefficients),
    net.bias ? call(kernels.biasGradient(l), delta, layout.b[l]!, coefficients) : [],
  ];
}

/** A block of rows of Θ after the other, so that the block's δ stay in the second-level cache. */
function gradientOfPanels({ layout }: Target, kernels: Kernels, l: number, coefficients: Local): Code {
  const { layers, panels } = layout;
  const { address, pitch, rows } = layout.Theta[l]!;
  const { a } = layers[l]!;
  const { delta } = layers[l + 1]!;
  const block = Math.min(rows, Math.max(4, Math.floor(BLOCK / (panels * PANEL_ROW) / 4) * 4));
  return range(0, Math.ceil(rows / block) - 1).map((i) => {
    const start = i * block;
    const kernel = kernels.gradient(l, Math.min(block, rows - start));
    return call(kernel, a, delta + start * PANEL_ROW, address + start * pitch, coefficients);
  });
}

/** A group of strips after the other, so that the group stays in the second-level cache; of a last one perhaps half. */
function gradientOfStrips(
  { layout, lanes }: Target,
  kernels: Kernels,
  { address, stride }: Strips,
  coefficients: Local,
): Code {
  const { delta } = layout.layers[2]!;
  const Theta = layout.Theta[1]!;
  const vectors = Math.ceil(Theta.columns / lanes.width);
  const whole = Math.floor(vectors / 2);
  const part = (first: number, strips: number, vectors: 1 | 2): Code =>
    call(
      kernels.stripGradient(strips, vectors),
      address + first * stride,
      delta,
      Theta.address + first * PANEL_ROW,
      coefficients,
    );
  const size = Math.max(1, Math.floor(BLOCK / stride));
  const starts = range(0, Math.ceil(whole / size) - 1).map((i) => i * size);
  return [
    starts.map((first) => part(first, Math.min(size, whole - first), 2)),
    vectors % 2 === 1 ? part(whole, 1, 1) : [],
  ];
}
