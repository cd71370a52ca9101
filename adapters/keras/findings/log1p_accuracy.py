"""TensorFlow's log1p of float64, in losses of scores, is off by more than OpenCL allows: 2 units in the last place."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import numpy as np
from keras import ops

numbers = np.exp(-np.abs(np.random.default_rng(0).normal(0.0, 2.0, 20000)))
exact = np.log1p(numbers.astype(np.longdouble))
error = abs(ops.convert_to_numpy(ops.log1p(numbers)) - exact) / np.spacing(exact.astype(np.float64))

print("expected 2.0 units in the last place at most")
print(f"actual   {float(error.max()):.1f}")
