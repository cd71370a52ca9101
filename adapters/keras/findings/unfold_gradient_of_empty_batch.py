"""The gradient of keras.ops.unfold of an empty batch of several channels raises on TensorFlow."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import tensorflow as tf
from keras import ops

x = tf.zeros((0, 2, 3, 4))
with tf.GradientTape() as tape:
    tape.watch(x)
    y = ops.unfold(x, 2)
try:
    told = tape.gradient(y, x).shape
except tf.errors.InvalidArgumentError as error:
    told = error.message

print("expected (0, 2, 3, 4)")
print(f"actual   {told}")
