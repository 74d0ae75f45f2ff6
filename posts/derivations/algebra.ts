/** Sums, products and differences in the words of the page: vectors as lists, matrices as lists of rows. */

export type Vector = readonly number[];
export type Rows = readonly Vector[];

export const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
export const sum = (terms: Vector): number => terms.reduce((total, term) => total + term, 0);
export const mean = (terms: Vector): number => sum(terms) / terms.length;
export const dot = (x: Vector, y: Vector): number => sum(x.map((xi, i) => xi * y[i]!));
export const outer = (column: Vector, row: Vector): Rows => column.map((x) => row.map((y) => x * y));
export const scaled = (factor: number, x: Vector): Vector => x.map((xi) => factor * xi);
export const ones = (n: number): Vector => indices(n).map(() => 1);
export const zeros = (n: number): Vector => indices(n).map(() => 0);

/** The mean of vectors, and of matrices, one an example. */
export const meanVector = (vectors: Rows): Vector => vectors[0]!.map((_, j) => mean(vectors.map((v) => v[j]!)));
export const meanOf = (matrices: readonly Rows[]): Rows =>
  matrices[0]!.map((row, i) => row.map((_, j) => mean(matrices.map((m) => m[i]![j]!))));

/** Differences of f around 0 for its first and second derivative, of second and fourth order in h. */
export const centralDifference = (f: (change: number) => number, h = 1e-5): number => (f(h) - f(-h)) / (2 * h);
export const secondDifference = (f: (change: number) => number, h = 3e-3): number =>
  (-f(2 * h) + 16 * f(h) - 30 * f(0) + 16 * f(-h) - f(-2 * h)) / (12 * h * h);

/** xᵀ M y. */
export const form = (x: Vector, M: Rows, y: Vector): number =>
  dot(
    x,
    M.map((row) => dot(row, y)),
  );
