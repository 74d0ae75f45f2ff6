"""Trains the workloads in PyTorch or NumPy. Reads a problem and answers with J at the start; then for each {"steps": n} it answers with wall-clock and CPU seconds."""

import json
import sys
import time

import numpy as np


def read():
    line = sys.stdin.readline()
    return json.loads(line) if line else None


def answer(value):
    print(json.dumps(value), flush=True)


def arrays(problem):
    dtype = getattr(np, problem["precision"])
    units = problem["units"]
    X = np.array(problem["X"], dtype).reshape(-1, units[0])
    Y = np.array(problem["Y"], dtype).reshape(-1, units[-1])
    Theta = [np.array(w, dtype).reshape(units[l + 1], units[l]) for l, w in enumerate(problem["Theta"])]
    b = [np.array(v, dtype) for v in problem["b"]]
    return X, Y, Theta, b


def numpy_trainer(problem):
    X, Y, Theta, b = arrays(problem)
    rate, m, L = problem["rate"], len(X), len(Theta)
    softmax = Y.shape[1] > 1

    def step():
        a = [X]
        for l in range(L):
            z = a[-1] @ Theta[l].T + b[l]
            if l < L - 1:
                a.append(np.tanh(z))
            elif softmax:
                e = np.exp(z - z.max(axis=1, keepdims=True))
                a.append(e / e.sum(axis=1, keepdims=True))
            else:
                a.append(1 / (1 + np.exp(-z)))
        out = a[-1]
        if softmax:
            cost, delta = -(Y * np.log(out)).sum() / m, (out - Y) / m
        else:
            cost, delta = 0.5 * ((out - Y) ** 2).sum() / m, (out - Y) * out * (1 - out) / m
        for l in reversed(range(L)):
            gradient = delta.T @ a[l]
            if l > 0:
                back = (delta @ Theta[l]) * (1 - a[l] * a[l])
            Theta[l] -= rate * gradient
            b[l] -= rate * delta.sum(axis=0)
            if l > 0:
                delta = back
        return float(cost)

    return step


def torch_trainer(problem):
    import torch

    torch.set_num_threads(1)
    X, Y, Theta, b = arrays(problem)
    seeds = problem["seeds"]
    softmax = Y.shape[1] > 1
    X, Y = torch.tensor(X), torch.tensor(Y)
    weights = [torch.tensor(w.T.copy()) for w in Theta]
    biases = [torch.tensor(v) for v in b]
    if seeds > 1:
        weights = [w.expand(seeds, *w.shape).clone() for w in weights]
        biases = [v.expand(seeds, 1, *v.shape).clone() for v in biases]
    parameters = [p.requires_grad_() for p in weights + biases]
    optimizer = torch.optim.SGD(parameters, lr=problem["rate"])

    def loss():
        a = X if seeds == 1 else X.expand(seeds, *X.shape)
        for l, (w, v) in enumerate(zip(weights, biases)):
            z = torch.addmm(v, a, w) if seeds == 1 else torch.baddbmm(v, a, w)
            a = torch.tanh(z) if l < len(weights) - 1 else z
        if softmax:
            return -(torch.log_softmax(a, -1) * Y).sum() / len(X)
        return 0.5 * ((torch.sigmoid(a) - Y) ** 2).sum() / len(X)

    def step():
        optimizer.zero_grad()
        cost = loss()
        cost.backward()
        optimizer.step()
        return cost.item()

    return step


problem = read()
step = {"torch": torch_trainer, "numpy": numpy_trainer}[sys.argv[1]](problem)
answer(step())
while request := read():
    began, used = time.perf_counter(), time.process_time()
    for _ in range(request["steps"]):
        step()
    answer({"clock": time.perf_counter() - began, "processor": time.process_time() - used})
