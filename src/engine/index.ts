/** The engine: multilayer perceptrons in the notation of the articles, in double precision, the same bits everywhere. */
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
export { checkGradients, type GradientCheck } from './checkGradients.ts';
export { cost } from './cost.ts';
export { dropoutMasks } from './dropout.ts';
export { type Functions, numbers } from './elementary.ts';
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
export { type Matrix, matrix, takeRows, toRows, transpose } from './matrix.ts';
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
} from './meanField.ts';
export { type Curve, type Moments, moments } from './moments.ts';
export { copyParameters, initialise, type Network, network, type Parameters } from './network.ts';
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
export { createRandom, type Random } from './random.ts';
export { singularValues } from './singularValues.ts';
export { symmetricEigenvalues } from './symmetricEigenvalues.ts';
export { type Data, type Recording, type Run, type Snapshot, type TrainOptions, train } from './train.ts';
export { trainSpecification } from './trainSpecification.ts';
