/** The reference implementation of `train`: each step calls `backward`, then applies the optimiser's rule to every parameter. */
import { propagate } from './backward.ts';
import { createBatches } from './batches.ts';
import { clipFactor } from './clip.ts';
import { dropoutMasks } from './dropout.ts';
import { buildParameters, copyParameters, layersOf, type Network, type Parameters } from './network.ts';
import { matrix, takeRows } from './numeric/matrix.ts';
import type { Optimizer } from './optimizers.ts';
import { recordedSteps, snapshotOf } from './recording.ts';
import type { Data, Run, Snapshot, TrainOptions } from './train-types.ts';
import { numbers } from './wasm/compiled-numbers.ts';

/** `train` without its checks, in double precision. */
export function trainReference(net: Network, start: Parameters, { X, Y }: Data, options: TrainOptions): Run {
  const { optimizer, steps, batch = X.rows, order, dropout, record, precision } = options;
  if (precision === 'float32') throw new RangeError('this training has no float32: it is not compiled');
  const nextBatch = createBatches(X.rows, batch, order);
  const coefficients = optimizer.coefficients(steps);
  const recorded = recordedSteps(record, steps);
  const snapshots: Snapshot[] = [];
  const J: number[] = [];
  let parameters = copyParameters(start);
  let state = Array.from({ length: optimizer.slots }, () => zerosLike(net));
  for (let step = 0; ; step++) {
    if (recorded.has(step)) snapshots.push(snapshotOf(net, parameters, X, step, record));
    const indices = nextBatch();
    const masks = dropout ? dropoutMasks(net, batch, dropout.rate, dropout.random.split(step)) : [];
    const { J: loss, gradient } = propagate(net, parameters, takeRows(X, indices), takeRows(Y, indices), { masks });
    J.push(loss);
    if (!Number.isFinite(loss)) return { parameters, J: Float64Array.from(J), snapshots, diverged: { step } };
    if (step === steps) return { parameters, J: Float64Array.from(J), snapshots };
    const row = coefficients.data.subarray(step * coefficients.cols, (step + 1) * coefficients.cols);
    ({ parameters, state } = updateParameters(net, optimizer, parameters, gradient, state, Array.from(row)));
  }
}

function zerosLike(net: Network): Parameters {
  return buildParameters(
    net,
    (_, from, to) => ({ Theta: matrix(to, from), b: new Float64Array(to) }),
    (_, units) => ({ gamma: new Float64Array(units), beta: new Float64Array(units) }),
  );
}

/** One step of the optimiser: applies its rule to every parameter; weights decay, biases, γ and β do not. */
function updateParameters(
  net: Network,
  optimizer: Optimizer,
  parameters: Parameters,
  gradient: Parameters,
  state: readonly Parameters[],
  coefficients: readonly number[],
): { parameters: Parameters; state: Parameters[] } {
  const factor = optimizer.clipNorm === undefined ? 1 : clipFactor(gradient, optimizer.clipNorm);
  const updated = copyParameters(parameters);
  const memory = state.map(copyParameters);
  const apply = (entries: (p: Parameters) => Float64Array, decays: boolean) => {
    const theta = entries(updated);
    const slots = memory.map(entries);
    entries(gradient).forEach((g, i) => {
      const before = {
        theta: theta[i]!,
        gradient: factor * g,
        state: slots.map((slot) => slot[i]!),
        coefficients,
        decays,
      };
      const after = optimizer.rule(numbers, before);
      theta[i] = after.theta;
      slots.forEach((slot, k) => {
        slot[i] = after.state[k]!;
      });
    });
  };
  for (const l of layersOf(net)) {
    apply((p) => p.Theta[l]!.data, true);
    if (net.bias) apply((p) => p.b[l]!, false);
  }
  gradient.gamma?.forEach((_, l) => {
    apply((p) => p.gamma![l]!, false);
    apply((p) => p.beta![l]!, false);
  });
  return { parameters: updated, state: memory };
}
