/**
 * The passes of a training step over a batch: forward to the losses, then backward to the gradient.
 *
 * Panels are processed in groups small enough for the second-level cache. The gradient of Θ^(l) is summed over the whole
 * batch, one block of Θ after the other.
 */
import type { Code } from './assembler/encoding.ts';
import type { FunctionReference, Local } from './assembler/instructions.ts';
import { call, copy, count, i32, repeat, select, set, tee, when } from './assembler/instructions.ts';
import { v128 } from './assembler/lanes.ts';
import type { Frame } from './assembler/module.ts';
import { range } from './kernels/tiling.ts';
import type { Kernels, Target } from './kernels.ts';
import type { Layout, StripLayout } from './memory-layout.ts';
import { activationsAt, LOSSES, PANEL_ROW, VECTOR } from './memory-layout.ts';

/** The most bytes of panels in a group, and of δ or strips in a block. */
const GROUP = 128 * 1024;
const BLOCK = 256 * 1024;

/** Runs `body` for one group of panels after the other; `bytes` is what a panel takes in all layers involved. */
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
 * Defines a function of (where to record z and a, or 0) that computes a[l], the sums of losses and δ[L] from a[1] and y.
 * Recorded are z[2], a[2], z[3], a[3], …, panels as they lie in memory.
 */
export function defineForward(target: Target, kernels: Kernels): FunctionReference {
  const { module, layout, net } = target;
  const { layers, Theta, b } = layout;
  return module.define(['i32'], (frame, record) => [
    v128.store(0, v128.zero, LOSSES),
    range(2, net.L).map((l) => {
      const [from, to] = [layers[l - 1]!, layers[l]!];
      const { stride } = to;
      const hidden = l < net.L;
      return [
        groups(frame, layout, from.stride + stride, (at, panels) => {
          const a = at(to.a, stride);
          const recordPanels = (kind: 'z' | 'a'): Code => {
            const address = i32.add(record, at(activationsAt(layout, l, kind), stride));
            return when(record, copy(address, a, i32.mul(panels, stride)));
          };
          return [
            call(kernels.forward(l - 1), Theta[l - 1]!.address, b[l - 1]!, at(from.a, from.stride), a, panels),
            recordPanels('z'),
            net.layerNorm[l]
              ? call(
                  kernels.normalise(l),
                  a,
                  at(to.hat, stride),
                  at(to.r, PANEL_ROW),
                  layout.gamma[l]!,
                  layout.beta[l]!,
                  panels,
                )
              : [],
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
            net.residual[l] ? call(kernels.add(), a, at(from.a, from.stride), i32.add(a, i32.mul(panels, stride))) : [],
            recordPanels('a'),
          ];
        }),
        hidden ? maskMissing(target, frame, l, to.a) : [],
        net.layerNorm[l] ? maskMissing(target, frame, l, to.hat) : [],
      ];
    }),
  ]);
}

/**
 * Defines a function of (the step's coefficients) that computes δ[l] and the gradient from a[l] and δ[L]. Since a finished
 * gradient may update its Θ^(l) at once, δ^(l) is computed first.
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
        if (to.error) return [deltaFromErrors(target, kernels, frame, l, coefficients), gradient];
        const g = graphs[l]!.slopeFromA ? to.a : to.slope;
        const { stride } = to;
        const { address } = Theta[l]!;
        return [
          groups(frame, layout, from.stride + stride, (at, panels) => {
            const delta = at(to.delta, stride);
            return [
              call(kernels.errors(l), address, 0, at(from.delta, from.stride), delta, panels),
              call(kernels.timesSlope(l), delta, delta, at(g, stride), i32.add(delta, i32.mul(panels, stride))),
            ];
          }),
          maskMissing(target, frame, l, to.delta),
          gradient,
        ];
      }),
  );
}

/**
 * δ[l] where ∂(loss)/∂a is stored, which also takes what a residual connection to layer l+1 passes on; with layer
 * normalisation also the gradients of γ and β.
 */
function deltaFromErrors(target: Target, kernels: Kernels, frame: Frame, l: number, coefficients: Local): Code {
  const { layout, net } = target;
  const { layers, gamma, beta } = layout;
  const [to, from] = [layers[l]!, layers[l + 1]!];
  const { stride } = to;
  const isNormalised = net.layerNorm[l];
  const d = isNormalised ? to.unscaled : to.delta;
  return [
    groups(frame, layout, from.stride + stride, (at, panels) => {
      const end = (start: Code): Code => i32.add(start, i32.mul(panels, stride));
      const [error, out] = [at(to.error, stride), at(d, stride)];
      const [hat, r] = [at(to.hat, stride), at(to.r, PANEL_ROW)];
      return [
        call(kernels.errors(l), layout.Theta[l]!.address, 0, at(from.delta, from.stride), error, panels),
        net.residual[l + 1] ? call(kernels.add(), error, at(from.error, stride), end(error)) : [],
        call(kernels.timesSlope(l), out, error, at(to.slope, stride), end(out)),
        isNormalised ? call(kernels.normaliseBackward(l), out, hat, r, gamma[l]!, at(to.delta, stride), panels) : [],
      ];
    }),
    maskMissing(target, frame, l, to.delta),
    isNormalised
      ? [
          maskMissing(target, frame, l, d),
          call(kernels.scaleGradient(l), d, to.hat, gamma[l]!, coefficients),
          call(kernels.biasGradient(l - 1), d, 0, beta[l]!, coefficients),
        ]
      : [],
  ];
}

