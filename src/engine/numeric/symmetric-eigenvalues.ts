/** Eigenvalues of a symmetric matrix by Jacobi rotations (1846), each of which zeroes one off-diagonal entry. */
import { checkFinite, type Matrix } from './matrix.ts';
import { rotation } from './singular-values.ts';

const SWEEPS = 60;

/** The eigenvalues, smallest first. Throws if the matrix is not square, not symmetric, or not finite. */
export function symmetricEigenvalues(m: Matrix): number[] {
  const n = m.rows;
  if (m.cols !== n) throw new RangeError(`a ${m.rows}×${m.cols} matrix has no eigenvalues`);
  checkFinite('the matrix', m);
  const A = m.data.slice();
  const at = (i: number, j: number) => A[i * n + j]!;
  const scale = A.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++)
      if (Math.abs(at(i, j) - at(j, i)) > 1e-12 * scale)
        throw new RangeError(`not symmetric: entry (${i}, ${j}) is ${at(i, j)}, entry (${j}, ${i}) is ${at(j, i)}`);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(at(p, q)) <= 2 ** -60 * scale) continue;
        turned = true;
        turn(A, n, p, q);
      }
    if (!turned) return Array.from({ length: n }, (_, i) => at(i, i)).sort((x, y) => x - y);
  }
  throw new Error(`the eigenvalues of a ${n}×${n} matrix did not settle in ${SWEEPS} sweeps`);
}

/** A ← RᵀAR with the rotation R in the plane (p, q) that makes A_pq = 0. */
function turn(A: Float64Array, n: number, p: number, q: number): void {
  const { c, s } = rotation(A[p * n + p]!, A[q * n + q]!, A[p * n + q]!);
  const mix = (i: number, j: number) => {
    const x = A[i]!;
    const y = A[j]!;
    A[i] = c * x - s * y;
    A[j] = s * x + c * y;
  };
  for (let k = 0; k < n; k++) mix(k * n + p, k * n + q);
  for (let k = 0; k < n; k++) mix(p * n + k, q * n + k);
  A[p * n + q] = 0;
  A[q * n + p] = 0;
}
