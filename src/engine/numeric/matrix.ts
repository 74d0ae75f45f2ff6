/** A dense matrix of doubles, `rows` × `cols`, stored row by row. Data and activations hold one example per row. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  /** Entry (i, j) stands at `i * cols + j`. */
  readonly data: Float64Array;
}

/**
 * A rows × cols matrix from one number for all entries (0 if omitted), a flat array of entries row by row, or an array
 * of rows. Throws if the numbers do not fit the shape.
 */
export function matrix(
  rows: number,
  cols: number,
  source: number | ArrayLike<number> | readonly ArrayLike<number>[] = 0,
): Matrix {
  if (!Number.isInteger(rows) || !Number.isInteger(cols) || rows < 0 || cols < 0)
    throw new RangeError(`a matrix cannot be ${rows}×${cols}`);
  if (typeof source === 'number') return { rows, cols, data: new Float64Array(rows * cols).fill(source) };
  if (!isNested(source)) {
    if (source.length !== rows * cols)
      throw new RangeError(`${source.length} numbers do not fill a ${rows}×${cols} matrix`);
    return { rows, cols, data: new Float64Array(source) };
  }
  if (source.length !== rows) throw new RangeError(`${source.length} rows do not fill a ${rows}×${cols} matrix`);
  const data = new Float64Array(rows * cols);
  source.forEach((row, i) => {
    if (row.length !== cols) throw new RangeError(`row ${i} of a ${rows}×${cols} matrix has ${row.length} entries`);
    data.set(row, i * cols);
  });
  return { rows, cols, data };
}

function isNested(source: ArrayLike<number> | readonly ArrayLike<number>[]): source is readonly ArrayLike<number>[] {
  return Array.isArray(source) && typeof source[0] === 'object';
}

/** The rows as arrays of numbers. */
export function toRows(m: Matrix): number[][] {
  return Array.from({ length: m.rows }, (_, i) => Array.from(m.data.subarray(i * m.cols, (i + 1) * m.cols)));
}

/** The matrix with rows and columns exchanged. */
export function transpose(m: Matrix): Matrix {
  const result = matrix(m.cols, m.rows);
  for (let i = 0; i < m.rows; i++)
    for (let j = 0; j < m.cols; j++) result.data[j * m.rows + i] = m.data[i * m.cols + j] as number;
  return result;
}

/** The rows with the given indices, in that order. */
export function takeRows(m: Matrix, indices: ArrayLike<number>): Matrix {
  const result = matrix(indices.length, m.cols);
  for (let k = 0; k < indices.length; k++) {
    const i = indices[k] as number;
    result.data.set(m.data.subarray(i * m.cols, (i + 1) * m.cols), k * m.cols);
  }
  return result;
}

/** Σ u_i v_i, in index order. */
export function dot(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += u[i]! * v[i]!;
  return sum;
}

/** Throws unless every entry is a finite number; `name` is what the message calls the matrix. */
export function checkFinite(name: string, m: Matrix): void {
  let at = 0;
  while (at < m.data.length && Number.isFinite(m.data[at])) at++;
  if (at < m.data.length)
    throw new RangeError(`${name} has ${m.data[at]} at row ${Math.floor(at / m.cols)}, column ${at % m.cols}`);
}
