"""exp of a float64 array is as exact as that of a float32 one, and so are erf and what is made of them."""

import math

import mlx.core as mx

print(f"expected {math.exp(1.0)}")
print(f"actual   {mx.exp(mx.array(1.0, mx.float64)).item()}")
