/** Changes to the parameters of a network with one hidden layer, unit by unit. */
import { type Matrix, matrix, type Parameters } from 'astro-measured/engine';

/** `m` with its columns in reverse order. */
export function reverseColumns(m: Matrix): Matrix {
  const data = m.data.map((_, at) => {
    const [i, j] = [Math.floor(at / m.cols), at % m.cols];
    return m.data[i * m.cols + (m.cols - 1 - j)]!;
  });
  return { ...m, data };
}

/** `parameters` with unit `i` of the hidden layer taken from `other`. */
export function withUnit(parameters: Parameters, i: number, other: Parameters): Parameters {
  const [, incoming, outgoing] = parameters.Theta as [Matrix, Matrix, Matrix];
  const [, otherIncoming, otherOutgoing] = other.Theta as [Matrix, Matrix, Matrix];
  const row = Math.floor;
  return {
    Theta: [
      matrix(0, 0),
      {
        ...incoming,
        data: incoming.data.map((x, at) => (row(at / incoming.cols) === i ? otherIncoming.data[at]! : x)),
      },
      { ...outgoing, data: outgoing.data.map((x, at) => (at % outgoing.cols === i ? otherOutgoing.data[at]! : x)) },
    ],
    b: [new Float64Array(0), parameters.b[1]!.map((x, at) => (at === i ? other.b[1]![at]! : x)), parameters.b[2]!],
  };
}

/** All numbers of the parameters changed by `change`. */
export const mapParameters = ({ Theta, b }: Parameters, change: (x: number) => number): Parameters => ({
  Theta: Theta.map((m) => ({ ...m, data: m.data.map(change) })),
  b: b.map((v) => v.map(change)),
});
