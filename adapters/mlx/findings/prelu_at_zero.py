"""The derivative of prelu at 0 is that of neither side."""

import mlx.core as mx
from mlx import nn

print("expected 0.25")
print(f"actual   {mx.grad(lambda x: nn.prelu(x, mx.array(0.25)))(mx.array(0.0)).item()}")
