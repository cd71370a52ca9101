"""celu is differentiable at 0, where its derivative is 1, but maximum and minimum both give it 0."""

import mlx.core as mx
from mlx import nn

print("expected 1.0")
print(f"actual   {mx.grad(nn.celu)(mx.array(0.0)).item()}")
