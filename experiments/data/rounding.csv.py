"""Do hidden units that start equal stay equal in NumPy? Writes rounding.csv: `npm run data` runs it.

A network with 20 inputs, h tanh units and one linear output starts with every weight at one half and has no biases.
It takes 3000 steps of gradient descent on all examples, at rate 0.1, on half the mean squared error. Mathematically
the hidden units stay equal. Recorded is the largest difference between two hidden units, in any weight into or out of
them (spread), at some steps; the first step at which it is not 0, and the first at which it exceeds 0.01 (0: none). How
the products are summed, and so what comes out, depends on NumPy's BLAS, its kernel and the processor:
rounding-machine.csv.py says which they are. Run both together:

    npm run data -- --force experiments/data/rounding.csv experiments/data/rounding-machine.csv
"""

import sys

import numpy as np

INPUTS, EXAMPLES, STEPS, RATE = 20, 64, 3000, 0.1
RECORDED = [1, 2, 5, 10, 20, 50, *range(100, 1000, 50), *range(1000, STEPS + 1, 200)]


def numbers(count):
    """Numbers from -1 to 1 by Lehmer's generator (multiplier 16807, modulus 2**31 - 1): the same in any language."""
    state, out = 2026, []
    for _ in range(count):
        state = state * 16807 % 2147483647
        out.append(2 * state / 2147483647 - 1)
    return np.array(out)


def task():
    """Inputs, one example a row; the target is 1 where the sums of both halves of a row have the same sign, else -1."""
    X = numbers(EXAMPLES * INPUTS).reshape(EXAMPLES, INPUTS)
    half = INPUTS // 2
    return X, np.sign(X[:, :half].sum(1, keepdims=True) * X[:, half:].sum(1, keepdims=True))


def spread(W, v):
    """The largest difference between two hidden units: rows of W, columns of v."""
    return float(max(np.ptp(W, axis=0).max(), np.ptp(v, axis=1).max()))


def train(h, kind):
    X, Y = (array.astype(kind) for array in task())
    W, v = np.full((h, INPUTS), 0.5, kind), np.full((1, h), 0.5, kind)
    scale, rate = kind(1 / EXAMPLES), kind(RATE)
    first, apart, rows = 0, 0, []
    for step in range(1, STEPS + 1):
        A = np.tanh(X @ W.T)
        error = (A @ v.T - Y) * scale
        dv, dZ = error.T @ A, (error @ v) * (1 - A * A)
        W, v = W - rate * (dZ.T @ X), v - rate * dv
        gap = spread(W, v)
        if first == 0 and gap > 0:
            first = step
        if apart == 0 and gap > 0.01:
            apart = step
        if step in RECORDED or step == first:
            rows.append((step, gap))
    return first, apart, rows


if __name__ == "__main__":
    print("precision,width,first,apart,step,spread")
    for name, kind in (("float32", np.float32), ("float64", np.float64)):
        for h in range(2, 41):
            first, apart, rows = train(h, kind)
            for step, gap in rows:
                print(f"{name},{h},{first},{apart},{step},{gap!r}")
            print(name, h, first, apart, rows[-1][1], file=sys.stderr)
