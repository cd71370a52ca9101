"""The gradient of pooling cannot be had for a batch of nothing where windows overlap; it has no elements."""

import mlx.core as mx
from mlx import nn

images = mx.zeros((0, 5, 1))
print("expected []")
try:
    _, (gradient,) = mx.vjp(nn.MaxPool1d(2, 1), [images], [mx.zeros((0, 4, 1))])
    print(f"actual   {gradient.reshape(-1).tolist()}")
except ValueError as error:
    print(f"actual   {error}")
