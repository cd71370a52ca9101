"""The gradient of keras.ops.adaptive_max_pool to one element has numbers from unused memory on TensorFlow's CPU.

It takes a window that is larger than the input, beside one that fits, and the gradient of the empty result is not set.
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"  # with it the process ends, see pool_larger_than_input.py

import tensorflow as tf
from keras import ops


def gradient() -> list[float]:
    """Return the gradient of five numbers."""
    x = tf.reshape(tf.range(5.0), (1, 5, 1))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = ops.adaptive_max_pool(x, 1)
    return tape.gradient(y, x).numpy().ravel().tolist()


expected = [0.0, 0.0, 0.0, 0.0, 1.0]
for number in range(1000):
    memory = tf.fill((number % 7 + 1, 5), 3.0)  # something to be found there
    del memory
    actual = gradient()
    if actual != expected:
        break

print(f"expected {expected}")
print(f"actual   {actual}")
