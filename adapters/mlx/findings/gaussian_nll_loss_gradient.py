"""A variance below eps gets no gradient: the loss is that of max(var, eps), as documented."""

import mlx.core as mx
from mlx import nn

mean, target = mx.array([0.0]), mx.array([1.0])
gradient = mx.grad(lambda var: nn.losses.gaussian_nll_loss(mean, target, var, eps=0.5))(mx.array([0.25]))
print(f"expected {0.5 * (1 / 0.5 - 1 / 0.5**2)}")
print(f"actual   {gradient.item()}")
