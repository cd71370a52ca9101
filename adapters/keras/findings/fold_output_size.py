"""keras.ops.fold on JAX gives a smaller image than it is asked for where its blocks do not reach the end of it."""

import os

os.environ["KERAS_BACKEND"] = "jax"

from keras import ops

blocks = ops.zeros((1, 4, 4))
print("expected (1, 1, 5, 5)")
print(f"actual   {tuple(ops.fold(blocks, output_size=5, kernel_size=2, stride=2).shape)}")
