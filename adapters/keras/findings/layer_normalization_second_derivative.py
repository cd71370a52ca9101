"""The second derivative of keras.ops.layer_normalization is wrong on TensorFlow: tf.nn.moments holds the mean constant.

Of x = (0, 1, 3), the derivative of the sum of squares of (1, 2, 3) * normalized, in x, is differentiated once more.
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import tensorflow as tf
from keras import ops


def slope(x: tf.Tensor) -> tf.Tensor:
    """Return the first derivative."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(tf.constant([1.0, 2.0, 3.0], "float64") * ops.layer_normalization(x) ** 2)
    return tape.gradient(y, x)


x, step = tf.constant([0.0, 1.0, 3.0], "float64"), tf.constant([1e-6, 0.0, 0.0], "float64")
with tf.GradientTape() as tape:
    tape.watch(x)
    first = slope(x)[0]
exact = (slope(x + step)[0] - slope(x - step)[0]) / 2e-6

print(f"expected {float(exact):.6f}")
print(f"actual   {float(tape.gradient(first, x)[0]):.6f}")
