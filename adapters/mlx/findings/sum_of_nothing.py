"""The sum of an array without rows over its rows never ends now and then, where the array comes from NumPy.

NumPy's strides of an array without elements are 0. MLX keeps them, plans the sum as one of an array that is not
contiguous, and loops over a shape without dimensions: what it reads as their lengths is whatever the memory held. Where
that is 0 the sum is right; otherwise it takes more steps than anybody can wait for. Of processes that take a hundred
such sums, a fourth to a half never end. The sum of ``mx.zeros((0, 5))``, whose strides are MLX's own, is always right.
The gradient of a bias by a batch of nothing is such a sum.
"""

import subprocess
import sys

CODE = """
import mlx.core as mx
import numpy as np

for _ in range(100):
    found = mx.array(np.ones((0, 5), np.float32)).sum(0)
    mx.eval(found)
print(found.tolist())
"""
EXPECTED = "[0.0, 0.0, 0.0, 0.0, 0.0]"


def told() -> str:
    """Return what a new process says of the sums."""
    command = [sys.executable, "-c", CODE]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout.strip()  # noqa: S603
    except subprocess.TimeoutExpired:
        return "nothing after 10 seconds"


answers = (told() for _ in range(10))
print(f"expected {EXPECTED}")
print(f"actual   {next((answer for answer in answers if answer != EXPECTED), EXPECTED)}")
