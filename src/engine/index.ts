/**
 * The engine's public interface: multilayer perceptrons in the notation of the articles, computed in double precision, with
 * the same bits on every machine.
 */
export {
  type Activation,
  elu,
  gelu,
  identity,
  leakyRelu,
  logistic,
  relu,
  selu,
  silu,
  softplus,
  tanh,
} from './activations.ts';
export { type Backward, backward } from './backward.ts';
export { checkGradients, type GradientCheck } from './check-gradients.ts';
export { cost } from './cost.ts';
export { dropoutMasks } from './dropout.ts';
export { type Forward, forward, type Masks } from './forward.ts';
export {
  constant,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type Initializer,
  inverseSqrt,
  lecunNormal,
  lecunUniform,
  normal,
  orthogonal,
  truncatedNormal,
  uniform,
  zeros,
} from './initializers.ts';
export {
  chi,
  correlationFixedPoint,
  correlationMap,
  criticalPoint,
  depthScale,
  fixedPoint,
  qMap,
  qSlope,
  type Variances,
} from './mean-field.ts';
export { type Curve, type Moments, moments } from './moments.ts';
export { copyParameters, initialise, type Network, network, type Parameters } from './network.ts';
export type { Functions } from './numeric/elementary.ts';
export { type Matrix, matrix, takeRows, toRows, transpose } from './numeric/matrix.ts';
export { createRandom, type Random } from './numeric/random.ts';
export { singularValues } from './numeric/singular-values.ts';
export { symmetricEigenvalues } from './numeric/symmetric-eigenvalues.ts';
export {
  adam,
  adamW,
  gradientDescent,
  momentum,
  nesterov,
  type Optimizer,
  type OptimizerOptions,
  rmsProp,
} from './optimizers.ts';
export {
  linearSquaredError,
  logisticCrossEntropy,
  logisticSquaredError,
  type Output,
  sloped,
  softmaxCrossEntropy,
  tanhSquaredError,
} from './outputs.ts';
export { train } from './train.ts';
export { trainReference } from './train-reference.ts';
export type { Data, Recording, Run, Snapshot, TrainOptions } from './train-types.ts';
export { numbers } from './wasm/compiled-numbers.ts';
