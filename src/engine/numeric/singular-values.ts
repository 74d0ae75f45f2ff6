/** Singular values by one-sided Jacobi rotations (Hestenes 1958), which rotate pairs of columns until all are orthogonal. */
import { checkFinite, dot, type Matrix, transpose } from './matrix.ts';

const SWEEPS = 60;

/** The min(rows, cols) singular values, largest first. Throws on entries that are not finite. */
export function singularValues(m: Matrix): number[] {
  checkFinite('the matrix', m);
  // The rows of `columns` are the vectors to rotate: the shorter side of the matrix, so at most as many as they are long.
  const columns = m.rows < m.cols ? m : transpose(m);
  const vectors = Array.from({ length: columns.rows }, (_, i) =>
    columns.data.slice(i * columns.cols, (i + 1) * columns.cols),
  );
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    if (!orthogonalise(vectors)) return vectors.map((v) => Math.sqrt(dot(v, v))).sort((x, y) => y - x);
  throw new Error(`the singular values of a ${m.rows}×${m.cols} matrix did not settle in ${SWEEPS} sweeps`);
}

/** Rotates each pair of vectors that is not orthogonal within rounding; false if there was none. */
function orthogonalise(vectors: readonly Float64Array[]): boolean {
  let turned = false;
  for (let p = 0; p < vectors.length; p++)
    for (let q = p + 1; q < vectors.length; q++) {
      const u = vectors[p]!;
      const v = vectors[q]!;
      const { uu, vv, uv } = products(u, v);
      if (Math.abs(uv) <= 2 ** -52 * Math.sqrt(uu) * Math.sqrt(vv)) continue;
      turned = true;
      rotate(u, v, rotation(uu, vv, uv));
    }
  return turned;
}

/** u·u, v·v and u·v: three sums in one loop, which do not wait for one another. */
function products(u: Float64Array, v: Float64Array): { uu: number; vv: number; uv: number } {
  let [uu, vv, uv] = [0, 0, 0];
  for (let i = 0; i < u.length; i++) {
    const x = u[i]!;
    const y = v[i]!;
    uu += x * x;
    vv += y * y;
    uv += x * y;
  }
  return { uu, vv, uv };
}

/** Cosine and sine of the angle θ with tan 2θ = 2·uv/(uu − vv), |θ| ≤ π/4, that makes the pair orthogonal. */
export function rotation(uu: number, vv: number, uv: number): { c: number; s: number } {
  const cot2 = (vv - uu) / (2 * uv);
  const tan = (cot2 < 0 ? -1 : 1) / (Math.abs(cot2) + Math.sqrt(1 + cot2 * cot2));
  const c = 1 / Math.sqrt(1 + tan * tan);
  return { c, s: tan * c };
}

function rotate(u: Float64Array, v: Float64Array, { c, s }: { c: number; s: number }): void {
  for (let i = 0; i < u.length; i++) {
    const x = u[i]!;
    const y = v[i]!;
    u[i] = c * x - s * y;
    v[i] = s * x + c * y;
  }
}
