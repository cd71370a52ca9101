"""leaky_relu is the greater one of x and slope * x, which for a slope of 2 is the gentler one of the two."""

import mlx.core as mx
from mlx import nn

print("expected [-2.0, 1.0]")
print(f"actual   {nn.leaky_relu(mx.array([-1.0, 1.0]), 2.0).tolist()}")
