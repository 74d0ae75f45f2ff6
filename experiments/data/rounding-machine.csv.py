"""Which machine NumPy multiplies on, and when. Writes rounding-machine.csv, to be made together with rounding.csv."""

import ctypes
import datetime
import platform

import numpy as np


def blas():
    """Which BLAS NumPy multiplies with, and the kernel that it chose for this processor."""
    np.ones((2, 2)) @ np.ones((2, 2))
    with open("/proc/self/maps") as maps:
        path = next((line.split()[-1] for line in maps if "openblas" in line), None)
    if path is None:
        return "unknown BLAS"
    library = ctypes.CDLL(path)
    for prefix in ("scipy_openblas_", "openblas_"):
        for suffix in ("64_", ""):
            try:
                config = getattr(library, f"{prefix}get_config{suffix}")
                core = getattr(library, f"{prefix}get_corename{suffix}")
            except AttributeError:
                continue
            config.restype = core.restype = ctypes.c_char_p
            return f"{' '.join(config().decode().split()[:2])}, kernel {core().decode()}"
    return "OpenBLAS"


if __name__ == "__main__":
    print("date,numpy,blas,processor,python")
    print(f'{datetime.date.today()},{np.__version__},"{blas()}",{platform.machine()},{platform.python_version()}')
