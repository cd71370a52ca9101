"""A convolution of float64 arrays is computed in float32: a tenth in float64 comes out as the float32 nearest to it."""

import mlx.core as mx

tenth = mx.array([[[0.1]]], mx.float64)
print(f"expected {tenth.item()}")
print(f"actual   {mx.conv2d(tenth[None], mx.ones((1, 1, 1, 1), mx.float64)).item()}")
