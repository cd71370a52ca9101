"""On TensorFlow, keras.ops.nn.dot_product_attention computes its default scale in float32, whatever its inputs are."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import numpy as np
from keras import ops

query = np.array([0.1, 0.7, -0.4]).reshape(1, 1, 1, 3)
key = np.array([[0.3, -0.2, 0.5], [0.9, 0.4, 0.1]]).reshape(1, 2, 1, 3)
given = ops.nn.dot_product_attention(query, key, key, scale=1 / np.sqrt(3.0))
left_out = ops.nn.dot_product_attention(query, key, key)
print(f"expected {np.ravel(given).tolist()}, as with scale=1/sqrt(3)")
print(f"actual   {np.ravel(left_out).tolist()}")
