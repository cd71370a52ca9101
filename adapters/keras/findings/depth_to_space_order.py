"""keras.ops.depth_to_space with channels first takes other channels for a block on TensorFlow than elsewhere.

On JAX, as on torch, the channels of one output channel lie side by side; TensorFlow takes every C-th.
"""

import os
import subprocess
import sys

program = "from keras import ops; x = ops.reshape(ops.arange(8), (1, 8, 1, 1)); "
program += "print(ops.convert_to_numpy(ops.depth_to_space(x, 2, 'channels_first')).ravel().tolist())"


def told(backend: str) -> str:
    """Return the order of eight channels in one block."""
    settings = {**os.environ, "KERAS_BACKEND": backend}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


print(f"expected {told('jax').strip()}")
print(f"actual   {told('tensorflow').strip()}")
