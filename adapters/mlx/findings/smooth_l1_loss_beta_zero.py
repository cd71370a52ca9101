"""The gradient of smooth_l1_loss is NaN for beta=0, where the loss is the absolute difference."""

import mlx.core as mx
from mlx import nn

loss = mx.grad(lambda x: nn.losses.smooth_l1_loss(x, mx.array([0.0]), beta=0.0))
print("expected 1.0")
print(f"actual   {loss(mx.array([2.0])).item()}")
