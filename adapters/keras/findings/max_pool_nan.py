"""keras.ops.max_pool ignores a NaN that comes after a number on TensorFlow, while keras.ops.max does not."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

from keras import ops

x = ops.convert_to_tensor([1.0, float("nan")])
print(f"expected {float(ops.max(x))}")
print(f"actual   {float(ops.max_pool(ops.reshape(x, (1, 2, 1)), 2)[0, 0, 0])}")
