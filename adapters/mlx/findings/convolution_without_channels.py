"""A convolution without input channels divides by zero and ends the process.

The gradient of a kernel is a convolution over the batch: that of an empty batch, dilated, grouped or transposed, is one
without input channels.
"""

import subprocess
import sys

CODE = "import mlx.core as mx; print(mx.conv1d(mx.zeros((1, 3, 0)), mx.zeros((1, 3, 0))).item())"
done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)  # noqa: S603
print("expected 0.0")
print(f"actual   {done.stdout.strip()}the process ended with status {done.returncode}")
