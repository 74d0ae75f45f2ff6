/** Reference values of exp, ln, tanh and erf, to more than 200 bits by series in BigInt fixed point, for measuring errors in ulps. */

/** The number `n / 2^BITS`. */
export type Fixed = bigint;
const BITS = 320n;
const ONE = 1n << BITS;

const mul = (x: Fixed, y: Fixed): Fixed => (x * y) >> BITS;
const div = (x: Fixed, y: Fixed): Fixed => (x << BITS) / y;
const abs = (x: bigint): bigint => (x < 0n ? -x : x);

/** A finite double as significand · 2^exponent. */
export function parts(x: number): { significand: bigint; exponent: number } {
  const bits = new BigUint64Array(Float64Array.of(x).buffer)[0] as bigint;
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const significand = biased === 0 ? fraction : fraction | (1n << 52n);
  return { significand: x < 0 ? -significand : significand, exponent: Math.max(biased, 1) - 1075 };
}

/** The double itself in fixed point; bits below 2^−BITS are lost. */
function fixed(x: number): Fixed {
  const { significand, exponent } = parts(x);
  const shift = BITS + BigInt(exponent);
  return shift >= 0n ? significand << shift : significand >> -shift;
}

/** Σ of terms, each computed from the one before it by `next`, until they vanish. */
function series(first: Fixed, next: (term: Fixed, k: bigint) => Fixed): Fixed {
  let sum = 0n;
  let k = 1n;
  for (let term = first; term !== 0n && term !== -1n; term = next(term, k++)) sum += term;
  return sum;
}

/** Σ x^(2k+1)/(2k+1), which is artanh x. */
function artanh(x: Fixed): Fixed {
  const square = mul(x, x);
  let power = x;
  let sum = 0n;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = mul(power, square);
  }
  return sum;
}

const LN2 = 2n * artanh(ONE / 3n);

function squareRoot(n: bigint): bigint {
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** π = 16 arctan(1/5) − 4 arctan(1/239) (Machin 1706). */
function machin(): Fixed {
  const arctan = (n: bigint) => {
    let power = ONE / n;
    let sum = 0n;
    for (let k = 1n; power !== 0n; k += 2n) {
      sum += k % 4n === 1n ? power / k : -(power / k);
      power /= n * n;
    }
    return sum;
  };
  return 16n * arctan(5n) - 4n * arctan(239n);
}

const SQRT_PI = squareRoot(machin() << BITS);

/** e^x = 2^n e^r: e^r in fixed point, and n. */
function expParts(x: Fixed): { value: Fixed; power: bigint } {
  const power = (2n * x + LN2) / (2n * LN2) - (2n * x + LN2 < 0n ? 1n : 0n);
  const r = x - power * LN2;
  return { value: series(ONE, (term, k) => mul(term, r) / k), power };
}

/** The number value · 2^(power − BITS), exact enough for a comparison in ulps. */
export interface Exact {
  readonly value: bigint;
  readonly power: number;
}

const plain = (value: Fixed): Exact => ({ value, power: 0 });

export function exp(x: number): Exact {
  const { value, power } = expParts(fixed(x));
  return { value, power: Number(power) };
}

/** ln x = e ln 2 + 2 artanh((m − 1)/(m + 1)) with m near 1. */
export function log(x: number): Exact {
  const { significand, exponent } = parts(x);
  const length = significand.toString(2).length;
  const m = (significand << BITS) >> BigInt(length - 1);
  const large = m > (ONE * 3n) / 2n;
  const near = large ? m >> 1n : m;
  const e = BigInt(exponent + length - 1 + (large ? 1 : 0));
  return plain(e * LN2 + 2n * artanh(div(near - ONE, near + ONE)));
}

/** An odd function near 0: x times the even power series with the given rational coefficients. */
function nearZero(x: number, coefficients: readonly (readonly [bigint, bigint])[]): Exact {
  const square = mul(fixed(x), fixed(x));
  const ratio = coefficients.reduceRight((sum, [p, q]) => mul(sum, square) + (p * ONE) / q, 0n);
  const { significand, exponent } = parts(x);
  return { value: significand * ratio, power: exponent };
}

export function tanh(x: number): Exact {
  if (Math.abs(x) < 2 ** -24)
    return nearZero(x, [
      [1n, 1n],
      [-1n, 3n],
      [2n, 15n],
      [-17n, 315n],
      [62n, 2835n],
    ]);
  const { value, power } = expParts(2n * fixed(Math.abs(x)));
  const e = value << power;
  const result = div(e - ONE, e + ONE);
  return plain(x < 0 ? -result : result);
}

/** erf x = (2/√π) e^(−x²) Σ 2^k x^(2k+1)/(2k+1)!!, whose terms are all positive. */
export function erf(x: number): Exact {
  if (Math.abs(x) < 2 ** -24) {
    const { value, power } = nearZero(x, [
      [1n, 1n],
      [-1n, 3n],
      [1n, 10n],
      [-1n, 42n],
      [1n, 216n],
    ]);
    return { value: div(2n * value, SQRT_PI), power };
  }
  if (Math.abs(x) > 8) return plain(x < 0 ? -ONE : ONE);
  const point = fixed(Math.abs(x));
  const square = mul(point, point);
  const sum = series(point, (term, k) => (2n * mul(term, square)) / (2n * k + 1n));
  const { value, power } = expParts(-square);
  const result = div(2n * mul(sum, value), SQRT_PI) >> -power;
  return plain(x < 0 ? -result : result);
}

/** |computed − exact| in units of the last place of the exact value, as a double has them, subnormals included. */
export function ulps(computed: number, { value, power }: Exact): number {
  const scale = power - Number(BITS);
  const leading = abs(value).toString(2).length - 1 + scale;
  if (!Number.isFinite(computed)) return leading >= 1024 && computed > 0 === value > 0n ? 0 : Infinity;
  const ulp = Math.max(leading - 52, -1074);
  const { significand, exponent } = parts(computed);
  // both as multiples of 2^base, small enough for either to be an integer
  const base = Math.min(exponent, scale);
  const difference = abs((significand << BigInt(exponent - base)) - (value << BigInt(scale - base)));
  const down = ulp - base;
  return down > 64 ? Number(difference >> BigInt(down - 64)) / 2 ** 64 : Number(difference) * 2 ** -down;
}
