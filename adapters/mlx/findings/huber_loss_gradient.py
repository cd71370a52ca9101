"""Within delta the gradient of huber_loss is delta + (|e| - delta), the error rounded as numbers near delta are."""

import mlx.core as mx
from mlx import nn

error = mx.array([1e-3])
print(f"expected {error.item()}")
print(f"actual   {mx.grad(lambda x: nn.losses.huber_loss(x, mx.array([0.0]), 100.0).sum())(error).item()}")
