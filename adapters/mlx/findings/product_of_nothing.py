"""The BLAS of MLX stops at a leading dimension of 0, and ends the process with status 0, as if all were well.

A kernel for no output channels is the shortest way there. What layout arrays without elements have varies.
"""

import subprocess
import sys

CODE = "import mlx.core as mx; mx.eval(mx.conv1d(mx.zeros((1, 3, 1)), mx.zeros((0, 3, 1)))); print('a result')"
done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)  # noqa: S603
print("expected a result")
print(f"actual   {' '.join((done.stdout + done.stderr).split())}, and status {done.returncode}")
