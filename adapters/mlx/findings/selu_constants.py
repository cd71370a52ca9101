"""The constants of selu are 1.0507 and 1.67326, as MLX documents, not those of the paper to float32's precision."""

import mlx.core as mx
from mlx import nn

print(f"expected {mx.array(1.0507009873554805).item()}")
print(f"actual   {nn.selu(mx.array(1.0)).item()}")
