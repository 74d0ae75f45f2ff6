/** The symbols used in all posts: TeX, meaning, shape, and name in the engine's code. */

/** `shape` is left out for numbers; `code` is the name in the engine, which not every symbol has. */
export type NotationSymbol = { tex: string; meaning: string; shape?: string; code?: string };

/** Groups of symbols, in the order in which a reader meets them. */
export const notation: readonly { title: string; symbols: readonly NotationSymbol[] }[] = [
  {
    title: 'The network',
    symbols: [
      {
        tex: 'L',
        meaning: 'number of layers; the input is layer $1$, the output is layer $L$',
        code: 'net.units.length',
      },
      { tex: 'n', meaning: 'number of units that feed a unit, its fan-in' },
      {
        tex: 'x,\\ y',
        meaning: 'an example and its target',
        shape: 'an entry for each input, and for each output',
        code: 'X, Y',
      },
      { tex: 'm', meaning: 'number of examples', code: 'X.rows' },
      { tex: 'K', meaning: 'number of output units' },
      {
        tex: '\\Theta^{(l)}',
        meaning: 'weights from layer $l$ to layer $l+1$',
        shape: 'a row for each unit of layer $l+1$, a column for each of layer $l$',
        code: 'Theta[l]',
      },
      {
        tex: 'b^{(l)}',
        meaning: 'biases of layer $l+1$',
        shape: 'an entry for each unit of layer $l+1$',
        code: 'b[l]',
      },
      {
        tex: 'z^{(l)}',
        meaning: 'pre-activations, $z^{(l+1)} = \\Theta^{(l)} a^{(l)} + b^{(l)}$',
        shape: 'an entry for each unit of layer $l$',
        code: 'z[l]',
      },
      {
        tex: 'a^{(l)}',
        meaning: 'activations, $a^{(1)} = x$ and $a^{(l)} = g(z^{(l)})$',
        shape: 'an entry for each unit of layer $l$',
        code: 'a[l]',
      },
      {
        tex: 'g,\\ g^\\prime',
        meaning: 'the activation function and its derivative, entry by entry',
        code: 'g, derivative',
      },
      { tex: '\\sigma', meaning: 'the logistic function, $\\sigma(z) = 1/(1 + e^{-z})$', code: 'logistic()' },
      { tex: '\\beta', meaning: 'slope of the logistic function, $\\sigma(\\beta z)$', code: 'logistic(beta)' },
      {
        tex: '\\gamma^{(l)},\\ \\beta^{(l)}',
        meaning: 'scale and shift of layer normalisation, $g(\\gamma^{(l)} \\odot \\hat z^{(l)} + \\beta^{(l)})$',
        code: 'gamma[l], beta[l]',
      },
    ],
  },
  {
    title: 'Training',
    symbols: [
      { tex: 'J', meaning: 'the cost, a mean over the $m$ examples; a squared error carries $\\tfrac12$', code: 'J' },
      {
        tex: '\\delta^{(l)}',
        meaning: 'error terms of one example, $\\partial J/\\partial z^{(l)}$',
        shape: 'an entry for each unit of layer $l$',
        code: 'delta[l]',
      },
      { tex: '\\odot', meaning: 'product entry by entry' },
      { tex: '\\eta', meaning: 'learning rate', code: 'rate' },
      { tex: '\\lambda', meaning: 'strength of the L2 penalty', code: 'l2' },
      { tex: '\\mu', meaning: 'momentum', code: 'mu' },
    ],
  },
  {
    title: 'Random weights',
    symbols: [
      { tex: '\\E,\\ \\Var', meaning: 'mean and variance over the random weights and inputs' },
      { tex: '\\mathcal{U}(-c, c)', meaning: 'uniform distribution on an interval', code: 'uniform(c)' },
      { tex: '\\mathcal{N}(0, s^2)', meaning: 'normal distribution of standard deviation $s$', code: 'normal(s)' },
      { tex: '\\sigma_w^2', meaning: 'variance of a weight times the fan-in, $n \\Var \\Theta_{ij}$' },
      { tex: '\\sigma_b^2', meaning: 'variance of a bias' },
      { tex: 'q^{(l)}', meaning: 'second moment of a pre-activation, $\\E[(z^{(l)})^2]$', code: 'qMap' },
      { tex: 'd^{(l)}', meaning: 'second moment of an error term, $\\E[(\\delta^{(l)})^2]$' },
      {
        tex: '\\chi_1',
        meaning: 'factor by which a small difference grows in one layer, $\\sigma_w^2 \\E[g^\\prime(z)^2]$',
        code: 'chi',
      },
    ],
  },
  {
    title: 'Symmetry',
    symbols: [
      {
        tex: 'H',
        meaning: 'Hessian of $J$ along the directions in which identical units differ',
        shape: 'a row and a column for each weight of a unit',
      },
      { tex: '\\mu_{\\min}', meaning: 'its smallest eigenvalue', code: 'symmetricEigenvalues' },
    ],
  },
];
