"""The derivative of keras.ops.celu at 0 is 2 on TensorFlow: max(x, 0) and min(x, 0) both count there, each with 1.

It is documented as 0.5 * (max(0, x) + min(0, alpha * (exp(x / alpha) - 1))), whose derivative is 1 on both sides of 0.
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import tensorflow as tf
from keras import ops

x = tf.constant(0.0)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = ops.celu(x)

print("expected 1.0")
print(f"actual   {float(tape.gradient(y, x))}")
