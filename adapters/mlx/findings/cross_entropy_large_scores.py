"""A small loss of a large score is lost: it is the difference of two large numbers."""

import math

import mlx.core as mx
from mlx import nn

print(f"expected {math.log1p(math.exp(-20.0))}")
loss = nn.losses.binary_cross_entropy(mx.array([20.0]), mx.array([1.0]))
print(f"actual   {loss.item()}")
