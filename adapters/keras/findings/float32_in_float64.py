"""keras.ops.leaky_relu of float64 has a slope of float32 on TensorFlow.

Likewise gelu its constants, the initializer Constant its number, and keras.ops.image.resize what it computes.
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import tensorflow as tf
from keras import ops

print("expected -0.3")
print(f"actual   {float(ops.leaky_relu(tf.constant(-1.0, 'float64'), 0.3))!r}")