/** Clears a or δ of a hidden layer in the last panel's lanes without an example, where it may be infinite or NaN. */
function maskMissing({ layout }: Target, frame: Frame, l: number, base: number): Code {
  const { layers, panels, masks, missing } = layout;
  if (missing === 0) return [];
  const { stride, units } = layers[l]!;
  const last = base + (panels - 1) * stride;
  return frame.scope(() => {
    const row = frame.local('i32');
    const cleared = frame.locals('v128', 2);
    const mask = (v: number): Code => v128.load(0, masks + (panels - 1) * PANEL_ROW + v * VECTOR);
    return count(row, 0, units * PANEL_ROW, PANEL_ROW, [
      cleared.map((value, v) => set(value, v128.and(v128.load(row, last + v * VECTOR), mask(v)))),
      cleared.map((value, v) => v128.store(row, value, last + v * VECTOR)),
    ]);
  });
}

/** The gradient of Θ^(l) and b^(l) from a[l] and δ[l + 1], updated with or stored. */
function gradientOf(target: Target, kernels: Kernels, l: number, coefficients: Local): Code {
  const { layout, net } = target;
  const { delta } = layout.layers[l + 1]!;
  const strips = layout.strips[l];
  return [
    strips
      ? gradientOfStrips(target, kernels, l, strips, coefficients)
      : gradientOfPanels(target, kernels, l, 0, coefficients),
    net.bias ? call(kernels.biasGradient(l), delta, 0, layout.b[l]!, coefficients) : [],
  ];
}

/** The columns from `first` on, one block of rows of Θ after the other, so that its δ stay in the second-level cache. */
function gradientOfPanels({ layout, lanes }: Target, kernels: Kernels, l: number, first: number, at: Local): Code {
  const { layers, panels } = layout;
  const { address, pitch, rows, columns } = layout.Theta[l]!;
  const { a } = layers[l]!;
  const { delta } = layers[l + 1]!;
  const block = Math.min(rows, Math.max(4, Math.floor(BLOCK / (panels * PANEL_ROW) / 4) * 4));
  return range(0, Math.ceil(rows / block) - 1).map((i) => {
    const start = i * block;
    const kernel = kernels.gradient(l, Math.min(block, rows - start), columns - first);
    const theta = address + start * pitch + first * lanes.bytes;
    return call(kernel, a + first * PANEL_ROW, delta + start * PANEL_ROW, theta, at);
  });
}

/**
 * One group of strips after the other, so that it stays in the second-level cache. What is left of the columns is one vector of
 * the last strip if it has a single sum, else computed from panels.
 */
function gradientOfStrips(
  target: Target,
  kernels: Kernels,
  l: number,
  { address, stride, sums }: StripLayout,
  coefficients: Local,
): Code {
  const { layout, lanes } = target;
  const { delta } = layout.layers[l + 1]!;
  const Theta = layout.Theta[l]!;
  const perStrip = PANEL_ROW / lanes.bytes;
  const vectors = Math.ceil(Theta.columns / lanes.width);
  const whole = sums === 1 ? Math.floor(vectors / 2) : Math.floor(Theta.columns / perStrip);
  const part = (first: number, strips: number, vectors: 1 | 2): Code =>
    call(
      kernels.stripGradient(l, strips, vectors),
      address + first * stride,
      delta,
      Theta.address + first * PANEL_ROW,
      coefficients,
    );
  const size = Math.max(1, Math.floor(BLOCK / stride));
  const starts = range(0, Math.ceil(whole / size) - 1).map((i) => i * size);
  const restOfPanels = sums > 1 && whole * perStrip < Theta.columns;
  return [
    l > 1 ? call(kernels.toStrips(l), layout.layers[l]!.a) : [],
    starts.map((first) => part(first, Math.min(size, whole - first), 2)),
    sums === 1 && vectors % 2 === 1 ? part(whole, 1, 1) : [],
    restOfPanels ? gradientOfPanels(target, kernels, l, whole * perStrip, coefficients) : [],
  ];
}
