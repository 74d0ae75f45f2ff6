/** PyTorch and NumPy, as Debian packages them, as contestants: each runs in a Python process that gets requests line by line. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Contestant, Precision, Time } from './contestant.ts';
import { problem, startProcess } from './line-process.ts';

const PYTHON = '/usr/bin/python3';

/** One thread each; OpenBLAS chooses its kernel for the processor itself. */
const { OPENBLAS_CORETYPE: _kernel, OPENBLAS_L2_SIZE: _cache, ...environment } = process.env;
const env = { ...environment, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/** The version of a Python package, if it is installed. */
export function versionOf(library: string): string | undefined {
  const { status, stdout } = spawnSync(PYTHON, ['-c', `import ${library}; print(${library}.__version__)`], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** The BLAS that NumPy and PyTorch use: OpenBLAS with its kernel, or else what to install. */
export function blas(): string {
  const script = `
import ctypes, numpy
numpy.ones((2, 2)) @ numpy.ones((2, 2))
with open('/proc/self/maps') as maps:
    path = next((line.split()[-1] for line in maps if 'libopenblas' in line), None)
if path:
    library = ctypes.CDLL(path)
    functions = [library.openblas_get_config, library.openblas_get_corename]
    for function in functions:
        function.restype = ctypes.c_char_p
    config, kernel = [function().decode() for function in functions]
    print(f'{config}; kernel {kernel}')
else:
    print('reference BLAS: apt-get install libopenblas0')
`;
  return spawnSync(PYTHON, ['-c', script], { encoding: 'utf8', env }).stdout.trim();
}

function startPython(library: 'torch' | 'numpy') {
  const script = fileURLToPath(new URL('peers.py', import.meta.url));
  return startProcess(PYTHON, [script, library], env);
}

export const python = (library: 'torch' | 'numpy', precision: Precision): Contestant => ({
  name: library === 'torch' ? 'PyTorch' : 'NumPy',
  precision,
  async prepare(workload) {
    const { ask, end } = startPython(library);
    const cost = await ask<number>(problem(workload, precision, 1));
    return { cost, run: (steps) => ask<Time>({ steps }), end };
  },
});

/** PyTorch training several seeds at once, with one batched product per layer. */
export const batchedTorch = (precision: Precision, seeds: number): Contestant => ({
  name: `PyTorch, ${seeds} seeds at once`,
  precision,
  async prepare(workload) {
    const { ask, end } = startPython('torch');
    await ask<number>(problem(workload, precision, seeds));
    return { run: (steps) => ask<Time>({ steps }), end };
  },
});
