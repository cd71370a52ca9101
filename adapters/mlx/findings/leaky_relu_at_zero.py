"""The derivative of leaky_relu at 0 is 1, that of x where both are equal.

torch documents that of the subgradients of a convex function the one of least norm is taken, which is the slope.
"""

import mlx.core as mx
from mlx import nn

print("expected 0.25")
print(f"actual   {mx.grad(lambda x: nn.leaky_relu(x, 0.25))(mx.array(0.0)).item()}")
